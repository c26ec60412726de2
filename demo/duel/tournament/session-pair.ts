import { FairDifficulty } from '../../../src/core.ts';
import type { Checkpoint } from '../../../src/core.ts';
import { STYLES } from '../rules/styles/index.ts';
import { playSession } from './session.ts';

/** A pair of sessions to play. Plain data, so that any process can. */
export interface SessionPairTask {
  /** Name of the scripted player. */
  readonly style: string;
  readonly seed: number;
  readonly rounds: number;
  /** The NPC's difficulty follows the player; otherwise it is `hard`. */
  readonly fair: boolean;
}

/** The NPC's wins by round (1 = won, 0 = lost, 0.5 = a draw), with predictions and without. */
export interface SessionPair {
  readonly withPredictions: readonly number[];
  readonly without: readonly number[];
  /** Strength of the fair difficulty at the end, 0 = easiest to 1 = hardest; null when it is not fair. */
  readonly strength: number | null;
}

/** Plays a session with predictions and again without, from the same seed. */
export async function playSessionPair(
  checkpoint: Checkpoint,
  task: SessionPairTask,
): Promise<SessionPair> {
  const { seed, rounds, fair } = task;
  const style = STYLES.find(({ name }) => name === task.style);
  if (!style) throw new Error(`There is no style "${task.style}".`);
  const session = `${style.name}:${seed}`;
  const common = { session, seed, rounds };
  const difficulty = fair ? new FairDifficulty() : undefined;
  const reader = await playSession({
    ...common,
    style: style.create(seed),
    checkpoint,
    learns: true,
    difficulty,
  });
  const control = await playSession({
    ...common,
    style: style.create(seed),
    checkpoint: null,
    difficulty: fair ? new FairDifficulty() : undefined,
  });
  return {
    withPredictions: reader.wins,
    without: control.wins,
    strength: difficulty?.strength ?? null,
  };
}
