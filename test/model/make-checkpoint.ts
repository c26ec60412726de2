import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { networkShape } from '../../src/model/build-shape.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { initialWeights } from '../../src/network/initial-weights.ts';
import { resolveModelConfig, resolveTrainingConfig } from '../../src/model/resolve-config.ts';
import type { ModelConfigInput } from '../../src/model/resolve-config.ts';
import type { Episode } from '../../src/record/episode.ts';
import { createRng } from '../../src/util/rng.ts';
import { makeEpisode, SPEC } from '../dataset/make-episodes.ts';

/** An episode of SPEC with all kinds of values, some of them missing. */
export function randomEpisode(length: number, seed: number): Episode {
  const rng = createRng(seed);
  const maybe = (value: number): number => (rng.next() < 0.1 ? NaN : value);
  let tick = -20;
  return makeEpisode(
    Array.from({ length }, () => [
      (tick += rng.int(30)),
      rng.int(3),
      maybe(100 * rng.normal()),
      maybe(rng.int(2)),
      maybe(rng.int(4)),
      maybe([3, 8, 20][rng.int(3)]),
    ]),
    { id: `random ${seed}`, session: `session ${seed}` },
  );
}

/** A small untrained checkpoint of SPEC, with random biases too so that each weight matters. */
export function makeCheckpoint(model: ModelConfigInput = {}, seed = 1): Checkpoint {
  const episodes = [randomEpisode(60, seed), randomEpisode(40, seed + 1)];
  const config = resolveModelConfig({ units: 6, timeBins: 5, continuous: ['x'], ...model });
  const statistics = fitStatistics(SPEC, episodes, {
    timeBins: config.timeBins,
    pieces: config.pieces,
  });
  const shape = networkShape(config, SPEC, statistics);
  const rng = createRng(seed);
  return {
    spec: SPEC,
    model: config,
    training: resolveTrainingConfig({ epochs: 3, windowLength: 16 }),
    statistics,
    shape,
    weights: initialWeights(shape, seed).map((weight) => weight + 0.2 * rng.normal()),
    metrics: { epochs: 3, loss: 1.25, heldOutLogLoss: 1.5, heldOutTop1: 0.4 },
    trainedOn: {
      sessions: episodes.map(({ session }) => session),
      episodes: 2,
      steps: 100,
      files: ['melee "1".jsonl'],
      actions: episodes.map(({ actions }) => actions),
    },
  };
}
