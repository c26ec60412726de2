import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitStatistics } from '../../../src/dataset/fit-statistics.ts';
import { readLayersModel } from '../../../src/interchange/layers-model/read-layers-model.ts';
import type { LayersModelSource } from '../../../src/interchange/layers-model/read-layers-model.ts';
import { writeLayersModel } from '../../../src/interchange/layers-model/write-layers-model.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../../src/model/checkpoint-file.ts';
import { defineSpec } from '../../../src/record/spec.ts';
import { SPEC } from '../../dataset/make-episodes.ts';
import { makeCheckpoint, randomEpisode } from '../../model/make-checkpoint.ts';
import { featureRows, predictEpisode } from '../predict-episode.ts';

const EPISODE = randomEpisode(200, 9);
const MEANING = {
  spec: SPEC,
  statistics: fitStatistics(SPEC, [randomEpisode(60, 1), randomEpisode(60, 2)], { timeBins: 0 }),
};
const ROWS = featureRows(MEANING, EPISODE);
const WIDTH = ROWS[0].length;

const initial = (seed: number) => tf.initializers.randomNormal({ stddev: 0.6, seed });
const lstm = (config: Partial<Parameters<typeof tf.layers.lstm>[0]> = {}) =>
  tf.layers.lstm({
    units: 7,
    recurrentActivation: 'sigmoid',
    kernelInitializer: initial(1),
    recurrentInitializer: initial(2),
    biasInitializer: initial(3),
    unitForgetBias: false,
    ...config,
  });
const dense = (config: Partial<Parameters<typeof tf.layers.dense>[0]> = {}) =>
  tf.layers.dense({
    units: 3,
    activation: 'softmax',
    kernelInitializer: initial(4),
    biasInitializer: initial(5),
    ...config,
  });
const chain = (...layers: tf.layers.Layer[]): tf.LayersModel => {
  const model = tf.sequential();
  for (const layer of layers) model.add(layer);
  return model;
};
const inputShape = [null, WIDTH];

/** The files that tfjs saves. */
async function save(model: tf.LayersModel): Promise<LayersModelSource> {
  let saved: LayersModelSource | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const json = {
        format: 'layers-model',
        modelTopology: artifacts.modelTopology,
        weightsManifest: [{ paths: ['./weights.bin'], weights: artifacts.weightSpecs }],
      };
      saved = {
        json: JSON.parse(JSON.stringify(json)) as unknown,
        weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData)),
      };
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  if (!saved) throw new Error('nothing was saved');
  return saved;
}

/** The greatest difference between tfjs and our predictor in the probabilities after `count` steps. */
async function difference(model: tf.LayersModel, count = ROWS.length): Promise<number> {
  const checkpoint = readLayersModel(await save(model), MEANING);
  const features = new Float32Array(count * WIDTH);
  ROWS.slice(0, count).forEach((row, i) => features.set(row, i * WIDTH));
  const theirs = tf.tidy(() => {
    const result = model.predict(tf.tensor3d(features, [1, count, WIDTH])) as tf.Tensor;
    return result.dataSync<'float32'>();
  });
  const ours = predictEpisode(checkpoint, EPISODE)
    .slice(0, count)
    .flatMap(({ action }) => Array.from(action));
  // Without sequences, the model predicts after the last step alone.
  const last = ours.slice(-theirs.length);
  return Math.max(...last.map((value, i) => Math.abs(value - theirs[i])));
}

