import { describe, expect, it } from 'vitest';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { readSafetensors, writeSafetensors } from '../../src/model/safetensors.ts';
import type { Tensor } from '../../src/model/safetensors.ts';
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
    ['experts.times', filled(200), /bins that there are not/],
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
