import type { HeadSums } from '../../network/losses.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';
import type { HeadTargets } from './softmax-cross-entropy.ts';

/**
 * Sum of the squared deviations of the outputs [N, C] from the targets [places, C]; targets that are
 * NaN are ignored. Overwrites the outputs with the gradient of sum * scale.
 */
export function squaredError(
  { data, offset, columns }: Matrix,
  { packing, column = 0, size = columns, targets, mask, scale }: HeadTargets<FloatArray>,
): HeadSums {
  let loss = 0;
  for (let row = 0; row < packing.rows; row++) {
    const place = packing.places[row];
    for (let i = 0; i < size; i++) {
      const target = targets[place * size + i];
      const at = offset + row * columns + column + i;
      if (mask[place] === 0 || Number.isNaN(target)) {
        data[at] = 0;
        continue;
      }
      const deviation = data[at] - target;
      loss += mask[place] * deviation * deviation;
      data[at] = 2 * scale * mask[place] * deviation;
    }
  }
  return { loss, correct: 0 };
}
