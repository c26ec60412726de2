import { expect, it } from 'vitest';
import { TickClock } from '../../../plugin/scene/tick-clock.ts';

it('counts the same ticks however long the frames are', () => {
  const even = new TickClock(60);
  const uneven = new TickClock(60);
  for (let i = 0; i < 120; i++) even.advance(1000 / 60 + 1e-9);
  for (const part of [3, 500, 0.5, 96.5, 1400.001]) uneven.advance(part);
  expect(even.tick).toBe(120);
  expect(uneven.tick).toBe(120);
});

it('returns how many ticks began', () => {
  const clock = new TickClock(10);
  expect(clock.advance(250)).toBe(2);
  expect(clock.advance(50)).toBe(1);
  expect(clock.advance(0)).toBe(0);
  expect(clock.tick).toBe(3);
});
