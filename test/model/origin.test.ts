import { expect, it } from 'vitest';
import { originOf } from '../../src/model/origin.ts';
import { HABITUAL_SPEC, habitualEpisodes } from '../predict/habitual.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';

const set = habitualEpisodes({ sessions: 2, length: 20, seed: 1 });
const { spec } = set;
const checkpoint = randomCheckpoint(set, { seed: 1 });

it('is the same for the same beginning and another for any other one', () => {
  const beginnings = [
    { spec, checkpoint: null, config: {} },
    { spec, checkpoint: null, config: { units: 32 } },
    { spec: { ...HABITUAL_SPEC, tickRate: 30 }, checkpoint: null, config: {} },
    { spec, checkpoint, config: {} },
    { spec, checkpoint: randomCheckpoint(set, { seed: 2 }), config: {} },
  ];
  const origins = beginnings.map(originOf);
  expect(new Set(origins).size).toBe(beginnings.length);
  expect(beginnings.map((one) => originOf(structuredClone(one)))).toEqual(origins);
  expect(originOf({ spec, config: { layers: 2, units: 8 }, checkpoint: null })).toBe(
    originOf({ spec, config: { units: 8, layers: 2 }, checkpoint: null }),
  );
});
