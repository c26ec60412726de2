import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseCheckpoint,
  requireCheckpointSpec,
  serializeCheckpoint,
} from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { Tensor } from '../../src/model/safetensors.ts';
import { readSafetensors, writeSafetensors } from '../../src/model/safetensors.ts';
import { defineSpec } from '../../src/record/spec.ts';
import { ForesightError } from '../../src/util/error.ts';
import { makeCheckpoint } from './make-checkpoint.ts';

const CHECKPOINT = makeCheckpoint({ embedding: 3 });

const bits = (weights: Float32Array): Uint32Array =>
  new Uint32Array(weights.buffer, weights.byteOffset, weights.length);

/** A checkpoint file with some of its tensors or metadata replaced; its checksum is right. */
function tampered(
  change: {
    tensors?: (tensors: readonly Tensor[]) => Tensor[];
    metadata?: Record<string, string | null>;
    checkpoint?: Checkpoint;
  } = {},
): Uint8Array {
  const file = readSafetensors(serializeCheckpoint(change.checkpoint ?? CHECKPOINT));
  const metadata = new Map(file.metadata);
  for (const [key, value] of Object.entries(change.metadata ?? {}))
    if (value === null) metadata.delete(key);
    else metadata.set(key, value);
  return writeSafetensors({ tensors: change.tensors?.(file.tensors) ?? file.tensors, metadata });
}

/** What the model was trained on, as its file has it, with that context. */
const withCategory = (context: object): string => {
  const { actions: _, ...facts } = CHECKPOINT.trainedOn;
  return JSON.stringify({ ...facts, category: { kept: 'action-first', ...context } });
};

