import type * as tf from '@tensorflow/tfjs-core';
import type { ProductText } from './product-wgsl.ts';
import { productGroups } from './product-wgsl.ts';
import { fusedKernel } from './run-program.ts';
import type { Program, Section } from './run-program.ts';

export const productKernel = fusedKernel('Product');

export interface ProductInput {
  /** [N, K], `stride` elements from row to row. */
  readonly x: Section;
  readonly stride: number;
  /** N. */
  readonly rows: number;
  /** [K, C]. */
  readonly weights: Section;
  /** [C] each, in one tensor; present if the program adds them. */
  readonly bias?: Section;
  readonly secondBias?: number;
  /** [N, C], where the program multiplies by factors. */
  readonly factors?: Section;
  /** Elements of the result, and from row to row; elements not written are undefined. */
  readonly length: number;
  readonly outStride: number;
}

/** x weights + biases, times factors, into a new tensor that the caller disposes. */
export function product(
  { text, wgsl }: Program<ProductText>,
  { x, stride, rows, weights, bias, secondBias, factors, length, outStride }: ProductInput,
): tf.Tensor1D {
  return productKernel.launch({
    wgsl,
    inputs: {
      x: x.tensor,
      weights: weights.tensor,
      ...(bias && { bias: bias.tensor }),
      ...(factors && { factors: factors.tensor }),
    },
    uniforms: {
      rows,
      x: x.at,
      xStride: stride,
      weights: weights.at,
      bias: bias?.at ?? 0,
      bias2: secondBias ?? 0,
      factors: factors?.at ?? 0,
      outStride,
    },
    groups: productGroups(text, rows),
    output: length,
  });
}
