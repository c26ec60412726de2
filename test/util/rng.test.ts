import { expect, it } from 'vitest';
import { createRng } from '../../src/util/rng.ts';

it('thins by the numbers that it would have drawn one by one, and continues after them', () => {
  const [thinning, drawing] = [createRng(7), createRng(7)];
  for (const rate of [0, 0.3, 0.5, 0.999]) {
    const thinned = new Float32Array(1001);
    thinning.thin(thinned, rate, 1.25);
    const drawn = thinned.map(() => (drawing.next() < rate ? 0 : 1.25));
    expect(thinned).toEqual(drawn);
  }
  expect(thinning.next()).toBe(drawing.next());
});
