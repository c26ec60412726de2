import { clamp, gapAlong, TICK_RATE } from '../rules/index.ts';
import type { Place, Track } from '../rules/index.ts';

/** Where the other car is expected to be. */
export interface ExpectedPlace {
  /** From now on. */
  readonly inTicks: number;
  readonly place: Place;
}

/** One way that the other car may go, in the order of time. */
export interface ExpectedPath {
  /** How much it counts, > 0. */
  readonly weight: number;
  readonly places: readonly ExpectedPlace[];
}

export interface LaneProblem {
  readonly track: Track;
  /** Where the planner's car is, and how fast it gets on, m/s. */
  readonly mine: Place;
  readonly speed: number;
  /** The other car: one way or more. */
  readonly expected: readonly ExpectedPath[];
  /** Offset at which the car would be fastest, metres. */
  readonly line: number;
  /** Stay in the other car's way, or keep out of its. */
  readonly task: 'block' | 'pass';
  /** The lane that was chosen before; null when none was. */
  readonly before: number | null;
}

/** A lane is changed that fast, m/s, and that late, seconds. */
const SIDEWAYS = 5;
const LATE = 0.2;
/** Cars nearer than this touch, metres; sideways and along. */
const WIDE = 2.7;
const LONG = 7;
/** What it costs to leave the fast line, and to change one's mind, for each metre squared. */
const OFF_LINE = 0.015;
const CHANGE = 0.01;
const LANES = 13;
/** Distance to the edge that is kept, metres. */
const MARGIN = 1.3;

/** The offset to drive at, metres: the best of some lanes against what is expected of the other car. */
export function planLane(problem: LaneProblem): number {
  const most = problem.track.width / 2 - MARGIN;
  let [best, least] = [problem.mine.offset, Infinity];
  for (let i = 0; i < LANES; i++) {
    const lane = -most + (2 * most * i) / (LANES - 1);
    const cost = costOf(lane, problem);
    if (cost < least) [best, least] = [lane, cost];
  }
  return best;
}

function costOf(lane: number, problem: LaneProblem): number {
  const { expected, line, before } = problem;
  const weights = expected.reduce((sum, { weight }) => sum + weight, 0) || 1;
  return expected.reduce(
    (sum, { weight, places }) => sum + (weight / weights) * pathCost(lane, problem, places),
    OFF_LINE * (lane - line) ** 2 + (before === null ? 0 : CHANGE * (lane - before) ** 2),
  );
}

function pathCost(
  lane: number,
  { track, mine, speed, task }: LaneProblem,
  places: readonly ExpectedPlace[],
): number {
  let cost = 0;
  for (const { inTicks, place } of places) {
    const seconds = inTicks / TICK_RATE;
    const reach = SIDEWAYS * Math.max(0, seconds - LATE);
    const offset = mine.offset + clamp(lane - mine.offset, -reach, reach);
    const along = mine.along + speed * seconds;
    // To block is to be where his path leads, before he is there.
    const his = task === 'pass' ? place.offset : offsetOfPath(track, places, along);
    const apart = Math.abs(offset - his);
    cost +=
      task === 'pass'
        ? meeting(gapAlong(track, along, place.along), apart)
        : 0.3 * clamp(apart - 0.5, 0, 4);
  }
  return cost / places.length;
}

/** Offset at which the other car is expected to come by a distance along the track, metres. */
function offsetOfPath(track: Track, places: readonly ExpectedPlace[], along: number): number {
  let before = places[0].place;
  for (const { place } of places) {
    const gap = gapAlong(track, along, place.along);
    if (gap >= 0) {
      const stretch = gapAlong(track, before.along, place.along);
      const share = stretch > 0 ? clamp(1 - gap / stretch, 0, 1) : 1;
      return before.offset + share * (place.offset - before.offset);
    }
    before = place;
  }
  return before.offset;
}

/** How much a car is in another one's way. */
function meeting(ahead: number, apart: number): number {
  const side = Math.max(0, WIDE - apart) / WIDE;
  if (Math.abs(ahead) < LONG) return 2 * side;
  return ahead > 0 && ahead < 3 * LONG ? side : 0;
}
