import type { Checkpoint, Episode } from '../../../src/core.ts';
import { personality } from '../rules/styles/personality.ts';
import { playSession } from './session.ts';

/** Players whose seeds are `from` to `from + count - 1`. */
export interface PlayerRange {
  readonly from: number;
  readonly count: number;
}

/** Seeds of invented players may be of any of these; players who measure a model have others. */
export const PRETRAINING_SEEDS: PlayerRange = { from: 1, count: 99_999 };

export interface InventedPlayers extends PlayerRange {
  /** Rounds of each player. */
  readonly rounds: number;
  /** The NPC's model; null = it plays without predictions. */
  readonly checkpoint: Checkpoint | null;
}

/** Rounds of invented players against the NPC, a session each. */
export async function recordInvented({
  from,
  count,
  rounds,
  checkpoint,
}: InventedPlayers): Promise<Episode[]> {
  const all: Episode[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const session = `personality:${seed}`;
    const style = personality(seed);
    all.push(...(await playSession({ session, seed, style, rounds, checkpoint })).episodes);
  }
  return all;
}
