import { weightsOf } from '../problem.ts';
import type { Problem } from '../problem.ts';

/** A matrix or vector, row-major. */
export interface Weight {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/**
 * The start weights in Keras' order and layout: per layer kernel [I, 4H], recurrent kernel [H, 4H]
 * and bias [4H] (the sum of PyTorch's two), then the head's kernel [H, C] and bias [C]. The gates
 * have the same order.
 */
export function kerasWeights(problem: Pick<Problem, 'shape' | 'weights'>): readonly Weight[] {
  const { shape } = problem;
  const result: Weight[] = [];
  for (let layer = 0; layer < shape.layers; layer++) {
    const recurrent = weightsOf(problem, `lstm.bias_hh_l${layer}`).data;
    const { dims, data } = weightsOf(problem, `lstm.bias_ih_l${layer}`);
    result.push(
      transposed(weightsOf(problem, `lstm.weight_ih_l${layer}`)),
      transposed(weightsOf(problem, `lstm.weight_hh_l${layer}`)),
      { dims, data: data.map((bias, i) => bias + recurrent[i]) },
    );
  }
  const head = shape.actions ? 'action' : 'values';
  result.push(transposed(weightsOf(problem, `${head}.weight`)), weightsOf(problem, `${head}.bias`));
  return result;
}

/** [columns, rows] of a matrix [rows, columns]. */
export function transposed({ dims: [rows, columns], data }: Weight): Weight {
  const result = new Float32Array(data.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) result[c * rows + r] = data[r * columns + c];
  return { dims: [columns, rows], data: result };
}
