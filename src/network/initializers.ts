import type { Rng } from '../util/rng.ts';
import { orthogonal } from './orthogonal.ts';

/** Fills a parameter, row-major, with its initial values. */
export type Initializer = (target: Float32Array, rng: Rng) => void;

/** Orthogonalising takes units^3 operations: above this, weights are uniform with the same deviation. */
const LARGEST_ORTHOGONAL = 256;

export const zeros: Initializer = () => {};

export const constant =
  (value: number): Initializer =>
  (target) =>
    target.fill(value);

/** Uniform in [-limit, limit). */
export const uniform =
  (limit: number): Initializer =>
  (target, rng) => {
    for (let i = 0; i < target.length; i++) target[i] = (2 * rng.next() - 1) * limit;
  };

/** Uniform by Glorot and Bengio 2010, of a matrix with so many inputs and outputs. */
export const glorot = (inputs: number, outputs: number, gain = 1): Initializer =>
  uniform(gain * Math.sqrt(6 / (inputs + outputs)));

export const normal =
  (deviation: number): Initializer =>
  (target, rng) => {
    for (let i = 0; i < target.length; i++) target[i] = rng.normal() * deviation;
  };

/**
 * Orthogonal for each [units, units] block (Saxe et al. 2014), above 256 units uniform with the same
 * deviation.
 */
export const orthogonalBlocks = (units: number): Initializer => {
  // Entries of an orthogonal matrix have deviation 1 / sqrt(units); a uniform one on +-a has a / sqrt(3).
  if (units > LARGEST_ORTHOGONAL) return uniform(Math.sqrt(3 / units));
  const size = units * units;
  return (target, rng) => {
    for (let at = 0; at < target.length; at += size) target.set(orthogonal(units, rng), at);
  };
};

/** Zeros, but one in the LSTM's forget gate (Jozefowicz et al. 2015). */
export const forgetGate =
  (units: number): Initializer =>
  (target) =>
    target.fill(1, units, 2 * units);
