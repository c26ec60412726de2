import { createRng } from '../util/rng.ts';
import type { Rng } from '../util/rng.ts';
import type { NetworkShape } from './network-shape.ts';
import { FEED_FORWARD, gateRows, parameterLayout } from './network-shape.ts';
import { orthogonal } from './orthogonal.ts';

/** Heads begin in this share of Glorot's range, so that a new model begins near "all equally likely". */
const HEAD_GAIN = 0.1;
/** Initial bias of the gates: each expert begins with a weight of softplus(-1.2) = 0.26. */
const GATE = -1.2;
/** Orthogonalising takes units^3 operations: above this, weights are uniform with the same deviation. */
const LARGEST_ORTHOGONAL = 256;

/**
 * Initial weights, flat in the order of `parameterLayout(shape)`; the same seed gives the same ones.
 * Input weights: uniform by Glorot and Bengio 2010, for each gate. Recurrent weights: orthogonal
 * for each gate (Saxe et al. 2014), above 256 units uniform with the same deviation. Embeddings:
 * normal, rows of length about 1 like the one-hot rows they replace. Biases 0, but the LSTM's
 * forget gate 1 (Jozefowicz et al. 2015), in `bias_ih` alone, as the two biases are added. With
 * experts the heads of action and time and the gates' weights begin at 0: the network starts as an even mixture of
 * its experts, and adds what they do not know. The feed-forward network: uniform, as torch.nn.Linear's weight.
 */
export function initialWeights(shape: NetworkShape, seed: number): Float32Array<ArrayBuffer> {
  const { parameters, length } = parameterLayout(shape);
  const weights = new Float32Array(length);
  const units = shape.units;
  const gates = gateRows(shape) / units;
  parameters.forEach((parameter, index) => {
    // Each parameter has its own generator, so adding a head does not change the other weights.
    const rng = createRng(seed).fork(index);
    const { offset } = parameter;
    const inFeedForward = parameter.name.startsWith(FEED_FORWARD);
    const name = inFeedForward ? parameter.name.slice(FEED_FORWARD.length) : parameter.name;
    const target = weights.subarray(offset, offset + parameter.length);
    const columns = parameter.shape[parameter.shape.length - 1];
    if (name === 'gate.bias' || name === 'time_gate.bias') target.fill(GATE);
    else if (shape.experts && /^(action|time|gate|time_gate)\./.test(name)) return;
    else if (name.startsWith('embedding.')) fillNormal(target, 1 / Math.sqrt(columns), rng);
    else if (name.includes('.weight_ih_'))
      fillUniform(target, Math.sqrt(6 / (columns + units)), rng);
    else if (name.includes('.weight_hh_')) fillRecurrent(target, { units, gates }, rng);
    else if (name.includes('.bias_ih_') && shape.cell === 'lstm') target.fill(1, units, 2 * units);
    else if (inFeedForward && name === 'weight') fillUniform(target, 1 / Math.sqrt(columns), rng);
    else if (parameter.kind === 'weight')
      fillUniform(target, HEAD_GAIN * Math.sqrt(6 / (columns + parameter.shape[0])), rng);
  });
  return weights;
}

function fillUniform(target: Float32Array, limit: number, rng: Rng): void {
  for (let i = 0; i < target.length; i++) target[i] = (2 * rng.next() - 1) * limit;
}

function fillNormal(target: Float32Array, deviation: number, rng: Rng): void {
  for (let i = 0; i < target.length; i++) target[i] = rng.normal() * deviation;
}

function fillRecurrent(
  target: Float32Array,
  { units, gates }: { units: number; gates: number },
  rng: Rng,
): void {
  // Entries of an orthogonal matrix have deviation 1 / sqrt(units); a uniform one on +-a has a / sqrt(3).
  if (units > LARGEST_ORTHOGONAL) return fillUniform(target, Math.sqrt(3 / units), rng);
  const size = units * units;
  for (let gate = 0; gate < gates; gate++) {
    const block = target.subarray(gate * size, (gate + 1) * size);
    block.set(orthogonal(units, rng));
  }
}
