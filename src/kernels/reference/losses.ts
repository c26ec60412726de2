import type { HeadSums } from '../../network/losses.ts';
import type { Matrix } from './matrix.ts';

/** The targets of one head's outputs, in the order of their rows. */
export interface HeadTargets {
  /** Columns of the outputs that are the head's. Default: all. */
  readonly column?: number;
  readonly size?: number;
  /** [N] classes, or [N, size] values. */
  readonly targets: ArrayLike<number>;
  /** [N] weight of each row; 0 = no target. */
  readonly mask: ArrayLike<number>;
  /** Factor of the gradient: the head's weight over the number of targets. */
  readonly scale: number;
  /** [N, size] distributions (sum 1) to learn in place of the targets; for classes only. */
  readonly soft?: ArrayLike<number>;
}

/**
 * Cross-entropy of softmax(logits) [N, classes]; overwrites the logits with the gradient of loss * scale.
 * With soft targets q the loss is -sum q log softmax and its gradient softmax - q (Hinton et al. 2015,
 * section 2). The loss is in nats. Of equal logits the first counts as the most probable.
 */
export function softmaxCrossEntropy(
  { data, offset, rows, columns }: Matrix,
  { column = 0, size = columns, targets, mask, scale, soft }: HeadTargets,
): HeadSums {
  let loss = 0;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    const start = offset + row * columns + column;
    const end = start + size;
    const weight = mask[row];
    if (weight === 0) {
      data.fill(0, start, end);
      continue;
    }
    const target = start + targets[row];
    const share = row * size - start;
    let best = start;
    for (let i = start + 1; i < end; i++) if (data[i] > data[best]) best = i;
    const max = data[best];
    let targetLogit = soft ? 0 : data[target];
    if (soft) for (let i = start; i < end; i++) targetLogit += soft[share + i] * data[i];
    let sum = 0;
    for (let i = start; i < end; i++) sum += data[i] = Math.exp(data[i] - max);
    loss += weight * (Math.log(sum) + max - targetLogit);
    if (best === target) correct += weight;
    const factor = (scale * weight) / sum;
    for (let i = start; i < end; i++) data[i] *= factor;
    if (!soft) data[target] -= scale * weight;
    else for (let i = start; i < end; i++) data[i] -= scale * weight * soft[share + i];
  }
  return { loss, correct };
}

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
