import { describe, expect, it } from 'vitest';
import { newestRows } from '../../src/experts/expert-table.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { readSafetensors, writeSafetensors } from '../../src/model/safetensors.ts';
import type { Tensor } from '../../src/model/safetensors.ts';
import { createPredictor } from '../../src/predict/create-predictor.ts';
import { stepAt } from '../../src/record/episode.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';

const set = habitualEpisodes({ sessions: 3, length: 40, seed: 2 });
const checkpoint = randomCheckpoint(set, { seed: 1, model: { contexts: 2 } });
const bytes = serializeCheckpoint(checkpoint);

/** The file with one tensor changed, or gone. */
function withTensor(name: string, change: (tensor: Tensor) => Tensor | null): Uint8Array {
  const { tensors, metadata } = readSafetensors(bytes, 'file');
  const clean = new Map([...metadata].filter(([key]) => key !== 'checksum'));
  const changed = tensors
    .map((tensor) => (tensor.name === name ? change(tensor) : tensor))
    .filter((tensor) => tensor !== null);
  return writeSafetensors({ tensors: changed, metadata: clean });
}

describe('experts in a checkpoint file', () => {
  it('come back as they were', () => {
    expect(parseCheckpoint(bytes)).toEqual(checkpoint);
  });

  it('come back from a packed table too, in fewer bytes', () => {
    const small = serializeCheckpoint(checkpoint, { packed: true });
    expect(parseCheckpoint(small)).toEqual(checkpoint);
    const { tensors, metadata } = readSafetensors(small);
    expect(metadata.get('version')).toBe('2');
    const rows = (all: readonly Tensor[]): number =>
      all
        .filter(({ name }) => /experts.(packed|symbols|next|times)/.test(name))
        .reduce((sum, { data }) => sum + data.byteLength, 0);
    expect(rows(tensors)).toBeLessThan(rows(readSafetensors(bytes).tensors) / 2);
    const broken = (change: (tensor: Tensor) => Tensor[]): Uint8Array =>
      writeSafetensors({
        metadata,
        tensors: tensors.flatMap((one) => (one.name === 'experts.packed' ? change(one) : [one])),
      });
    for (const change of [
      () => [],
      (tensor: Tensor) => [{ ...tensor, shape: [3], data: new Uint8Array(3) }],
      (tensor: Tensor) => [{ ...tensor, data: Uint8Array.from(tensor.data).fill(255) }],
    ])
      expect(() => parseCheckpoint(broken(change))).toThrow(
        expect.objectContaining({ code: 'corrupt-file' }),
      );
  });

  it.each([0, 1, 77, 1e6])('still serve when the table is cut to its newest %s steps', (steps) => {
    const experts = newestRows(checkpoint.experts!, steps);
    const cut = { ...checkpoint, experts };
    const all = checkpoint.experts!.next.length;
    expect(experts.next).toEqual(checkpoint.experts!.next.slice(Math.max(0, all - steps)));
    expect(experts.sessions.reduce((sum, one) => sum + one.steps, 0)).toBe(experts.next.length);
    const read = parseCheckpoint(serializeCheckpoint(cut, { packed: true }));
    expect(read).toEqual(cut);
    const { probabilities } = createPredictor(read).observe('one', stepAt(set.episodes[0], 0));
    expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
  });

  it('are not in the file of a network without experts', () => {
    const plain = randomCheckpoint(set, { seed: 1 });
    const file = readSafetensors(serializeCheckpoint(plain), 'file');
    expect(file.tensors.filter(({ name }) => name.startsWith('experts.'))).toEqual([]);
    expect(parseCheckpoint(serializeCheckpoint(plain))).toEqual(plain);
  });

  const filled = (value: number) => (tensor: Tensor) => ({
    ...tensor,
    data: tensor.data.slice().fill(value) as Tensor['data'],
  });
  it.each([
    ['experts.symbols', () => null, /experts\.symbols/],
    ['experts.next', filled(4), /not in the spec/],
    ['experts.times', filled(200), /bins that do not exist/],
    ['experts.times', () => null, /experts\.times/],
    ['experts.mixer', filled(NaN), /not finite/],
    ['experts.mixer', () => null, /experts\.mixer/],
  ] as const)('are refused when "%s" is wrong', (name, change, message) => {
    const parse = () => parseCheckpoint(withTensor(name, change as (t: Tensor) => Tensor | null));
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ code: 'corrupt-file' }));
  });

  it('are not written without their network, nor a network without them', () => {
    const { experts: _, ...without } = checkpoint;
    const wrong = [
      without as Checkpoint,
      { ...randomCheckpoint(set, { seed: 1 }), experts: checkpoint.experts },
    ];
    for (const one of wrong)
      expect(() => serializeCheckpoint(one)).toThrow(expect.objectContaining({ code: 'bad-data' }));
  });
});
