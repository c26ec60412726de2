import type { Checkpoint } from '../model/checkpoint.ts';
import type { Replay } from '../train/replay.ts';
import { adaptivePredictor } from './adaptive-predictor.ts';
import { mixPredictor } from './expert-predictors.ts';
import { modelPredictor } from './model-predictor.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/** The rows of a report that are about a checkpoint. */
export const MODEL_ROWS = ['ngram-mix', 'model', 'model-adaptive'] as const;
export type ModelRowName = (typeof MODEL_ROWS)[number];

/**
 * One of them; null where the checkpoint has no such row.
 *
 * @param replay see `EvaluationOptions`
 */
export function modelRow(
  name: ModelRowName,
  checkpoint: Checkpoint,
  replay: Replay | undefined,
): SequencePredictor | null {
  switch (name) {
    case 'ngram-mix':
      return checkpoint.experts ? mixPredictor(checkpoint, checkpoint.experts) : null;
    case 'model':
      return modelPredictor(checkpoint);
    case 'model-adaptive':
      return replay ? adaptivePredictor(checkpoint, replay) : null;
    default:
      return name satisfies never;
  }
}

/** All of them, in their order. */
export const modelRows = (checkpoint: Checkpoint, replay?: Replay): SequencePredictor[] =>
  MODEL_ROWS.flatMap((name) => modelRow(name, checkpoint, replay) ?? []);
