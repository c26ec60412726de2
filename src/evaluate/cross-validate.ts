import type { Checkpoint } from '../model/checkpoint.ts';
import type { EpisodeHeader, Episode } from '../record/episode.ts';
import type { Replay } from '../train/replay.ts';
import { createBaselines } from './baselines.ts';
import { categoryBaselines } from './category-ngram.ts';
import { scorePredictors } from './evaluate.ts';
import type { ScoringOptions } from './evaluate.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import { modelRows } from './model-rows.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/** One model of a cross-validation. */
export interface Fold {
  /** Trained without `episodes`. */
  readonly checkpoint: Checkpoint;
  /** The episodes it was trained on. */
  readonly replay: Replay;
  /** The episodes it is scored on, of sessions that no other fold has. */
  readonly episodes: readonly Episode[];
  /** The rows that are about the checkpoint, where they have been made already. @internal */
  readonly rows?: readonly SequencePredictor[];
}

export type CrossValidationOptions = Pick<ScoringOptions, 'choices' | 'onProgress'>;

/**
 * Scores all folds as one: each session is predicted by the model that never saw it. The rows are those
 * of `evaluateCheckpoint`; time is not scored. Throws what `scorePredictors` throws, and RangeError when
 * a session is in two folds.
 */
export function crossValidation(
  folds: readonly Fold[],
  options: CrossValidationOptions = {},
): EvaluationReport {
  const [first] = folds;
  if (!first) throw new RangeError('no folds');
  const { spec } = first.checkpoint;
  const predictors = folds.map(predictorsOf);
  const foldOf = new Map<string, number>();
  folds.forEach(({ episodes }, fold) => {
    for (const { session } of episodes) {
      if ((foldOf.get(session) ?? fold) !== fold)
        throw new RangeError(`session "${session}" is in two folds`);
      foldOf.set(session, fold);
    }
  });
  const rows = predictors[0].map((_, row) =>
    switching(
      predictors.map((own) => own[row]),
      ({ session }) => foldOf.get(session) ?? 0,
    ),
  );
  const episodes = folds.flatMap((fold) => fold.episodes);
  return scorePredictors(spec, episodes, rows, options);
}

function predictorsOf({ checkpoint, replay, rows }: Fold): SequencePredictor[] {
  const { spec, trainedOn } = checkpoint;
  return [
    ...createBaselines(spec.action.actions.length, trainedOn.actions),
    ...categoryBaselines(spec, replay.episodes),
    ...(rows ?? modelRows(checkpoint, replay)),
  ];
}

/** A predictor that passes each episode on to the predictor of its fold. */
function switching(
  predictors: readonly SequencePredictor[],
  choose: (next: Pick<EpisodeHeader, 'session'>) => number,
): SequencePredictor {
  let current = predictors[0];
  return {
    name: current.name,
    reset(next) {
      if (next) current = predictors[choose(next)];
      current.reset(next);
    },
    next: (step, out) => current.next(step, out),
  };
}
