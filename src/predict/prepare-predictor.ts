import { sizesOf } from '../experts/expert-follower.ts';
import { populationOf } from '../experts/expert-table.ts';
import { simplePopulation } from '../experts/simple-models.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { votedEdges } from '../network/shape.ts';
import { finishSlowly } from '../util/slices.ts';
import type { Slices } from '../util/slices.ts';

/**
 * Makes what a predictor needs of a checkpoint, so that it can be made at once afterwards: the counts of experts and
 * simple models, which take a tenth of a second for twenty thousand steps.
 *
 * @param blend see `PredictorOptions`
 */
export function* preparePredictor(checkpoint: Checkpoint, blend = true): Slices<void> {
  const { experts, shape, spec, statistics } = checkpoint;
  const timeEdges = votedEdges(shape, statistics);
  const actions = spec.action.actions.length;
  if (experts) yield* populationOf(experts, sizesOf({ actions, timeEdges }));
  if (blend) yield* simplePopulation(checkpoint);
}

/** `preparePredictor` on a page, which draws in between; null when all is done in the first slice. */
export function prepareSlowly(checkpoint: Checkpoint, blend?: boolean): Promise<void> | null {
  const preparing = preparePredictor(checkpoint, blend);
  return preparing.next().done ? null : finishSlowly(preparing);
}
