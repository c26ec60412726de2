import type { HeadSums } from '../../network/losses.ts';
import type { Matrix } from './matrix.ts';
import type { HeadTargets } from './softmax-cross-entropy.ts';

/**
 * Sum of the squared deviations of the outputs [N, C] from the targets [N, C]; targets that are
 * NaN are ignored. Overwrites the outputs with the gradient of sum * scale.
 */
export function squaredError(
  { data, offset, rows, columns }: Matrix,
  { column = 0, size = columns, targets, mask, scale }: HeadTargets,
): HeadSums {
  let loss = 0;
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < size; i++) {
      const target = targets[row * size + i];
      const at = offset + row * columns + column + i;
      if (mask[row] === 0 || Number.isNaN(target)) {
        data[at] = 0;
        continue;
      }
      const deviation = data[at] - target;
      loss += mask[row] * deviation * deviation;
      data[at] = 2 * scale * mask[row] * deviation;
    }
  return { loss, correct: 0 };
}
