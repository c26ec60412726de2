import * as tf from '@tensorflow/tfjs-core';
import type { ParameterLayout } from '../../model/network-shape.ts';

/** Named matrices and vectors of a network. */
export type Matrices = ReadonlyMap<string, tf.Tensor>;

/** Copies every parameter out of the flat weights, in the order of the layout. The caller disposes. */
export function splitWeights(flat: tf.Tensor1D, layout: ParameterLayout): tf.Tensor[] {
  return tf.tidy(() =>
    tf
      .split(
        flat,
        layout.parameters.map(({ length }) => length),
      )
      .map((part, index) => tf.reshape(part, [...layout.parameters[index].shape])),
  );
}

/** The inverse of `splitWeights`. */
export function joinWeights(parts: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.tidy(() => tf.concat1d(parts.map((part) => tf.reshape(part, [-1]) as tf.Tensor1D)));
}

/** Gives parameters, in the order of the layout, their names. */
export function nameMatrices(parts: readonly tf.Tensor[], layout: ParameterLayout): Matrices {
  return new Map(layout.parameters.map(({ name }, index) => [name, parts[index]]));
}

/** The matrix of that name. Throws RangeError when the network has none: a programming error. */
export function matrix<T extends tf.Tensor>(matrices: Matrices, name: string): T {
  const found = matrices.get(name);
  if (!found) throw new RangeError(`no matrix "${name}"`);
  return found as T;
}

/** [N] 1 where a flat weight belongs to a weight matrix, 0 where it is a bias. */
export function penaltyMask(layout: ParameterLayout): Float32Array {
  const mask = new Float32Array(layout.length);
  for (const { kind, offset, length } of layout.parameters)
    if (kind === 'weight') mask.fill(1, offset, offset + length);
  return mask;
}
