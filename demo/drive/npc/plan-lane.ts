import { clamp, gapAlong, TICK_RATE } from '../rules/index.ts';
import type { Place, Track } from '../rules/index.ts';

/** Where the other car is expected to be. */
export interface ExpectedPlace {
  /** Ticks from now. */
  readonly inTicks: number;
  readonly place: Place;
}

/** A path that the other car may take, in the order of time. */
export interface ExpectedPath {
  /** How much it counts; above 0, relative to the other paths. */
  readonly weight: number;
  readonly places: readonly ExpectedPlace[];
}

export interface LaneProblem {
  readonly track: Track;
  /** Place and speed (m/s) of the planner's car. */
  readonly mine: Place;
  readonly speed: number;
  /** One or more paths of the other car. */
  readonly expected: readonly ExpectedPath[];
  /** Offset at which the car would be fastest, metres. */
  readonly line: number;
  /** Stay in the other car's way, or out of it. */
  readonly task: 'block' | 'pass';
  /** The lane that was chosen before; null when none was. */
  readonly before: number | null;
}

/** Speed of a change of lane, m/s, and its delay, seconds. */
const SIDEWAYS = 5;
const LATE = 0.2;
/** Cars nearer than this touch, metres; across and along the track. */
const WIDE = 2.7;
const LONG = 7;
/** Costs per square metre of leaving the fast line and of changing the chosen lane. */
const OFF_LINE = 0.015;
const CHANGE = 0.01;
const LANES = 13;
/** Distance kept to the edge, metres. */
const MARGIN = 1.3;

/** The offset to drive at, metres: the best of several lanes, given the other car's expected paths. */
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
    // To block is to be on the other car's path before it arrives there.
    const otherOffset = task === 'pass' ? place.offset : offsetOfPath(track, places, along);
    const apart = Math.abs(offset - otherOffset);
    cost +=
      task === 'pass'
        ? meeting(gapAlong(track, along, place.along), apart)
        : 0.3 * clamp(apart - 0.5, 0, 4);
  }
  return cost / places.length;
}

/** Offset at which the other car is expected to pass a distance along the track, metres. */
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

/** How much one car is in another's way. */
function meeting(ahead: number, apart: number): number {
  const side = Math.max(0, WIDE - apart) / WIDE;
  if (Math.abs(ahead) < LONG) return 2 * side;
  return ahead > 0 && ahead < 3 * LONG ? side : 0;
}
