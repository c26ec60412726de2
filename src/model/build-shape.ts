import { MATCHES } from '../dataset/expert-votes.ts';
import { featureLayout } from '../dataset/feature-layout.ts';
import type { EncoderStatistics } from '../dataset/statistics.ts';
import { EXPERTS_PER_CONTEXT } from '../experts/expert-kinds.ts';
import { columnsOf } from '../record/columns.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import type { ModelConfig } from './config.ts';
import type { EmbeddingShape, NetworkShape } from '../network/shape.ts';

/**
 * Sizes of the network that `model` describes, for steps encoded with `statistics`. One-hot blocks
 * wider than `model.embedding` > 0 get an embedding named after the block. The time head has as
 * many bins as the statistics, which may be fewer than `model.timeBins`; there is none when that is 0
 * or all times that were seen are equal. Each context has EXPERTS_PER_CONTEXT experts, each expert has MATCHES
 * additional features, and with `model.unaided` there is an auxiliary head without their votes. With
 * `model.feedForward` units there is also a feed-forward network. Throws `bad-config` for a continuous
 * target that is neither a number field nor a number of a vector.
 */
export function networkShape(
  model: ModelConfig,
  spec: CharacterSpec,
  statistics: EncoderStatistics,
): NetworkShape {
  const { width, blocks } = featureLayout(spec, statistics);
  for (const name of model.continuous)
    if (!columnsOf(spec).some((column) => column.kind === 'number' && column.name === name))
      throw new ForesightError(
        'bad-config',
        `model.continuous names "${name}", which is not a number field of spec "${spec.name}". Choose among its number fields or leave it out.`,
      );
  const embeddings: EmbeddingShape[] = [];
  for (const block of blocks) {
    if (!model.embedding || block.kind !== 'oneHot' || block.width <= model.embedding) continue;
    // An observation field may also be called "action", but names of parameters must differ.
    const taken = embeddings.some(({ name }) => name === block.name);
    embeddings.push({
      name: taken ? `observation.${block.name}` : block.name,
      offset: block.offset,
      categories: block.width,
      units: model.embedding,
    });
  }
  const bins = statistics.timeEdges.length;
  const experts = EXPERTS_PER_CONTEXT * model.contexts;
  return {
    cell: model.cell,
    layers: model.layers,
    units: model.units,
    features: width + MATCHES * experts,
    embeddings,
    actions: spec.action.actions.length,
    timeBins: model.timeBins && bins ? bins + 1 : 0,
    values: model.continuous.length,
    ...(experts && { experts }),
    ...(experts && model.unaided && { unaided: true }),
    ...(model.feedForward && { feedForward: model.feedForward }),
  };
}
