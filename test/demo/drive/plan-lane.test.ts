import { describe, expect, it } from 'vitest';
import { planLane } from '../../../demo/drive/npc/plan-lane.ts';
import type { ExpectedPath, LaneProblem } from '../../../demo/drive/npc/plan-lane.ts';
import { createTrack } from '../../../demo/drive/rules/index.ts';

const track = createTrack(202);
const SECOND = [10, 20, 30, 40, 50, 60];

/** A car that keeps its speed and moves from one offset to another within the second. */
const moving = (along: number, speed: number, from: number, to: number): ExpectedPath[] => [
  {
    weight: 1,
    places: SECOND.map((inTicks) => ({
      inTicks,
      place: {
        along: along + (speed * inTicks) / 60,
        offset: from + ((to - from) * inTicks) / 60,
      },
    })),
  },
];

const problem = (given: Partial<LaneProblem>): LaneProblem => ({
  track,
  mine: { along: 100, offset: 0 },
  speed: 15,
  expected: [],
  line: 0,
  task: 'pass',
  before: null,
  ...given,
});

describe('planLane', () => {
  it('chooses the fast line when no car is in the way', () => {
    expect(planLane(problem({ expected: moving(160, 15, 0, 0), line: 1.4 }))).toBeCloseTo(1.4, 0);
  });

  it('passes on the side that will be free, not on the one that is free now', () => {
    // The other car is on the right now, and moves to the left.
    const expected = moving(108, 12, 1, -3);
    expect(planLane(problem({ expected }))).toBeGreaterThan(1);
    const staying = moving(108, 12, 1, 1);
    expect(planLane(problem({ expected: staying }))).toBeLessThan(-1);
  });

  it('blocks where the other car will pass, not where it is', () => {
    const given = { task: 'block' } as const;
    expect(planLane(problem({ ...given, expected: moving(92, 18, 0, 3.5) }))).toBeGreaterThan(1);
    expect(planLane(problem({ ...given, expected: moving(92, 18, 0, -3.5) }))).toBeLessThan(-1);
  });

  it('stays on the track', () => {
    const lane = planLane(problem({ task: 'block', expected: moving(92, 18, 9, 9) }));
    expect(Math.abs(lane)).toBeLessThan(track.width / 2 - 1);
  });
});
