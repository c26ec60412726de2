import { expect, it } from 'vitest';
import { parseAddress } from '../../../demo/common/address.ts';

it('reads the options of an address, and ignores values out of range', () => {
  expect(
    parseAddress('?scene=fight&rounds=1&seconds=5&seed=7&sharpness=1.6&engine=webgpu'),
  ).toEqual({
    scene: 'fight',
    rounds: 1,
    seconds: 5,
    seed: 7,
    sharpness: 1.6,
    engine: 'webgpu',
  });
  const numbers = { rounds: null, seconds: null, seed: null, sharpness: null };
  const nothing = { scene: null, engine: null, ...numbers };
  expect(parseAddress('')).toEqual(nothing);
  expect(parseAddress('?rounds=1.5&seconds=x&seed=-1&sharpness=99&rounds=&engine=gpu')).toEqual(
    nothing,
  );
});
