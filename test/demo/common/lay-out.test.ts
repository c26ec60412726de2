import { expect, it } from 'vitest';
import { BASE, layOut, lineUp } from '../../../demo/common/lay-out.ts';

const WINDOWS = [
  [1280, 720],
  [944, 720],
  [800, 600],
  [464, 600],
  [390, 844],
  [844, 390],
  [2560, 1080],
  [320, 568],
] as const;

it.each(WINDOWS)('shows the whole world in a window of %d x %d, without a gap', (width, height) => {
  const { unit, ui, stage, deck, world, scale } = layOut({ width, height });
  expect(unit).toBeGreaterThanOrEqual(1);
  expect(ui.width * unit).toBeCloseTo(width);
  expect(ui.height * unit).toBeCloseTo(height);
  expect(stage.width).toBe(ui.width);
  expect(stage.height + (deck?.height ?? 0)).toBeCloseTo(ui.height);
  // The stage and the part of the world on it have one shape.
  expect(world.width * scale).toBeCloseTo(stage.width);
  expect(world.height * scale).toBeCloseTo(stage.height);
  expect(world.x).toBeLessThanOrEqual(1e-9);
  expect(world.y).toBeLessThanOrEqual(1e-9);
  expect(world.x + world.width).toBeGreaterThanOrEqual(BASE.width - 1e-9);
  expect(world.y + world.height).toBeGreaterThanOrEqual(BASE.height - 1e-9);
});

it('has a deck for controls only where the window is upright', () => {
  expect(layOut({ width: 844, height: 390 }).deck).toBeNull();
  expect(layOut({ width: 800, height: 600 }).deck).toBeNull();
  const { stage, deck } = layOut({ width: 390, height: 844 });
  expect(deck).toMatchObject({ y: stage.height, width: 390 });
  expect(deck!.height).toBeGreaterThan(400);
});

it('centres lines in a box, closer together where there is little room', () => {
  const box = { x: 10, y: 100, width: 200, height: 120 };
  expect(lineUp(box, { count: 3, gap: 30, width: 500 })).toEqual({
    x: 110,
    y: 130,
    gap: 30,
    width: 176,
  });
  expect(lineUp(box, { count: 6, gap: 30, width: 100 })).toMatchObject({ gap: 20, y: 110 });
});
