import { describe, expect, it } from 'vitest';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { networkShape } from '../../src/model/build-shape.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import type { NetworkShape } from '../../src/network/shape.ts';
import { resolveModelConfig } from '../../src/model/resolve-config.ts';
import type { ModelConfigInput } from '../../src/model/resolve-config.ts';
import { category, defineSpec } from '../../src/record/spec.ts';
import { makeEpisode, SPEC } from '../dataset/make-episodes.ts';
import { randomEpisode } from './make-checkpoint.ts';

const statistics = fitStatistics(SPEC, [randomEpisode(80, 1)], { timeBins: 4 });

describe('networkShape', () => {
  it('has the sizes of the encoder and the heads', () => {
    const model = resolveModelConfig({ units: 8, layers: 2, continuous: ['x'] });
    expect(networkShape(model, SPEC, statistics)).toEqual({
      cell: 'lstm',
      layers: 2,
      units: 8,
      // 3 actions, duration, x, airborne, 4 rival actions, 3 stages and the unknown one.
      features: 14,
      embeddings: [],
      actions: 3,
      timeBins: statistics.timeEdges.length + 1,
      values: 1,
    });
  });

  it('embeds the one-hot blocks that are wider than the embedding', () => {
    const { embeddings } = networkShape(resolveModelConfig({ embedding: 3 }), SPEC, statistics);
    expect(embeddings).toEqual([
      { name: 'rivalAction', offset: 6, categories: 4, units: 3 },
      { name: 'stage', offset: 10, categories: 4, units: 3 },
    ]);
  });

  it('gives the parameters of two blocks called "action" different names', () => {
    const spec = defineSpec({
      name: 'x',
      observation: [category('action', ['a', 'b', 'c'])],
      action: ['a', 'b', 'c'],
    });
    const fitted = fitStatistics(spec, [makeEpisode([[0, 0, 1]])]);
    const shape = networkShape(resolveModelConfig({ embedding: 2 }), spec, fitted);
    const names = parameterLayout(shape).parameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has no time head when the model has none or no time was ever seen', () => {
    const without = resolveModelConfig({ timeBins: 0 });
    expect(networkShape(without, SPEC, statistics).timeBins).toBe(0);
    const timeless = fitStatistics(SPEC, [randomEpisode(1, 1)]);
    expect(networkShape(resolveModelConfig(), SPEC, timeless).timeBins).toBe(0);
  });

  it('has an auxiliary head without votes, if the model has one and there are experts', () => {
    const shapeOf = (model: ModelConfigInput): NetworkShape =>
      networkShape(resolveModelConfig(model), SPEC, statistics);
    const names = (shape: NetworkShape): string[] =>
      parameterLayout(shape).parameters.map(({ name }) => name);
    expect(shapeOf({ unaided: true })).toEqual(shapeOf({}));
    const [plain, unaided] = [{}, { unaided: true }].map((model) =>
      shapeOf({ contexts: 2, ...model }),
    );
    const added = names(unaided).filter((name) => !names(plain).includes(name));
    expect(added).toEqual(['unaided.weight', 'unaided.bias']);
    expect(parameterLayout(unaided).length - parameterLayout(plain).length).toBe(3 * (64 + 1));
  });

  it('has a feed-forward network with the same heads, if the model has units for it', () => {
    const [plain, both] = [0, 6].map((feedForward) =>
      parameterLayout(
        networkShape(
          resolveModelConfig({ contexts: 2, unaided: true, feedForward }),
          SPEC,
          statistics,
        ),
      ).parameters.map(({ name }) => name),
    );
    const heads = plain.filter((name) => !/^(embedding|lstm)\./.test(name));
    expect(heads).toContain('gate.matches');
    expect(both).toEqual([
      ...plain,
      'feed_forward.weight',
      'feed_forward.bias',
      ...heads.map((name) => `feed_forward.${name}`),
    ]);
  });

  it('refuses continuous targets that are not number fields', () => {
    const model = resolveModelConfig({ continuous: ['stage'] });
    expect(() => networkShape(model, SPEC, statistics)).toThrow(
      /"stage", which is not a number field/,
    );
  });
});
