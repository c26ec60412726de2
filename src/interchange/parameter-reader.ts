import { parameterLayout } from '../network/graph.ts';
import { findParameter } from '../network/parameters.ts';
import type { ParameterLayout } from '../network/parameters.ts';
import type { NetworkShape } from '../network/shape.ts';

/** What a parameter of a network holds. */
export interface ReadParameter {
  /** Row-major dimensions, as in PyTorch. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * Reads a network's parameters by name and notes which ones were read: a file that leaves one out would
 * predict something else.
 */
export class ParameterReader {
  readonly #layout: ParameterLayout;
  readonly #weights: Float32Array;
  readonly #read = new Set<string>();

  /** @param weights flat, in the order of `parameterLayout(shape)` */
  constructor(shape: NetworkShape, weights: Float32Array) {
    this.#layout = parameterLayout(shape);
    this.#weights = weights;
  }

  /** Throws RangeError when the network has no such parameter. */
  read(name: string): ReadParameter {
    const { shape, offset, length } = findParameter(this.#layout, name);
    this.#read.add(name);
    return { shape, data: this.#weights.subarray(offset, offset + length) };
  }

  /** Throws RangeError when a parameter was not read: the writer of the file does not know a part of the network. */
  requireAll(): void {
    const left = this.#layout.parameters.filter(({ name }) => !this.#read.has(name));
    if (left.length)
      throw new RangeError(`not exported: ${left.map(({ name }) => name).join(', ')}`);
  }
}
