import { describe, expect, it } from 'vitest';
import type { NetworkOutput, Streaming } from '../../../src/network/streaming.ts';
import { StreamingNetwork as Reference } from '../../../src/kernels/reference/streaming-network.ts';
import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { StreamingNetwork } from '../../../src/kernels/wasm/streaming-network.ts';
import type { NetworkShape } from '../../../src/network/shape.ts';
import { expertShape, randomBatch, randomWeights, smallShape } from '../../train/problem.ts';

const CASES = (['lstm', 'gru'] as const).flatMap((cell) =>
  [1, 2, 3].flatMap((layers) => [
    { name: `${cell}, ${layers} layers, embeddings, three heads`, shape: { cell, layers } },
    {
      name: `${cell}, ${layers} layers, one head`,
      shape: { cell, layers, units: 16, embeddings: [], timeBins: 0, values: 0 },
    },
    {
      name: `${cell}, ${layers} layers, values alone`,
      shape: { cell, layers, actions: 0, timeBins: 0, values: 1 },
    },
    { name: `${cell}, ${layers} layers, experts`, shape: expertShape({ cell, layers }) },
    {
      name: `${cell}, ${layers} layers, experts and a feed-forward network`,
      shape: expertShape({ cell, layers, feedForward: 11 }),
    },
  ]),
);

const flat = (output: NetworkOutput): number[] => [
  ...output.actionLogits,
  ...output.timeLogits,
  ...output.values,
  ...output.gate,
  ...output.timeGate,
];

/** Feature rows of several characters, by character and step: [characters, steps]. */
function steps(shape: NetworkShape, characters: number, count: number): Float32Array[][] {
  const batch = { batchSize: characters + 1, windowLength: count };
  const { features } = randomBatch({ ...shape, values: 0 }, batch);
  return Array.from({ length: characters }, (_, b) =>
    Array.from({ length: count }, (_step, t) => {
      const place = b * count + t;
      return features.slice(place * shape.features, (place + 1) * shape.features);
    }),
  );
}

const join = (rows: readonly Float32Array[]): Float32Array =>
  Float32Array.from(rows.flatMap((row) => [...row]));

function takeMany(
  network: Streaming,
  states: Parameters<Streaming['stepMany']>[0],
  rows: readonly Float32Array[],
): number[][] {
  const found: number[][] = [];
  network.stepMany(states, join(rows), (output, index) => (found[index] = flat(output)));
  return found;
}

export function describeStreaming(build: WasmBuild): void {
  describe(`the streaming network, ${build} build`, () => {
    it.each(CASES)('predicts what plain TypeScript predicts: $name', ({ shape: partial }) => {
      const shape = smallShape(partial);
      const weights = randomWeights(shape);
      const [network, reference] = [
        new StreamingNetwork(shape, weights, { build }),
        new Reference(shape, weights),
      ];
      const [state, expected] = [network.createState(), reference.createState()];
      for (const features of steps(shape, 1, 12)[0]) {
        const found = flat(network.step(state, features));
        flat(reference.step(expected, features)).forEach((value, i) => {
          expect(Math.abs(found[i] - value)).toBeLessThan(1e-4);
        });
        expect(found).toHaveLength(
          shape.actions + shape.timeBins + shape.values + 2 * (shape.experts ?? 0),
        );
      }
      expect(state.hidden.some((value) => value !== 0)).toBe(true);
      state.hidden.forEach((value, i) => {
        expect(Math.abs(value - expected.hidden[i])).toBeLessThan(1e-4);
      });
    });

    it.each(CASES)(
      'predicts for many characters at once what it predicts for each: $name',
      (one) => {
        const shape = smallShape(one.shape);
        const network = new StreamingNetwork(shape, randomWeights(shape), { build });
        const rows = steps(shape, 7, 4);
        const [alone, together] = [rows, rows].map((all) => all.map(() => network.createState()));
        for (let t = 0; t < 4; t++) {
          // At one step only the first ones: a smaller number after a larger one.
          const some = t === 2 ? rows.slice(0, 3) : rows;
          const found = takeMany(
            network,
            together.slice(0, some.length),
            some.map((row) => row[t]),
          );
          some.forEach((row, i) => {
            const expected = flat(network.step(alone[i], row[t]));
            expected.forEach((value, j) => {
              expect(Math.abs(found[i][j] - value)).toBeLessThan(1e-5);
            });
          });
        }
      },
    );

    it('keeps states apart, and restarts from a reset state', () => {
      const shape = smallShape();
      const network = new StreamingNetwork(shape, randomWeights(shape), { build });
      const [[first, second]] = steps(shape, 1, 2);
      const [a, b] = [network.createState(), network.createState()];
      const atStart = flat(network.step(a, first));
      expect(flat(network.step(b, first))).toEqual(atStart);
      expect(flat(network.step(a, first))).not.toEqual(atStart);
      network.step(b, second);
      network.resetState(b);
      expect(flat(network.step(b, first))).toEqual(atStart);
    });

    it('does not grow its memory in play, and grows it once for more characters', () => {
      const shape = smallShape();
      const network = new StreamingNetwork(shape, randomWeights(shape), { build });
      const [[features]] = steps(shape, 1, 1);
      const state = network.createState();
      const first = flat(network.step(state, features));
      const { size } = network.operations;
      for (let i = 0; i < 10_000; i++) network.step(state, features);
      expect(network.operations.size).toBe(size);
      const many = Array.from({ length: 500 }, () => network.createState());
      const rows = many.map(() => features);
      takeMany(network, many, rows);
      const larger = network.operations.size;
      expect(larger).toBeGreaterThan(size);
      for (const one of many) network.resetState(one);
      for (const one of takeMany(network, many, rows)) expect(one).toEqual(first);
      expect(network.operations.size).toBe(larger);
      network.stepMany([], new Float32Array(0), () => expect.fail('there is no character'));
    });

    it('refuses a wrong number of weights or features', () => {
      const shape = smallShape();
      const weights = randomWeights(shape);
      expect(() => new StreamingNetwork(shape, weights.slice(1), { build })).toThrow(RangeError);
      const network = new StreamingNetwork(shape, weights, { build });
      const long = new Float32Array(shape.features + 1);
      expect(() => network.step(network.createState(), long)).toThrow(RangeError);
    });
  });
}
