import { addColumnSums, fillRows } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { HeadParameters } from './network-parameters.ts';
import { addProduct, addTransposedProduct } from './product.ts';

/**
 * out = x * transpose of the weights + bias, as in torch.nn.Linear.
 *
 * @param out [n, size]
 * @param x [n, H]
 * @param head its `weights` already transposed: [H, size]
 */
export function linear(out: Matrix, x: Matrix, head: HeadParameters): void {
  fillRows(out, head.bias);
  addProduct(out, x, head.weights);
}

export interface LinearBackward {
  /** [n, size] gradient of the result. */
  readonly dOut: Matrix;
  /** [n, H] the input. */
  readonly x: Matrix;
  /** [size, H] weights, not transposed. */
  readonly weights: Matrix;
  /** Their gradient is added here. */
  readonly gradient: HeadParameters;
  /** [n, H] the gradient of `x` is added here; null to skip it. */
  readonly dX: Matrix | null;
}

/** Gradients of `linear`. */
export function linearBackward({ dOut, x, weights, gradient, dX }: LinearBackward): void {
  addTransposedProduct(gradient.weights, dOut, x);
  addColumnSums(gradient.bias, dOut);
  if (dX) addProduct(dX, dOut, weights);
}
