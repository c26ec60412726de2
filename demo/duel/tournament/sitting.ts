import type { Checkpoint } from '../../../src/core.ts';
import { STYLES } from '../rules/styles/index.ts';
import { learnRound } from './learn-round.ts';
import { playSession } from './session.ts';

/** One sitting to play: plain data, so that any thread can. */
export interface SittingTask {
  /** Name of the scripted player. */
  readonly style: string;
  readonly seed: number;
  readonly rounds: number;
}

/** What the NPC won of each round (1, 0, 0.5 = a draw), with predictions and without. */
export interface Sitting {
  readonly withPredictions: readonly number[];
  readonly without: readonly number[];
}

/** Plays a sitting with predictions and again without, from the same seed. */
export async function playSitting(checkpoint: Checkpoint, task: SittingTask): Promise<Sitting> {
  const { seed, rounds } = task;
  const style = STYLES.find(({ name }) => name === task.style);
  if (!style) throw new Error(`There is no style "${task.style}".`);
  const session = `${style.name}:${seed}`;
  const common = { session, seed, rounds };
  const reader = await playSession({
    ...common,
    style: style.create(seed),
    checkpoint,
    learn: learnRound,
  });
  const control = await playSession({ ...common, style: style.create(seed), checkpoint: null });
  return { withPredictions: reader.wins, without: control.wins };
}
