import type { Checkpoint } from '../model/checkpoint.ts';
import type { ModelConfigInput, TrainingConfigInput } from '../model/resolve-config.ts';
import { cacheSteps } from '../predict/neural-cache.ts';
import type { Episode } from '../record/episode.ts';
import { adaptivePredictor } from './adaptive-predictor.ts';
import { scorePredictors } from './evaluate.ts';
import type { EvaluationRow } from './evaluation-report.ts';
import { mixPredictor } from './expert-predictors.ts';
import { modelPredictor } from './model-predictor.ts';
import type { SequencePredictor } from './sequence-predictor.ts';
import type { Replay } from '../train/replay.ts';

/** The same training without one part. */
export interface Variant {
  readonly name: string;
  readonly model: ModelConfigInput;
  readonly training: TrainingConfigInput;
}

/** What one part is worth. */
export interface AblationRow extends EvaluationRow {
  /** Its log-loss minus the whole model's, nats: above 0 the part helps. 0 for the whole model. */
  readonly difference: number;
  /** 95 % bootstrap interval over sessions; NaN with fewer than two. */
  readonly low: number;
  readonly high: number;
}

/** Every part of a model's training that can be left out, one at a time; parts it does not use are omitted. */
export function variantsOf({ model, training }: Checkpoint): Variant[] {
  const { contexts, timeBins, embedding, layers, pieces, unaided, feedForward } = model;
  const { dropout, fieldDropout, optimizer } = training;
  const changed = (
    isUsed: boolean,
    name: string,
    change: { readonly model?: ModelConfigInput; readonly training?: TrainingConfigInput },
  ): Variant[] =>
    isUsed
      ? [
          {
            name,
            model: { ...model, ...change.model },
            training: { ...training, ...change.training },
          },
        ]
      : [];
  return [
    ...changed(contexts > 0, 'without experts', { model: { contexts: 0 } }),
    ...changed(contexts > 1, 'half the contexts', { model: { contexts: contexts >> 1 } }),
    ...changed(contexts > 0 && unaided, 'without the unaided head', { model: { unaided: false } }),
    ...changed(feedForward > 0, 'without the feed-forward network', { model: { feedForward: 0 } }),
    ...changed(layers > 1, 'one layer', { model: { layers: 1 } }),
    ...changed(embedding > 0, 'without embeddings', { model: { embedding: 0 } }),
    ...changed(pieces > 0, 'numbers as they are', { model: { pieces: 0 } }),
    ...changed(timeBins > 0, 'without the time head', { model: { timeBins: 0 } }),
    ...changed(dropout > 0, 'without dropout', { training: { dropout: 0 } }),
    ...changed(fieldDropout > 0, 'without field dropout', { training: { fieldDropout: 0 } }),
    ...changed(optimizer.kind === 'adam' && optimizer.weightDecay > 0, 'without weight decay', {
      training: { optimizer: { kind: 'adam', weightDecay: 0 } },
    }),
  ];
}

export interface AblationOptions {
  /** Models trained with the settings of `variantsOf`, by the name of the variant. */
  readonly variants: ReadonlyMap<string, Checkpoint>;
  /** Older sessions to mix in while the model keeps learning. */
  readonly replay: Replay;
}

/**
 * Scores a frozen model, variants that lack one part each, and the model while it keeps learning, all
 * on the same steps. The whole model comes first. Throws what `scorePredictors` throws.
 */
export function ablation(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  { variants, replay }: AblationOptions,
): AblationRow[] {
  const { experts, model } = checkpoint;
  const predictors: SequencePredictor[] = [
    modelPredictor(checkpoint),
    renamed(adaptivePredictor(checkpoint, replay), 'with learning in play'),
    ...(experts
      ? [
          modelPredictor(checkpoint, { blend: false, name: 'without the blend' }),
          renamed(mixPredictor(checkpoint, experts), 'without the network'),
        ]
      : []),
    ...(cacheSteps(checkpoint)
      ? [
          modelPredictor(
            { ...checkpoint, model: { ...model, cache: 0 } },
            { name: 'without the neural cache' },
          ),
        ]
      : []),
    ...Array.from(variants, ([name, variant]) => modelPredictor(variant, { name })),
  ];
  const { rows, intervals } = scorePredictors(checkpoint.spec, episodes, predictors);
  return rows.map((row) => {
    const found = intervals.find(({ against }) => against === row.name);
    return {
      ...row,
      difference: found?.difference ?? 0,
      low: found?.low ?? 0,
      high: found?.high ?? 0,
    };
  });
}

const renamed = (predictor: SequencePredictor, name: string): SequencePredictor => ({
  name,
  reset: (next) => predictor.reset(next),
  next: (step, out) => predictor.next(step, out),
});
