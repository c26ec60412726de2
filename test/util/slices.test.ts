import { expect, it } from 'vitest';
import { finish, finishSlowly } from '../../src/util/slices.ts';
import type { Slices } from '../../src/util/slices.ts';

function* countTo(last: number, log: string[]): Slices<number> {
  for (let i = 1; i <= last; i++) {
    if (i > 1) yield;
    log.push(`slice ${i}`);
  }
  return last;
}

it('does all slices at once', () => {
  const log: string[] = [];
  expect(finish(countTo(3, log))).toBe(3);
  expect(log).toEqual(['slice 1', 'slice 2', 'slice 3']);
});

it('does what is left in later turns', async () => {
  const log: string[] = [];
  const work = countTo(3, log);
  work.next();
  const rest = finishSlowly(work);
  expect(log).toEqual(['slice 1']);
  await rest;
  expect(log).toEqual(['slice 1', 'slice 2', 'slice 3']);
});

it('rejects with what a slice throws', async () => {
  const failing = (function* (): Slices<void> {
    yield;
    throw new RangeError('broken');
  })();
  await expect(finishSlowly(failing)).rejects.toThrow('broken');
});
