import { EXPERTS_PER_CONTEXT } from '../../src/experts/expert-kinds.ts';
import { MODEL_DEFAULTS } from '../../src/model/config.ts';
import { POPULATION_MODEL } from '../../src/model/population.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import { MATCHES } from '../../src/dataset/expert-votes.ts';

const model = { ...MODEL_DEFAULTS, ...POPULATION_MODEL };
const experts = EXPERTS_PER_CONTEXT * model.contexts;

/** The default population model of a fighter: about 250 encoded features, two embedded blocks and 30 actions. */
export const POPULATION_SHAPE: NetworkShape = {
  cell: model.cell,
  layers: model.layers,
  units: model.units,
  features: 250 + MATCHES * experts,
  embeddings: [
    { name: 'action', offset: 0, categories: 30, units: model.embedding },
    { name: 'stage', offset: 100, categories: 20, units: model.embedding },
  ],
  actions: 30,
  timeBins: model.timeBins,
  values: 0,
  experts,
  unaided: model.unaided,
  feedForward: model.feedForward,
};
