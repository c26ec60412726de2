import type { Checkpoint, Episode } from '../../../src/core.ts';
import { mean } from '../../common/interval.ts';
import { openShadow, shadowStyle } from '../npc/shadow-style.ts';
import type { Style } from '../rules/styles/index.ts';
import type { MeasuredPlayer } from '../measure/measured-players.ts';
import { playSession } from '../tournament/session.ts';
import type { SessionResult } from '../tournament/session.ts';
import { learnShadow } from './learn-shadow.ts';
import { likeness } from './likeness.ts';
import type { Likeness } from './likeness.ts';
import { twoSampleTest } from './two-sample.ts';
import type { Distinguished } from './two-sample.ts';

export interface ShadowOptions {
  /** What shadows begin with. */
  readonly base: Checkpoint;
  /** Rounds of the player that shadows learn from, one shadow for each number. */
  readonly sizes: readonly number[];
  /** Rounds that each shadow fights. */
  readonly rounds: number;
}

/** How different a fighter is from the player. */
export interface Difference {
  readonly divergence: Likeness;
  readonly distinguished: Distinguished;
  /** Share of rounds won, less the player's. */
  readonly wins: number;
}

export interface ShadowResult {
  readonly name: string;
  /** The player's own other rounds. */
  readonly control: Difference;
  /** The shadow for each of the sizes. */
  readonly shadows: readonly Difference[];
}

/** Rounds of one duel, after which the score begins again. */
const DUEL_ROUNDS = 5;

/**
 * A player fights the NPC, which has no predictions. Shadows learn from some of the rounds, fight the same NPC,
 * and are compared with the player's later rounds.
 */
export async function measureShadow(
  { name, seed, style }: MeasuredPlayer,
  { base, sizes, rounds }: ShadowOptions,
): Promise<ShadowResult> {
  const most = Math.max(...sizes);
  const own = await fight(() => style, { name, seed, rounds: most + 2 * rounds });
  const wanted = part(own, most, most + rounds);
  const control = difference(wanted, part(own, most + rounds, most + 2 * rounds));
  const shadows: Difference[] = [];
  for (const size of sizes) {
    const learned = own.episodes.slice(0, size);
    const checkpoint = await learnShadow(base, learned);
    const shadow = await openShadow(checkpoint, learned);
    const played = await fight((duel) => shadowStyle(shadow, seed * 1000 + duel), {
      name: `${name}:shadow`,
      seed: seed + 500,
      rounds,
    });
    shadows.push(difference(wanted, played));
  }
  return { name, control, shadows };
}

interface Fight {
  readonly name: string;
  readonly seed: number;
  readonly rounds: number;
}

/** Duels of a few rounds each, against an NPC that does not read. */
async function fight(styleOf: (duel: number) => Style, of: Fight): Promise<SessionResult> {
  const wins: number[] = [];
  const episodes: Episode[] = [];
  for (let duel = 0; wins.length < of.rounds; duel++) {
    const played = await playSession({
      session: `${of.name}:${duel}`,
      seed: of.seed * 1000 + duel,
      style: styleOf(duel),
      rounds: Math.min(DUEL_ROUNDS, of.rounds - wins.length),
      checkpoint: null,
    });
    wins.push(...played.wins);
    episodes.push(...played.episodes);
  }
  return { wins, episodes };
}

const part = ({ wins, episodes }: SessionResult, from: number, to: number): SessionResult => ({
  wins: wins.slice(from, to),
  episodes: episodes.slice(from, to),
});

const difference = (player: SessionResult, other: SessionResult): Difference => ({
  divergence: likeness(player.episodes, other.episodes),
  distinguished: twoSampleTest(player.episodes, other.episodes),
  // Wins are those of the NPC.
  wins: mean(player.wins) - mean(other.wins),
});
