import type { WindowDataset } from '../dataset/windows.ts';
import type { NetworkShape } from '../network/shape.ts';
import type { Parameter } from '../network/parameters.ts';
import { inputWidth } from '../network/shape.ts';
import { parameterLayout } from '../network/graph.ts';
import { findParameter } from '../network/parameters.ts';

/**
 * Sets the start weights of features that are 0 in all training data to 0: those of an action that no
 * player used, or the "unknown" place of an id. They would stay random and add noise in play.
 *
 * @param seen [F] whether a feature is ever anything but 0
 */
export function silenceUnseenFeatures(
  weights: Float32Array,
  shape: NetworkShape,
  seen: readonly boolean[],
): void {
  const layout = parameterLayout(shape);
  const input = findParameter(layout, `${shape.cell}.weight_ih_l0`);
  let column = 0;
  let feature = 0;
  const passUntil = (end: number): void => {
    for (; feature < end; feature++, column++)
      if (!seen[feature]) clearColumn(weights, input, column);
  };
  for (const { name, offset, categories, units } of shape.embeddings) {
    passUntil(offset);
    const table = findParameter(layout, `embedding.${name}.weight`);
    for (let category = 0; category < categories; category++) {
      const row = table.offset + category * units;
      if (!seen[offset + category]) weights.fill(0, row, row + units);
    }
    feature += categories;
    column += units;
  }
  passUntil(shape.features);
  if (column !== inputWidth(shape)) throw new RangeError('embeddings and features do not add up');
}

/** [F] whether a feature is ever anything but 0 in a dataset. */
export function seenFeatures(
  { features: width }: Pick<NetworkShape, 'features'>,
  dataset: WindowDataset,
): boolean[] {
  const seen = Array<boolean>(width).fill(false);
  for (const { features } of dataset.batches(SCANNED)) noteFeatures(seen, features);
  return seen;
}

/** Notes which features of some rows are anything but 0. */
export function noteFeatures(seen: boolean[], rows: Float32Array): void {
  for (let i = 0; i < rows.length; i++) if (rows[i] !== 0) seen[i % seen.length] = true;
}

/** Windows scanned at a time. */
const SCANNED = 64;

function clearColumn(weights: Float32Array, matrix: Parameter, column: number): void {
  const [rows, columns] = matrix.shape;
  for (let row = 0; row < rows; row++) weights[matrix.offset + row * columns + column] = 0;
}
