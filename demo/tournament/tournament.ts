import type { Checkpoint } from '../../src/core.ts';
import type { StyleEntry } from '../rules/styles/index.ts';
import { bootstrapInterval, mean } from './interval.ts';
import { learnRound } from './learn-round.ts';
import { playSession } from './session.ts';

export interface TournamentOptions {
  /** Rounds against each style, with predictions and again without. */
  readonly rounds: number;
  readonly seed: number;
  readonly checkpoint: Checkpoint;
  readonly styles: readonly StyleEntry[];
  /** Rounds of one sitting, in which the NPC gets to know its player. */
  readonly sessionRounds?: number;
  /** Told after each sitting. */
  readonly onSession?: (style: string) => void;
}

export const TOURNAMENT_DEFAULTS = { sessionRounds: 10 } as const;

/** Shares of rounds won by the NPC (a draw is half a win); the interval is of the difference. */
export interface TournamentRow {
  readonly style: string;
  readonly habitual: boolean;
  readonly winWith: number;
  readonly winWithout: number;
  readonly low: number;
  readonly high: number;
}

export interface TournamentReport {
  readonly rounds: number;
  readonly seed: number;
  readonly sessionRounds: number;
  readonly rows: readonly TournamentRow[];
}

/** Plays every style in sittings, each once with predictions and once without, from the same seeds. */
export async function playTournament(options: TournamentOptions): Promise<TournamentReport> {
  const { rounds, seed, checkpoint, styles, onSession } = options;
  const sessionRounds = options.sessionRounds ?? TOURNAMENT_DEFAULTS.sessionRounds;
  const rows: TournamentRow[] = [];
  for (const [index, style] of styles.entries()) {
    const withPredictions: number[] = [];
    const without: number[] = [];
    const differences: number[] = [];
    for (let played = 0; played < rounds; played += sessionRounds) {
      const sitting = seed * 100_003 + index * 1009 + played;
      const common = { seed: sitting, rounds: Math.min(sessionRounds, rounds - played) };
      const session = `${style.name}:${sitting}`;
      const reader = await playSession({
        ...common,
        session,
        style: style.create(sitting),
        checkpoint,
        learn: learnRound,
      });
      const control = await playSession({
        ...common,
        session,
        style: style.create(sitting),
        checkpoint: null,
      });
      withPredictions.push(...reader.wins);
      without.push(...control.wins);
      differences.push(mean(reader.wins) - mean(control.wins));
      onSession?.(style.name);
    }
    rows.push({
      style: style.name,
      habitual: style.habitual,
      winWith: mean(withPredictions),
      winWithout: mean(without),
      ...bootstrapInterval(differences, seed),
    });
  }
  return { rounds, seed, sessionRounds, rows };
}
