import { ForesightError } from '../util/error.ts';
import type { Tensor } from './safetensors.ts';

const ACTIONS = 'trained_on.actions';
const LENGTHS = 'trained_on.lengths';

/**
 * Action sequences as two tensors: all actions one after the other, in one byte each if the spec has at
 * most 256, else in two; and the lengths of the sequences. No tensors when there are no sequences.
 * Throws `bad-data` for an action that the spec does not have.
 */
export function packActions(sequences: readonly Uint16Array[], actions: number): Tensor[] {
  if (!sequences.length) return [];
  const total = sequences.reduce((sum, { length }) => sum + length, 0);
  const data = actions <= 256 ? new Uint8Array(total) : new Uint16Array(total);
  let at = 0;
  for (const sequence of sequences) {
    if (!sequence.every((action) => action < actions))
      throw new ForesightError(
        'bad-data',
        `A sequence in trainedOn.actions has an action above ${actions - 1}, the spec's last. Take the sequences from the training episodes.`,
      );
    data.set(sequence, at);
    at += sequence.length;
  }
  const lengths = Int32Array.from(sequences, ({ length }) => length);
  return [
    { name: LENGTHS, shape: [lengths.length], data: lengths },
    { name: ACTIONS, shape: [total], data },
  ];
}

/** The inverse of `packActions`. Calls `wrong` for tensors that it cannot have made. */
export function unpackActions(
  tensors: readonly Tensor[],
  actions: number,
  wrong: (what: string) => never,
): Uint16Array[] {
  const find = (name: string): Tensor | undefined => tensors.find((tensor) => tensor.name === name);
  const all = find(ACTIONS)?.data;
  const lengths = find(LENGTHS)?.data;
  if (!all && !lengths) return [];
  const isBytes = all instanceof Uint8Array || all instanceof Uint16Array;
  if (!isBytes || !(lengths instanceof Int32Array))
    return wrong(`"${ACTIONS}" or "${LENGTHS}" is missing or of another type`);
  if (!all.every((action) => action < actions))
    wrong(`"${ACTIONS}" has actions that are not in the spec`);
  const total = lengths.reduce((sum, length) => sum + Math.max(0, length), 0);
  if (!lengths.every((length) => length >= 0) || total !== all.length)
    wrong(`"${LENGTHS}" does not add up to "${ACTIONS}"`);
  let at = 0;
  return Array.from(lengths, (length) => Uint16Array.from(all.subarray(at, (at += length))));
}
