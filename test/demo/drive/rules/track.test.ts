import { describe, expect, it } from 'vitest';
import {
  createTrack,
  gapAlong,
  isGrass,
  locate,
  poseAt,
  wrapAngle,
} from '../../../../demo/drive/rules/index.ts';

describe.each([1, 201, 902])('track %i', (seed) => {
  const track = createTrack(seed);

  it('is the same for the same seed, and closed', () => {
    expect(createTrack(seed)).toEqual(track);
    const last = track.x.length - 1;
    expect(Math.hypot(track.x[0] - track.x[last], track.y[0] - track.y[last])).toBeCloseTo(
      track.spacing,
      1,
    );
    const turned = track.curvature.reduce((sum, turn) => sum + turn * track.spacing, 0);
    expect(Math.abs(turned)).toBeCloseTo(2 * Math.PI, 1);
  });

  it('never bends more tightly than its width allows', () => {
    for (const turn of track.curvature) expect(Math.abs(turn)).toBeLessThan(2 / track.width);
  });

  it('finds the place of a pose', () => {
    for (const [along, offset] of [
      [0.4, 0],
      [100, 3],
      [track.length - 0.3, -4],
      [track.length / 2, 5],
    ]) {
      const { x, y } = poseAt(track, { along, offset });
      for (const found of [locate(track, x, y), locate(track, x, y, along + 5)]) {
        expect(Math.abs(gapAlong(track, along, found.along))).toBeLessThan(0.5);
        expect(found.offset).toBeCloseTo(offset, 0);
      }
    }
  });

  it('has grass beyond its kerbs', () => {
    expect(isGrass(track, { along: 0, offset: track.width / 2 })).toBe(false);
    expect(isGrass(track, { along: 0, offset: -track.width / 2 - 1 })).toBe(true);
  });
});

it('measures gaps the short way round', () => {
  const track = createTrack(1);
  expect(gapAlong(track, 5, track.length - 5)).toBeCloseTo(-10, 9);
  expect(gapAlong(track, track.length - 5, 5)).toBeCloseTo(10, 9);
});

it('wraps angles', () => {
  expect(wrapAngle(3 * Math.PI)).toBeCloseTo(Math.PI, 9);
  expect(wrapAngle(-0.1)).toBeCloseTo(-0.1, 9);
});
