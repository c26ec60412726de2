import { originOf } from '../model/origin.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { parameterLayout } from '../network/graph.ts';
import { ForesightError } from '../util/error.ts';
import { canonicalJson } from '../util/hash.ts';

/** A text that identifies the base of a profile: its spec and its weights. */
export const baseHash = (base: Checkpoint): string =>
  originOf({ spec: base.spec, checkpoint: base, config: base.model });

/** Whether a checkpoint has the network and the statistics of its base. */
export const isOfBase = ({ shape, statistics }: Checkpoint, base: Checkpoint): boolean =>
  canonicalJson({ shape, statistics }) ===
  canonicalJson({ shape: base.shape, statistics: base.statistics });

/**
 * What a checkpoint's weights add to those of its base, flat, as the rows of matrices hold it in `levels` steps
 * to either side of 0. Throws `bad-data` when it is not a checkpoint of the base's network and statistics.
 */
export function weightDifference(
  checkpoint: Checkpoint,
  base: Checkpoint,
  levels: number,
): Float32Array {
  if (!isOfBase(checkpoint, base))
    throw new ForesightError(
      'bad-data',
      "The player's model was not trained from the base. Train it with `start: base`, or leave out the base.",
    );
  const { shape, weights } = checkpoint;
  const difference = weights.map((weight, i) => weight - base.weights[i]);
  for (const { kind, offset, length, shape: size } of parameterLayout(shape).parameters) {
    if (kind === 'bias') continue;
    const columns = length / size[0];
    for (let at = offset; at < offset + length; at += columns)
      roundRow(difference.subarray(at, at + columns), levels);
  }
  return difference;
}

/** The weights that a difference was taken from. */
export const addDifference = (base: Checkpoint, difference: Float32Array): Float32Array =>
  base.weights.map((weight, i) => weight + difference[i]);

function roundRow(row: Float32Array, levels: number): void {
  const greatest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!greatest) return;
  const step = greatest / levels;
  row.forEach((value, i) => (row[i] = Math.round(value / step) * step));
}
