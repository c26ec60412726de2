import { expect, it } from 'vitest';
import { keepNewest } from '../../src/util/keep-newest.ts';

const sequences = [[1, 2, 3], [4], [5, 6]].map((one) => Uint16Array.from(one));

it.each([
  [7, [[1, 2, 3], [4], [5, 6]]],
  [4, [[3], [4], [5, 6]]],
  [3, [[4], [5, 6]]],
  [1, [[6]]],
  [0, []],
])('keeps the newest %i numbers', (room, kept) => {
  expect(keepNewest(sequences, room).map((one) => [...one])).toEqual(kept);
});
