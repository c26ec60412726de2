import type { Checkpoint } from './checkpoint.ts';

/**
 * A checkpoint without the action sequences that it was trained on, so that the simple models of a predictor
 * begin with nothing: they would have counted steps that are about to be predicted.
 */
export function withoutSequences(checkpoint: Checkpoint): Checkpoint {
  const { category: _, ...facts } = checkpoint.trainedOn;
  return { ...checkpoint, trainedOn: { ...facts, actions: [] } };
}
