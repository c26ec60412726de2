import { MATCHES } from '../../../src/dataset/expert-votes.ts';
import { EXPERTS_PER_CONTEXT } from '../../../src/experts/expert-kinds.ts';
import { MODEL_DEFAULTS, TRAINING_DEFAULTS } from '../../../src/model/config.ts';
import { POPULATION_MODEL } from '../../../src/model/population.ts';
import type { NetworkShape } from '../../../src/network/shape.ts';
import type { Workload } from '../../../src/train/time-backend.ts';
import { SHAPES, createProblem } from '../problem.ts';

/** The network of a game with so many contexts: the sizes that follow from the experts, and the given ones. */
function withExperts(contexts: number, features: number, rest: Partial<NetworkShape>) {
  const experts = contexts * EXPERTS_PER_CONTEXT;
  const { cell, layers, units } = MODEL_DEFAULTS;
  return {
    cell,
    layers,
    units,
    features: features + MATCHES * experts,
    experts,
    embeddings: [],
    actions: 0,
    timeBins: 0,
    values: 0,
    ...rest,
  };
}

const embedding = (name: string, offset: number, categories: number) => ({
  name,
  offset,
  categories,
  units: MODEL_DEFAULTS.embedding,
});

/** What `foresight train` builds by default, on the fields and actions of 24 recordings of fighters. */
const population = withExperts(POPULATION_MODEL.contexts ?? 0, 408, {
  units: POPULATION_MODEL.units,
  embeddings: [
    embedding('action', 0, 40),
    embedding('opponentAction', 260, 40),
    embedding('character', 340, 33),
    embedding('opponent', 373, 33),
  ],
  actions: 40,
  timeBins: 14,
  unaided: POPULATION_MODEL.unaided,
  feedForward: POPULATION_MODEL.feedForward,
});

/** What a game builds in play, on the fields and actions of the duel. */
const play = withExperts(4, 49, {
  embeddings: [embedding('action', 0, 14), embedding('opponentAction', 18, 14)],
  actions: 14,
  timeBins: 12,
});

const trained = (shape: NetworkShape, windowLength: number): Workload => ({
  shape,
  training: { ...TRAINING_DEFAULTS, windowLength, dropout: 0, fieldDropout: 0 },
});

/** Networks and windows to train, by name; the sizes of batches vary. */
export const MODELS = {
  A: createProblem(SHAPES.A),
  B: createProblem(SHAPES.B),
  S: createProblem(SHAPES.S),
  population: trained(population, 64),
  play: trained(play, 32),
} as const satisfies Readonly<Record<string, Workload>>;

export type ModelName = keyof typeof MODELS;

/** B, windows of a batch. */
export const BATCH_SIZES = [8, 64, 256, 1024] as const;