describe('the round trip', () => {
  it.each([
    {},
    { cell: 'gru', layers: 3, timeBins: 0, continuous: [] },
    { embedding: 2, layers: 2 },
    { pieces: 4 },
    { unaided: true },
    { feedForward: 6 },
  ] as const)('is exact: %j', (model) => {
    const checkpoint = makeCheckpoint(model);
    expect(parseCheckpoint(serializeCheckpoint(checkpoint))).toEqual(checkpoint);
  });

  it('keeps every bit of any finite weights', () => {
    const { length } = CHECKPOINT.weights;
    const anyWeights = fc.float32Array({
      minLength: length,
      maxLength: length,
      noNaN: true,
      min: -1e6,
      max: 1e6,
    });
    fc.assert(
      fc.property(anyWeights, (weights) => {
        const read = parseCheckpoint(serializeCheckpoint({ ...CHECKPOINT, weights }));
        expect(bits(read.weights)).toEqual(bits(weights));
      }),
      { numRuns: 20 },
    );
  });

  it('keeps any action sequences, in one byte each where that is enough', () => {
    const spec = defineSpec({
      name: 'many',
      observation: [],
      action: Array.from({ length: 300 }, (_, i) => `action ${i}`),
    });
    const few = fc.array(fc.array(fc.nat(2)), { maxLength: 5 });
    fc.assert(
      fc.property(few, (sequences) => {
        const actions = sequences.map((sequence) => Uint16Array.from(sequence));
        const trainedOn = { ...CHECKPOINT.trainedOn, actions };
        const file = serializeCheckpoint({ ...CHECKPOINT, trainedOn });
        expect(parseCheckpoint(file).trainedOn).toEqual(trainedOn);
      }),
    );
    const statistics = {
      ...CHECKPOINT.statistics,
      fields: [],
      actionCounts: spec.action.actions.map(() => 0),
      timeCounts: undefined,
    };
    const model = { ...CHECKPOINT.model, timeBins: 0, continuous: [], embedding: 1 };
    const shape = {
      ...CHECKPOINT.shape,
      features: 301,
      embeddings: [{ name: 'action', offset: 0, categories: 300, units: 1 }],
      actions: 300,
      timeBins: 0,
      values: 0,
    };
    const weights = new Float32Array(300 + 24 * (2 + 6 + 2) + 300 * 7);
    const trainedOn = { ...CHECKPOINT.trainedOn, actions: [Uint16Array.of(299, 0, 256)] };
    const wide = { ...CHECKPOINT, spec, statistics, model, shape, weights, trainedOn };
    const file = serializeCheckpoint(wide);
    expect(parseCheckpoint(file)).toEqual(wide);
    const packed = readSafetensors(file).tensors.find(({ name }) => name === 'trained_on.actions');
    expect(packed?.data).toBeInstanceOf(Uint16Array);
  });

  it('keeps what was learned about a category', () => {
    const context = { field: 'rivalAction', steps: 2, kept: 'action-first' } as const;
    const some = fc.array(fc.array(fc.nat(3 * 5 - 1)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(some, (sequences) => {
        const pairs = sequences.map((sequence) => Uint16Array.from(sequence));
        const trainedOn = { ...CHECKPOINT.trainedOn, category: { context, pairs } };
        const file = serializeCheckpoint({ ...CHECKPOINT, trainedOn });
        expect(parseCheckpoint(file).trainedOn).toEqual(trainedOn);
      }),
    );
    const pairs = [Uint16Array.of(15)];
    const trainedOn = { ...CHECKPOINT.trainedOn, category: { context, pairs } };
    expect(() => serializeCheckpoint({ ...CHECKPOINT, trainedOn })).toThrow(
      expect.objectContaining({ code: 'bad-data' }),
    );
  });

  it('keeps a loss that was never measured, and drops held-out figures that are not numbers', () => {
    const metrics = { epochs: 0, loss: NaN, heldOutLoss: Infinity };
    const read = parseCheckpoint(serializeCheckpoint({ ...CHECKPOINT, metrics }));
    expect(read.metrics).toEqual({ epochs: 0, loss: NaN });
  });

  it('gives the same bytes for the same checkpoint', () => {
    expect(serializeCheckpoint(CHECKPOINT)).toEqual(
      serializeCheckpoint(makeCheckpoint({ embedding: 3 })),
    );
  });

  it('holds weights under the names of PyTorch, and the rest as JSON', () => {
    const { tensors, metadata } = readSafetensors(serializeCheckpoint(CHECKPOINT));
    const shapes = Object.fromEntries(tensors.map(({ name, shape }) => [name, shape]));
    expect(shapes).toMatchObject({
      'embedding.rivalAction.weight': [4, 3],
      'lstm.weight_ih_l0': [24, 12],
      'lstm.weight_hh_l0': [24, 6],
      'lstm.bias_ih_l0': [24],
      'action.weight': [3, 6],
      'trained_on.lengths': [2],
    });
    expect([...metadata.keys()].sort()).toEqual(
      'format metrics model spec specHash statistics trainedOn training version'.split(' '),
    );
    expect(JSON.parse(metadata.get('spec') ?? '')).toEqual(CHECKPOINT.spec);
  });
});

describe('writing refuses', () => {
  it.each([NaN, Infinity, 1e7, -3e38])('a weight of %s', (weight) => {
    const weights = CHECKPOINT.weights.slice();
    weights[weights.length - 1] = weight;
    expect(() => serializeCheckpoint({ ...CHECKPOINT, weights })).toThrow(
      expect.objectContaining({
        code: 'diverged',
        message: expect.stringMatching(
          /"values\.bias" are not all finite and below 1000000.*Lower the learning rate/,
        ),
      }),
    );
  });

  it.each<[string, Partial<Checkpoint>]>([
    ['weights of another length', { weights: new Float32Array(3) }],
    ['the shape of another model', { shape: { ...CHECKPOINT.shape, units: 7 } }],
    ['another model', { model: { ...CHECKPOINT.model, continuous: [] } }],
    ['statistics of another spec', { statistics: { ...CHECKPOINT.statistics, fields: [] } }],
    [
      'actions that the spec does not have',
      { trainedOn: { ...CHECKPOINT.trainedOn, actions: [Uint16Array.of(3)] } },
    ],
  ])('%s', (_what, part) => {
    expect(() => serializeCheckpoint({ ...CHECKPOINT, ...part })).toThrow(
      expect.objectContaining({ code: 'bad-data' }),
    );
  });
});

describe('reading refuses', () => {
  const without = (name: string) => (tensors: readonly Tensor[]) =>
    tensors.filter((tensor) => tensor.name !== name);
  const replaced = (name: string, part: Partial<Tensor>) => (tensors: readonly Tensor[]) =>
    tensors.map((tensor) => (tensor.name === name ? { ...tensor, ...part } : tensor));
  const changed = (key: keyof Checkpoint, part: object): Record<string, string> => ({
    [key]: JSON.stringify({ ...(CHECKPOINT[key] as object), ...part }),
  });

  it.each<[string, Parameters<typeof tampered>[0], RegExp]>([
    ['tensors that are not a checkpoint', { metadata: { format: 'pt' } }, /but no checkpoint/],
    ['missing metadata', { metadata: { statistics: null } }, /"statistics" is missing/],
    ['metadata that are not JSON', { metadata: { model: '{' } }, /"model" is not JSON/],
    [
      'a spec of another form',
      { metadata: changed('spec', { action: 3 }) },
      /"spec\.action" is wrong/,
    ],
    ['a changed spec', { metadata: changed('spec', { tickRate: 30 }) }, /does not match its hash/],
    [
      'weights that overflow at the first prediction',
      {
        tensors: replaced('action.bias', { data: Float32Array.of(3e38, 0, 0) }),
      },
      /"action\.bias" has values that are not finite or above 1000000/,
    ],
    [
      'features that overflow',
      {
        metadata: changed('statistics', { duration: { mean: 1, scale: 1e-30 } }),
      },
      /"statistics\.duration" is wrong \(its scale is too small\)/,
    ],
    [
      'metadata that are nested deeply',
      { metadata: { training: '['.repeat(5000) + ']'.repeat(5000) } },
      /"training" is not JSON/,
    ],
    ['a bad spec', { metadata: changed('spec', { tickRate: 0 }) }, /tickRate is 0/],
    ['a bad model', { metadata: changed('model', { units: -1 }) }, /model\.units is -1/],
    ['a huge model', { metadata: changed('model', { units: 1024 }) }, /instead of \[4096,12\]/],
    ['a bad training', { metadata: changed('training', { x: 1 }) }, /unknown key "x"/],
    ['a model that is a list', { metadata: { model: '[]' } }, /model is \[\]\. Give an object/],
    [
      'a scale of 0',
      { metadata: changed('statistics', { duration: { mean: 0, scale: 0 } }) },
      /"statistics\.duration\.scale" is wrong/,
    ],
    [
      'edges that fall',
      { metadata: changed('statistics', { timeEdges: [5, 3] }) },
      /"statistics\.timeEdges" is wrong \(not ascending\)/,
    ],
    [
      'statistics of another spec',
      { metadata: changed('statistics', { actionCounts: [1] }) },
      /fitted on another spec/,
    ],
    [
      'counts of other bins of time',
      { metadata: changed('statistics', { timeCounts: [[1], [2], [3]] }) },
      /"statistics\.timeCounts" is wrong \(not one count for each bin/,
    ],
    [
      'counts of time of another spec',
      { metadata: changed('statistics', { timeCounts: [] }) },
      /fitted on another spec/,
    ],
    ['bad metrics', { metadata: changed('metrics', { epochs: 'x' }) }, /"metrics\.epochs"/],
    ['a missing tensor', { tensors: without('lstm.bias_hh_l0') }, /"lstm\.bias_hh_l0" is missing/],
    [
      'a tensor of another shape',
      { tensors: replaced('action.bias', { shape: [1, 3] }) },
      /"action\.bias" has shape \[1,3\] instead of \[3\]/,
    ],
    [
      'a tensor of another type',
      { tensors: replaced('action.bias', { data: new Int32Array(3) }) },
      /"action\.bias" is not of type F32/,
    ],
    [
      'weights that are not finite',
      { tensors: replaced('action.bias', { data: Float32Array.of(0, NaN, 0) }) },
      /"action\.bias" has values that are not finite/,
    ],
    [
      'lost lengths',
      { tensors: without('trained_on.lengths') },
      /"trained_on\.lengths" is missing/,
    ],
    [
      'wrong lengths',
      { tensors: replaced('trained_on.lengths', { data: Int32Array.of(60, 41) }) },
      /does not add up/,
    ],
    [
      'lengths below zero',
      { tensors: replaced('trained_on.lengths', { data: Int32Array.of(-1, 100) }) },
      /does not add up/,
    ],
    [
      'unknown actions',
      { tensors: replaced('trained_on.actions', { data: new Uint8Array(100).fill(3) }) },
      /actions that are not in the spec/,
    ],
    [
      'a category that the spec does not have',
      { metadata: { trainedOn: withCategory({ field: 'x', steps: 1 }) } },
      /"x" is no category of the spec/,
    ],
    [
      'a context of too many steps',
      { metadata: { trainedOn: withCategory({ field: 'airborne', steps: 4 }) } },
      /"trainedOn\.category\.steps" is wrong/,
    ],
  ])('%s', (_what, change, message) => {
    const read = (): Checkpoint => parseCheckpoint(tampered(change), 'duelist.safetensors');
    expect(read).toThrow(expect.objectContaining({ code: 'corrupt-file' }));
    expect(read).toThrow(message);
    expect(read).toThrow(
      /^duelist\.safetensors is not a usable checkpoint: .*[^.]\. Download or save it again, or train it again\.$/,
    );
  });

  it('another version', () => {
    expect(() =>
      parseCheckpoint(tampered({ metadata: { version: '3' } }), 'x.safetensors'),
    ).toThrow(
      expect.objectContaining({
        code: 'wrong-version',
        message: expect.stringMatching(
          /^x\.safetensors is .* version 3, but this .* versions 1 and 2\. Use/,
        ),
      }),
    );
  });

  it('a file that was cut or changed anywhere, with no other kind of error', () => {
    const file = serializeCheckpoint(CHECKPOINT);
    const place = fc.nat(file.length - 1);
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (at, flip) => {
        expect(() => parseCheckpoint(file.subarray(0, at))).toThrow(ForesightError);
        const flipped = file.slice();
        flipped[at] ^= flip;
        try {
          expect(parseCheckpoint(flipped)).toEqual(CHECKPOINT);
        } catch (error) {
          expect(error).toBeInstanceOf(ForesightError);
        }
      }),
    );
  });

  it('any JSON in the place of its metadata, with no other kind of error', () => {
    const keys = fc.constantFrom('spec', 'model', 'training', 'statistics', 'metrics', 'trainedOn');
    fc.assert(
      fc.property(keys, fc.json(), (key, json) => {
        try {
          parseCheckpoint(tampered({ metadata: { [key]: json } }));
        } catch (error) {
          expect(error).toBeInstanceOf(ForesightError);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('requireCheckpointSpec', () => {
  it('accepts the same spec by any name', () => {
    requireCheckpointSpec(CHECKPOINT, { ...CHECKPOINT.spec, name: 'other' });
  });

  it('names what differs', () => {
    const spec = { ...CHECKPOINT.spec, action: { actions: ['idle', 'jab', 'throw'] } };
    expect(() => requireCheckpointSpec(CHECKPOINT, spec, 'duelist')).toThrow(
      expect.objectContaining({
        code: 'spec-mismatch',
        message: expect.stringMatching(/^duelist was made .*only here: throw.*only there: block/),
      }),
    );
  });
});
