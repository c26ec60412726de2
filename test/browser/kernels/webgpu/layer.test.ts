import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDevice, openDevice, tensorMemory } from '../../../../src/kernels/webgpu/device.ts';
import { recurrentLayer } from '../../../../src/kernels/webgpu/layer.ts';
import { createRng } from '../../../../src/util/rng.ts';

const [BATCH, STEPS, WIDTH, UNITS] = [3, 5, 4, 6];

beforeAll(async () => void (await openDevice()));
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
  const worst = Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
  expect(worst).toBeLessThan(1e-4);
  expect(Math.max(...Array.from(b, Math.abs))).toBeGreaterThan(1e-2);
}

describe('the LSTM layer', () => {
  it('gives the outputs and gradients of tf.layers.lstm', async () => {
    const x = uniform(1, [BATCH, STEPS, WIDTH]) as tf.Tensor3D;
    const inputWeights = uniform(2, [4 * UNITS, WIDTH]) as tf.Tensor2D;
    const recurrentWeights = uniform(3, [4 * UNITS, UNITS]) as tf.Tensor2D;
    const inputBias = uniform(4, [4 * UNITS]) as tf.Tensor1D;
    const recurrentBias = uniform(5, [4 * UNITS]) as tf.Tensor1D;
    // The output's factors make every gradient different.
    const factors = uniform(6, [BATCH, STEPS, UNITS]);

    const layer = layers.lstm({
      units: UNITS,
      returnSequences: true,
      recurrentActivation: 'sigmoid',
      // The default one needs a build of tfjs with chained operations.
      recurrentInitializer: 'zeros',
    });
    // Makes the weights; they are replaced before the outputs count.
    layer.apply(x);
    layer.setWeights([
      tf.transpose(inputWeights),
      tf.transpose(recurrentWeights),
      tf.add(inputBias, recurrentBias),
    ]);
    const theirs = layer.apply(x) as tf.Tensor;
    const variables = layer.trainableWeights.map((one) => one.read() as tf.Variable);
    const { grads } = tf.variableGrads(
      () => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, factors)),
      variables,
    );

    const run = (...[input, w, u, b, c]: tf.Tensor[]): tf.Tensor =>
      recurrentLayer(
        input as tf.Tensor3D,
        {
          inputWeights: w as tf.Tensor2D,
          recurrentWeights: u as tf.Tensor2D,
          inputBias: b as tf.Tensor1D,
          recurrentBias: c as tf.Tensor1D,
        },
        'lstm',
      );
    const inputs = [x, inputWeights, recurrentWeights, inputBias, recurrentBias];
    await expectClose(run(...inputs), theirs);

    const gradients = tf.grads((...all: tf.Tensor[]) => tf.sum(tf.mul(run(...all), factors)))(
      inputs,
    );
    const expected = variables.map(({ name }) => grads[name]);
    await expectClose(tf.transpose(gradients[1]), expected[0]);
    await expectClose(tf.transpose(gradients[2]), expected[1]);
    await expectClose(gradients[3], expected[2]);
    await expectClose(gradients[4], expected[2]);
    tf.disposeVariables();
  });
});

describe.each(['lstm', 'gru'] as const)('a %s layer', (cell) => {
  const gates = cell === 'lstm' ? 4 : 3;
  const parameters = () => ({
    inputWeights: uniform(2, [gates * UNITS, WIDTH]) as tf.Tensor2D,
    recurrentWeights: uniform(3, [gates * UNITS, UNITS]) as tf.Tensor2D,
    inputBias: uniform(4, [gates * UNITS]) as tf.Tensor1D,
    recurrentBias: uniform(5, [gates * UNITS]) as tf.Tensor1D,
  });

  it('does not look ahead', async () => {
    const x = uniform(1, [BATCH, STEPS, WIDTH]) as tf.Tensor3D;
    const all = recurrentLayer(x, parameters(), cell);
    const first = recurrentLayer(tf.slice(x, [0, 0, 0], [BATCH, 2, WIDTH]), parameters(), cell);
    await expectClose(first, tf.slice(all, [0, 0, 0], [BATCH, 2, UNITS]));
  });

  it('has gradients over a single step', async () => {
    const x = uniform(1, [BATCH, 1, WIDTH]) as tf.Tensor3D;
    const { inputWeights, ...others } = parameters();
    const sum = (w: tf.Tensor): tf.Scalar =>
      tf.sum(recurrentLayer(x, { ...others, inputWeights: w as tf.Tensor2D }, cell));
    const slope = tf.grad(sum)(inputWeights);
    const step = 1e-2;
    const direction = uniform(9, inputWeights.shape);
    const [up, down] = [step, -step].map((by) => sum(tf.add(inputWeights, tf.mul(direction, by))));
    const along = tf.sum(tf.mul(slope, direction));
    const difference = tf.div(tf.sub(up, down), 2 * step);
    await expectClose(tf.div(along, 10), tf.div(difference, 10));
  });

  it('leaves its result and nothing else', () => {
    const x = uniform(1, [BATCH, STEPS, WIDTH]) as tf.Tensor3D;
    const own = parameters();
    const before = tensorMemory().tensors;
    const hidden = recurrentLayer(x, own, cell);
    expect(tensorMemory().tensors).toBe(before + 1);
    hidden.dispose();
    expect(tensorMemory().tensors).toBe(before);
  });
});
