import { ForesightError } from '../util/error.ts';
import type { Tensor } from './safetensors.ts';

/** Sequences of symbols in a checkpoint file. */
export interface SequenceTensors {
  readonly name: string;
  /** The tensor of their lengths. */
  readonly lengths: string;
  /** Symbols are below this; at most 65,536. */
  readonly symbols: number;
}

export const actionTensors = (actions: number): SequenceTensors => ({
  name: 'trained_on.actions',
  lengths: 'trained_on.lengths',
  symbols: actions,
});

export const pairTensors = (symbols: number): SequenceTensors => ({
  name: 'trained_on.pairs',
  lengths: 'trained_on.pair_lengths',
  symbols,
});

/**
 * Sequences as two tensors: all symbols one after the other, in one byte each if there are at most 256, else in
 * two; and the lengths of the sequences. No tensors when there are no sequences. Throws `bad-data` for a symbol
 * that is too large.
 */
export function packSequences(
  sequences: readonly Uint16Array[],
  { name, lengths: lengthsName, symbols }: SequenceTensors,
): Tensor[] {
  if (!sequences.length) return [];
  const total = sequences.reduce((sum, { length }) => sum + length, 0);
  const data = symbols <= 256 ? new Uint8Array(total) : new Uint16Array(total);
  let at = 0;
  for (const sequence of sequences) {
    if (!sequence.every((symbol) => symbol < symbols))
      throw new ForesightError(
        'bad-data',
        `A sequence in trainedOn, for "${name}", has a number above ${symbols - 1}, the last one of the spec. Take the sequences from the training episodes.`,
      );
    data.set(sequence, at);
    at += sequence.length;
  }
  const lengths = Int32Array.from(sequences, ({ length }) => length);
  return [
    { name: lengthsName, shape: [lengths.length], data: lengths },
    { name, shape: [total], data },
  ];
}

/** The inverse of `packSequences`. Calls `wrong` for tensors that it cannot have made. */
export function unpackSequences(
  tensors: readonly Tensor[],
  { name, lengths: lengthsName, symbols }: SequenceTensors,
  wrong: (what: string) => never,
): Uint16Array[] {
  const find = (wanted: string): Tensor | undefined =>
    tensors.find((tensor) => tensor.name === wanted);
  const all = find(name)?.data;
  const lengths = find(lengthsName)?.data;
  if (!all && !lengths) return [];
  const isBytes = all instanceof Uint8Array || all instanceof Uint16Array;
  if (!isBytes || !(lengths instanceof Int32Array))
    return wrong(`"${name}" or "${lengthsName}" is missing or of another type`);
  if (!all.every((symbol) => symbol < symbols))
    wrong(`"${name}" has actions that are not in the spec`);
  const total = lengths.reduce((sum, length) => sum + Math.max(0, length), 0);
  if (!lengths.every((length) => length >= 0) || total !== all.length)
    wrong(`"${lengthsName}" does not add up to "${name}"`);
  let at = 0;
  return Array.from(lengths, (length) => Uint16Array.from(all.subarray(at, (at += length))));
}
