import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import type { Array as JaxArray } from '@jax-js/jax';
import { LEARNING_RATE, lastClasses, lastValues } from '../../problem.ts';
import type { Problem } from '../../problem.ts';
import { CHECKED_UPDATES } from '../../trial.ts';
import type { Trial } from '../../trial.ts';
import { jaxHead, jaxLstmCell, jaxParameters } from '../jax-lstm.ts';
import type { JaxParameters, JaxState } from '../jax-lstm.ts';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Mean loss of the batch; keeps the parameters and takes the rest. */
type Loss = (parameters: JaxParameters, steps: JaxArray[], targets: JaxArray) => JaxArray;

/** jax-js: network, gradients and Adam in one jitted function. It has no `lax.scan`: time is unrolled. */
export async function trainJax(device: 'wasm' | 'webgpu', problem: Problem): Promise<Trial> {
  if (!(await init(device)).includes(device)) throw new Error(`jax-js has no device "${device}".`);
  defaultDevice(device);
  const steps = inputSteps(problem);
  const targets = targetRows(problem);
  const jitted = jit(adamUpdate(lossOf(problem)));
  let parameters = jaxParameters(problem);
  const zeros = (): JaxParameters =>
    jaxParameters({ ...problem, weights: new Float32Array(problem.weights.length) });
  let first = zeros();
  let second = zeros();
  let updates = 0;
  // The losses are read after the last update, so that a GPU never waits for one.
  const update = async (times: number): Promise<number[]> => {
    const losses: JaxArray[] = [];
    for (let i = 0; i < times; i++) {
      updates++;
      let loss: JaxArray;
      [loss, parameters, first, second] = jitted(
        [parameters, first, second],
        [1 / (1 - BETA1 ** updates), 1 / (1 - BETA2 ** updates)].map(scalar),
        steps.map((step) => step.ref),
        targets.ref,
      );
      losses.push(loss);
    }
    return Promise.all(losses.map(async (loss) => (await loss.data())[0]));
  };
  return {
    check: () => update(CHECKED_UPDATES),
    run: async (times) => void (await update(times)),
    dispose: () => jitted.dispose(),
  };
}

const scalar = (value: number): JaxArray => np.array(Float32Array.of(value));

/** The batch as T arrays [B, F]. */
function inputSteps({ batch, size }: Problem): JaxArray[] {
  const { batchSize, windowLength, features } = size;
  return Array.from({ length: windowLength }, (_, t) => {
    const rows = new Float32Array(batchSize * features);
    for (let b = 0; b < batchSize; b++) {
      const from = (b * windowLength + t) * features;
      rows.set(batch.features.subarray(from, from + features), b * features);
    }
    return np.array(rows).reshape([batchSize, features]);
  });
}

/** [B, C] one-hot classes, or [B, 1] values. */
function targetRows(problem: Problem): JaxArray {
  const { batchSize, classes } = problem.size;
  if (!classes) return np.array(lastValues(problem)).reshape([batchSize, 1]);
  const rows = new Float32Array(batchSize * classes);
  lastClasses(problem).forEach((actual, b) => (rows[b * classes + actual] = 1));
  return np.array(rows).reshape([batchSize, classes]);
}

function lossOf({ size: { batchSize, units, layers, classes } }: Problem): Loss {
  return (parameters, steps, targets) => {
    const states = Array.from({ length: layers }, (): JaxState => [
      np.zeros([batchSize, units]),
      np.zeros([batchSize, units]),
    ]);
    for (const step of steps) {
      let x = step;
      for (let layer = 0; layer < layers; layer++) {
        const own = parameters.slice(4 * layer, 4 * layer + 4);
        states[layer] = jaxLstmCell(own, x, states[layer]);
        x = states[layer][0].ref;
      }
      // The top layer's are used only after the last step.
      if (step !== steps[steps.length - 1]) x.dispose();
      else {
        const outputs = jaxHead(parameters, x);
        for (const array of [...states.flat(), ...parameters]) array.dispose();
        return classes
          ? np.sum(nn.logSoftmax(outputs, 1).mul(targets)).mul(-1 / batchSize)
          : np.mean(np.square(outputs.sub(targets)));
      }
    }
    throw new RangeError('a window without steps');
  };
}

/** Loss before the update, and parameters and moments after it. */
function adamUpdate(loss: Loss) {
  const gradient = valueAndGrad(loss);
  return (
    [parameters, first, second]: JaxParameters[],
    [correction1, correction2]: JaxArray[],
    steps: JaxArray[],
    targets: JaxArray,
  ): [JaxArray, JaxParameters, JaxParameters, JaxParameters] => {
    const [value, gradients] = gradient(
      parameters.map((array) => array.ref),
      steps,
      targets,
    );
    const firsts = first.map((m, i) => m.mul(BETA1).add(gradients[i].ref.mul(1 - BETA1)));
    const seconds = second.map((v, i) => v.mul(BETA2).add(np.square(gradients[i]).mul(1 - BETA2)));
    const moved = parameters.map((array, i) => {
      const m = firsts[i].ref.mul(correction1.ref);
      const v = seconds[i].ref.mul(correction2.ref);
      return array.sub(m.mul(LEARNING_RATE).div(np.sqrt(v).add(EPSILON)));
    });
    correction1.dispose();
    correction2.dispose();
    return [value, moved, firsts, seconds];
  };
}