describe('readLayersModel', () => {
  beforeAll(async () => {
    tf.env().set('IS_TEST', true);
    await tf.setBackend('cpu');
  });

  it('reads an LSTM with a softmax, which predicts the same at every step', async () => {
    const model = chain(lstm({ inputShape, returnSequences: true }), dense());
    expect(await difference(model)).toBeLessThan(1e-5);
  });

  it('reads two layers with dropout between them, and layers without biases', async () => {
    const model = chain(
      lstm({ inputShape, returnSequences: true, useBias: false }),
      tf.layers.dropout({ rate: 0.5 }),
      lstm({ kernelInitializer: initial(6) }),
      dense({ useBias: false }),
    );
    expect(await difference(model, 50)).toBeLessThan(1e-5);
  });

  it('reads a functional model', async () => {
    const input = tf.input({ shape: inputShape });
    const hidden = lstm({ returnSequences: true }).apply(input) as tf.SymbolicTensor;
    const outputs = dense().apply(hidden) as tf.SymbolicTensor;
    expect(await difference(tf.model({ inputs: input, outputs }))).toBeLessThan(1e-5);
  });

  it('reads what Keras writes: the network one level deeper, and the cell in the names of weights', async () => {
    const { json, weights } = await save(chain(lstm({ inputShape }), dense()));
    const { modelTopology, weightsManifest, ...rest } = json as tf.io.ModelJSON;
    const renamed = weightsManifest.map((group) => ({
      ...group,
      weights: group.weights.map((entry) => ({
        ...entry,
        name: `model/${entry.name.replace(/^(lstm\w*)\//, '$1/lstm_cell/')}`,
      })),
    }));
    const keras = {
      ...rest,
      modelTopology: { keras_version: '2.15.0', model_config: modelTopology },
      weightsManifest: renamed,
    };
    expect(readLayersModel({ json: keras, weights }, MEANING).weights).toEqual(
      readLayersModel({ json, weights }, MEANING).weights,
    );
  });

  it('reads what writeLayersModel wrote, as a whole checkpoint', () => {
    const before = makeCheckpoint({ layers: 2, embedding: 0, timeBins: 0, continuous: [] });
    const { json, weights } = writeLayersModel(before);
    const read = readLayersModel({ json, weights });
    expect(parseCheckpoint(serializeCheckpoint(read)).weights).toEqual(read.weights);
    const own = predictEpisode(before, EPISODE);
    predictEpisode(read, EPISODE).forEach(({ action }, i) =>
      Array.from(action, (value, k) => expect(value).toBeCloseTo(own[i].action[k], 5)),
    );
    expect(read.trainedOn.sessions).toEqual([]);
  });

  describe('refuses, naming the layer,', () => {
    const first = (config: Parameters<typeof lstm>[0] = {}) =>
      lstm({ inputShape, name: 'memory', ...config });
    it.each([
      [
        'another kind of layer',
        () =>
          chain(
            tf.layers.gru({ units: 7, inputShape, name: 'memory', recurrentInitializer: 'zeros' }),
            dense(),
          ),
        /"memory" \(GRU\) is not an LSTM/,
      ],
      [
        'a hard sigmoid',
        () => chain(first({ recurrentActivation: 'hardSigmoid' }), dense()),
        /"memory" \(LSTM\) has recurrent_activation "hard_sigmoid"/,
      ],
      [
        'another activation',
        () => chain(first({ activation: 'relu' }), dense()),
        /"memory" \(LSTM\) has activation "relu"/,
      ],
      [
        'layers of two sizes',
        () => chain(first({ returnSequences: true }), lstm({ units: 5, name: 'second' }), dense()),
        /"second" \(LSTM\) has 5 units, but "memory" has 7/,
      ],
      [
        'a head that is no softmax',
        () => chain(first(), dense({ activation: 'relu', name: 'head' })),
        /"head" \(Dense\) is the last one/,
      ],
      [
        'a hidden Dense layer',
        () => chain(first(), dense({ units: 9, activation: 'relu', name: 'hidden' }), dense()),
        /"hidden" \(Dense\) is not an LSTM/,
      ],
      ['a model without LSTM', () => chain(dense({ inputShape: [WIDTH] })), /no LSTM layers/],
      [
        'other inputs',
        () => chain(first({ inputShape: [null, 5] }), dense()),
        /kernel of layer "memory" is \[5, 28\].*duelist" is encoded as \d+ features: action \(3\)/,
      ],
      [
        'other actions',
        () => chain(first(), dense({ units: 4, name: 'head' })),
        /layer "head" is \[7, 4\].*3 actions: idle, jab, block/,
      ],
    ] as const)('%s', async (_, build, message) => {
      const source = await save(build());
      expect(() => readLayersModel(source, MEANING)).toThrow(message);
    });

    it('a branch', async () => {
      const input = tf.input({ shape: inputShape });
      const a = lstm({ name: 'a' }).apply(input) as tf.SymbolicTensor;
      const b = lstm({ name: 'b' }).apply(input) as tf.SymbolicTensor;
      const both = tf.layers.average().apply([a, b]) as tf.SymbolicTensor;
      const outputs = dense().apply(both) as tf.SymbolicTensor;
      const source = await save(tf.model({ inputs: input, outputs }));
      expect(() => readLayersModel(source, MEANING)).toThrow(/Layer "b" does not take the output/);
    });
  });

  it('refuses files that are not a whole layers model', async () => {
    const { json, weights } = await save(chain(lstm({ inputShape }), dense()));
    const read = (source: Partial<LayersModelSource>) => () =>
      readLayersModel({ json, weights, ...source }, MEANING);
    expect(read({ json: { format: 'graph-model' } })).toThrow(/not a tfjs layers model/);
    expect(read({ weights: weights.subarray(1) })).toThrow(/bytes, but the files have/);
    const inPool = Buffer.concat([Buffer.of(1), weights]).subarray(1);
    expect(read({ weights: inPool })().weights).toEqual(read({})().weights);
    const { weightsManifest, ...rest } = json as tf.io.ModelJSON;
    const withWeights = (change: (entry: tf.io.WeightsManifestEntry) => object | null) => ({
      ...rest,
      weightsManifest: weightsManifest.map((group) => ({
        ...group,
        weights: group.weights.map((entry) => change(entry)).filter(Boolean),
      })),
    });
    expect(
      read({ json: withWeights((entry) => ({ ...entry, quantization: { dtype: 'uint8' } })) }),
    ).toThrow(/are quantized/);
    expect(() => readLayersModel({ json, weights })).toThrow(
      /does not state what its inputs and outputs mean/,
    );
    const other = defineSpec({ name: 'other', observation: [], action: ['a', 'b'] });
    expect(() => readLayersModel({ json, weights }, { ...MEANING, spec: other })).toThrow(
      /statistics were fitted on another spec/,
    );
  });
});
