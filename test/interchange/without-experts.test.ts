import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutExperts } from '../../src/interchange/without-experts.ts';
import { StreamingNetwork } from '../../src/kernels/reference/streaming-network.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { parameterLayout } from '../../src/network/graph.ts';
import { findParameter } from '../../src/network/parameters.ts';
import { SPEC } from '../dataset/make-episodes.ts';
import { makeCheckpoint, randomEpisode } from '../model/make-checkpoint.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { featureRows } from './predict-episode.ts';

const episodes = [randomEpisode(60, 1), randomEpisode(60, 2)];
const checkpoint = randomCheckpoint(
  { spec: SPEC, episodes },
  { seed: 1, model: { contexts: 2, unaided: true, feedForward: 7, continuous: ['x'] } },
);

describe('withoutExperts', () => {
  it('predicts like the head without votes, with experts that know nothing', () => {
    const { shape } = checkpoint;
    const layout = parameterLayout(shape);
    const swapped = checkpoint.weights.slice();
    for (const part of ['action.weight', 'action.bias'])
      for (const prefix of ['', 'feed_forward.']) {
        const { offset, length } = findParameter(
          layout,
          prefix + part.replace('action', 'unaided'),
        );
        const to = findParameter(layout, prefix + part).offset;
        swapped.set(checkpoint.weights.subarray(offset, offset + length), to);
      }
    const withExperts = new StreamingNetwork(shape, swapped);
    const alone = withoutExperts(checkpoint);
    const network = new StreamingNetwork(alone.shape, alone.weights);
    const [state, stateAlone] = [withExperts.createState(), network.createState()];
    for (const row of featureRows(alone, episodes[0])) {
      const padded = new Float32Array(shape.features);
      padded.set(row);
      const { actionLogits, values } = withExperts.step(state, padded);
      const result = network.step(stateAlone, row);
      expect(result.actionLogits).toEqual(actionLogits);
      expect(result.values).toEqual(values);
    }
  });

  it('is a whole checkpoint, without a time head', () => {
    const alone = withoutExperts(checkpoint);
    const read = parseCheckpoint(serializeCheckpoint(alone));
    expect(read.weights).toEqual(alone.weights);
    expect(read.experts).toBeUndefined();
    expect([checkpoint.shape.timeBins, read.shape.timeBins]).toEqual([4, 0]);
  });

  it('returns a checkpoint without experts as it is', () => {
    const plain = makeCheckpoint();
    expect(withoutExperts(plain)).toBe(plain);
  });

  it('refuses a network that only corrects its experts', () => {
    const corrects = randomCheckpoint(
      { spec: SPEC, episodes },
      { seed: 1, model: { contexts: 2, unaided: false } },
    );
    const { experts } = corrects.shape;
    expect(() => withoutExperts(corrects)).toThrow(
      new RegExp(`"${SPEC.name}" only corrects its ${experts} n-gram experts.*"contexts": 0`),
    );
  });

  it('leaves the network of the duel', () => {
    const duelist = parseCheckpoint(readFileSync('assets/checkpoints/duelist.safetensors'));
    expect(duelist.experts).toBeDefined();
    expect(withoutExperts(duelist).experts).toBeUndefined();
  });
});
