import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { networkFacts } from '../../../src/interchange/network-facts.ts';
import { writeLayersModel } from '../../../src/interchange/layers-model/write-layers-model.ts';
import { valueStatistics } from '../../../src/interchange/value-units.ts';
import { withoutExperts } from '../../../src/interchange/without-experts.ts';
import type { Checkpoint } from '../../../src/model/checkpoint.ts';
import type { Episode } from '../../../src/record/episode.ts';
import { SPEC } from '../../dataset/make-episodes.ts';
import { makeCheckpoint, randomEpisode } from '../../model/make-checkpoint.ts';
import { randomCheckpoint } from '../../predict/checkpoint.ts';
import { compareOutputs, featureRows, predictEpisode } from '../predict-episode.ts';
import type { StepOutputs } from '../predict-episode.ts';
import { openFiles } from './open-files.ts';

const STEPS = 200;
const LIMIT = 1e-5;

/** What tf.layers makes of every step of an episode. */
async function runLayers(checkpoint: Checkpoint, episode: Episode): Promise<StepOutputs[]> {
  const model = await tf.loadLayersModel(openFiles(writeLayersModel(checkpoint)));
  const rows = featureRows(checkpoint, episode);
  const width = rows[0].length;
  const features = new Float32Array(rows.length * width);
  rows.forEach((row, i) => features.set(row, i * width));
  const results = tf.tidy(() => {
    const result = model.predict(tf.tensor3d(features, [1, rows.length, width]));
    const tensors = Array.isArray(result) ? result : [result];
    return Object.fromEntries(
      tensors.map((tensor, i) => [model.outputNames[i], tensor.dataSync<'float32'>().slice()]),
    );
  });
  const scales = valueStatistics(checkpoint).map(({ scale }) => scale);
  const part = (name: string, i: number): Float32Array => {
    const all = results[name] ?? new Float32Array(0);
    const length = all.length / rows.length;
    return all.slice(i * length, (i + 1) * length);
  };
  model.dispose();
  return rows.map((_, i) => ({
    action: part('action', i),
    time: part('time', i),
    values: part('values', i).map((value, k) => value / scales[k]),
  }));
}

describe('writeLayersModel, opened by tf.loadLayersModel', () => {
  beforeAll(async () => {
    tf.env().set('IS_TEST', true);
    await tf.setBackend('cpu');
  });

  it.each([
    { layers: 1, embedding: 0, feedForward: 0, timeBins: 0, continuous: [] },
    { layers: 1, embedding: 2, feedForward: 0, timeBins: 5, continuous: ['x'] },
    { layers: 2, embedding: 2, feedForward: 9, timeBins: 5, continuous: ['x'] },
  ] as const)(
    'predicts the same: $layers layers, embedding of $embedding, $feedForward feed-forward units, $timeBins bins of time',
    async (model) => {
      const checkpoint = makeCheckpoint({ ...model, units: 12 }, 5);
      const episode = randomEpisode(STEPS, 9);
      const { difference, range } = compareOutputs(
        predictEpisode(checkpoint, episode),
        await runLayers(checkpoint, episode),
      );
      expect(difference).toBeLessThan(LIMIT);
      expect(range).toBeGreaterThan(0.05);
    },
  );

  it('predicts without experts as the network alone', async () => {
    const episodes = [randomEpisode(60, 1), randomEpisode(60, 2)];
    const checkpoint = randomCheckpoint(
      { spec: SPEC, episodes },
      { seed: 1, model: { contexts: 2, unaided: true } },
    );
    const { difference } = compareOutputs(
      predictEpisode(withoutExperts(checkpoint), episodes[0]),
      await runLayers(checkpoint, episodes[0]),
    );
    expect(difference).toBeLessThan(LIMIT);
  });

  it('keeps the facts about the network as its metadata', async () => {
    const checkpoint = makeCheckpoint();
    const { json } = writeLayersModel(checkpoint, { weightsPath: 'duelist.bin' });
    expect(json.userDefinedMetadata).toEqual(networkFacts(checkpoint));
    expect(json.weightsManifest[0].paths).toEqual(['duelist.bin']);
  });

  it('refuses a GRU', () => {
    expect(() => writeLayersModel(makeCheckpoint({ cell: 'gru' }))).toThrow(
      /"duelist" is a GRU.*ONNX/,
    );
  });
});
