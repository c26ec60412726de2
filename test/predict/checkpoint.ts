import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { fitExperts } from '../../src/experts/expert-table.ts';
import { networkShape } from '../../src/model/build-shape.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { MODEL_DEFAULTS, TRAINING_DEFAULTS } from '../../src/model/config.ts';
import type { ModelConfig } from '../../src/model/config.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import type { Episode, EpisodeSet } from '../../src/record/episode.ts';
import { createRng } from '../../src/util/rng.ts';

export interface RandomCheckpointOptions {
  readonly seed: number;
  readonly model?: Partial<ModelConfig>;
  /** Episodes that it names as trained on; all of the set unless given. */
  readonly trainedOn?: readonly Episode[];
}

/**
 * A checkpoint whose weights are large random numbers: it knows nothing, but every step of the
 * past changes its predictions.
 */
export function randomCheckpoint(
  { spec, episodes }: EpisodeSet,
  { seed, model: partial, trainedOn = episodes }: RandomCheckpointOptions,
): Checkpoint {
  const model = { ...MODEL_DEFAULTS, units: 8, timeBins: 4, ...partial };
  const statistics = fitStatistics(spec, episodes, {
    timeBins: model.timeBins,
    changes: model.valueTarget === 'change' ? model.continuous : [],
  });
  const shape = networkShape(model, spec, statistics);
  const rng = createRng(seed);
  const weights = Float32Array.from({ length: parameterLayout(shape).length }, () => rng.normal());
  return {
    spec,
    model,
    training: TRAINING_DEFAULTS,
    statistics,
    shape,
    weights,
    metrics: { epochs: 1, loss: 1 },
    ...(model.contexts && {
      experts: fitExperts(spec, episodes, {
        contexts: model.contexts,
        timeEdges: statistics.timeEdges,
      }),
    }),
    trainedOn: {
      sessions: [...new Set(trainedOn.map(({ session }) => session))],
      episodes: trainedOn.length,
      steps: trainedOn.reduce((sum, { length }) => sum + length, 0),
      files: [],
      actions: trainedOn.map(({ actions }) => actions),
    },
  };
}
