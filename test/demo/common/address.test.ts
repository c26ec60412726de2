import { expect, it } from 'vitest';
import { parseAddress } from '../../../demo/common/address.ts';

it('reads the options of an address, and ignores values that are no number in range', () => {
  expect(parseAddress('?scene=fight&rounds=1&seconds=5&seed=7&sharpness=1.6')).toEqual({
    scene: 'fight',
    rounds: 1,
    seconds: 5,
    seed: 7,
    sharpness: 1.6,
  });
  const nothing = { scene: null, rounds: null, seconds: null, seed: null, sharpness: null };
  expect(parseAddress('')).toEqual(nothing);
  expect(parseAddress('?rounds=1.5&seconds=x&seed=-1&sharpness=99&rounds=')).toEqual(nothing);
});
