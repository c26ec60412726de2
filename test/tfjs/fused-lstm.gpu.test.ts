import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { closeDevice, openDevice } from '../../src/kernels/webgpu/device.ts';
import { fusedLstm, lstm } from '../../src/tfjs.ts';
import { createRng } from '../../src/util/rng.ts';

const [BATCH, STEPS, WIDTH, UNITS] = [3, 5, 4, 6];

async function use(backend: string): Promise<void> {
  await openDevice();
  await tf.setBackend(backend);
}
beforeEach(() => use('webgpu'));
afterAll(closeDevice);

function uniform(seed: number, shape: number[]): tf.Tensor {
  const rng = createRng(seed);
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => rng.next() * 2 - 1),
    shape,
  );
}

async function expectClose(found: tf.Tensor, expected: tf.Tensor): Promise<void> {
  expect(found.shape).toEqual(expected.shape);
  const [a, b] = [await found.data(), await expected.data()];
  expect(Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])))).toBeLessThan(1e-4);
  expect(Math.max(...Array.from(b, Math.abs))).toBeGreaterThan(1e-2);
}

const weights = (): tf.Tensor[] => [
  uniform(2, [WIDTH, 4 * UNITS]),
  uniform(3, [UNITS, 4 * UNITS]),
  uniform(4, [4 * UNITS]),
];

/** A model of one layer, of either kind. */
function modelOf(layer: ReturnType<typeof tf.layers.lstm>, units: number): tf.LayersModel {
  const model = tf.sequential();
  model.add(layer);
  model.add(tf.layers.dense({ units, activation: 'softmax' }));
  return model;
}

// The default initializer needs a build of tfjs with chained operations.
const PLAIN = { recurrentInitializer: 'zeros' } as const;

describe.each(['webgpu', 'cpu'])('the fused LSTM on %s', (backend) => {
  beforeEach(() => use(backend));

  it.each([true, false])(
    'has the outputs and gradients of tf.layers.lstm, sequences %s',
    async (returnSequences) => {
      const x = uniform(1, [BATCH, STEPS, WIDTH]);
      const config = { units: UNITS, returnSequences, ...PLAIN };
      const ours = fusedLstm(config);
      const theirs = tf.layers.lstm({ ...config, recurrentActivation: 'sigmoid' });
      // `apply` creates the weights, which are then replaced.
      for (const layer of [ours, theirs]) {
        layer.apply(x);
        layer.setWeights(weights());
      }
      expect(ours.getWeights().map(({ shape }) => shape)).toEqual(
        theirs.getWeights().map(({ shape }) => shape),
      );
      await expectClose(ours.apply(x) as tf.Tensor, theirs.apply(x) as tf.Tensor);

      const factors = uniform(6, (ours.apply(x) as tf.Tensor).shape);
      const slopes = (layer: typeof ours | typeof theirs) => {
        const variables = layer.trainableWeights.map((one) => one.read() as tf.Variable);
        const loss = (): tf.Scalar => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, factors));
        const { grads } = tf.variableGrads(loss, variables);
        const dX = tf.grad((input) => tf.sum(tf.mul(layer.apply(input) as tf.Tensor, factors)))(x);
        return [...variables.map(({ name }) => grads[name]), dX];
      };
      const [found, expected] = [slopes(ours), slopes(theirs)];
      expect(found).toHaveLength(4);
      for (let i = 0; i < 4; i++) await expectClose(found[i], expected[i]);
      tf.disposeVariables();
    },
  );

  it('trains with model.fit, with the losses of tf.layers.lstm', async () => {
    const rng = createRng(7);
    // The class is whether the first element was positive: it must be remembered.
    const values = Float32Array.from({ length: 32 * STEPS }, () => rng.next() * 2 - 1);
    const x = tf.tensor3d(values, [32, STEPS, 1]);
    const classes = Array.from({ length: 32 }, (_, b) => (values[b * STEPS] > 0 ? [1, 0] : [0, 1]));
    const config = { units: 8, inputShape: [STEPS, 1], ...PLAIN };
    const [ours, theirs] = [
      modelOf(fusedLstm(config), 2),
      modelOf(tf.layers.lstm({ ...config, recurrentActivation: 'sigmoid' }), 2),
    ];
    const start = ours.getWeights().map(({ shape }, i) => uniform(20 + i, shape as number[]));
    const losses: number[][] = [];
    for (const model of [ours, theirs]) {
      model.setWeights(start);
      model.compile({ optimizer: tf.train.adam(0.05) as never, loss: 'categoricalCrossentropy' });
      const { history } = await model.fit(x, tf.tensor2d(classes), {
        epochs: model === ours ? 40 : 6,
        shuffle: false,
        verbose: 0,
      });
      losses.push(history['loss'] as number[]);
      model.dispose();
    }
    expect(losses[0].at(-1)).toBeLessThan(0.25);
    for (const [i, loss] of losses[1].entries()) expect(losses[0][i]).toBeCloseTo(loss, 3);
  });

  it('works without bias, and over a single step', async () => {
    const x = uniform(1, [BATCH, 1, WIDTH]) as tf.Tensor3D;
    const [kernel, recurrentKernel] = weights() as tf.Tensor2D[];
    const bias = tf.zeros([4 * UNITS]) as tf.Tensor1D;
    await expectClose(
      lstm(x, { kernel, recurrentKernel }),
      lstm(x, { kernel, recurrentKernel, bias }),
    );
  });
});

it('a model with a fused LSTM can be saved and loaded', async () => {
  const x = uniform(1, [BATCH, STEPS, WIDTH]);
  const model = modelOf(fusedLstm({ units: UNITS, inputShape: [STEPS, WIDTH], ...PLAIN }), 3);
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  if (!saved) throw new Error('nothing was saved');
  // A file holds the topology as JSON.
  saved.modelTopology = JSON.parse(JSON.stringify(saved.modelTopology)) as object;
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved));
  expect(loaded.layers[0].getClassName()).toBe('FusedLstm');
  await expectClose(loaded.predict(x) as tf.Tensor, model.predict(x) as tf.Tensor);
});

it('lstm leaves no tensors except its result', async () => {
  const x = uniform(1, [BATCH, STEPS, WIDTH]) as tf.Tensor3D;
  const [kernel, recurrentKernel] = weights() as tf.Tensor2D[];
  const before = tf.memory().numTensors;
  const hidden = lstm(x, { kernel, recurrentKernel });
  expect(tf.memory().numTensors).toBe(before + 1);
  hidden.dispose();
  const slopes = tf.grads((...[input, w, u]) =>
    tf.sum(lstm(input as tf.Tensor3D, { kernel: w, recurrentKernel: u } as never)),
  )([x, kernel, recurrentKernel]);
  tf.dispose(slopes);
  expect(tf.memory().numTensors).toBe(before);
});

it.each([
  [{ recurrentActivation: 'hardSigmoid' }, /recurrentActivation: "hardSigmoid".*leave it out/],
  [{ activation: 'relu' }, /activation: "relu"/],
  [{ dropout: 0.2 }, /dropout: 0.2.*tf.layers.lstm/],
  [{ stateful: true }, /stateful/],
])('fusedLstm refuses %j', (config, message) => {
  expect(() => fusedLstm({ units: 3, ...config } as never)).toThrow(message);
});
