import type { Random } from './maths.ts';
import { createRandom, wrap, wrapAngle } from './maths.ts';

/** A closed track: points of its centre line, about one per metre. Lengths in metres. */
export interface Track {
  readonly seed: number;
  /** From edge to edge of the asphalt. */
  readonly width: number;
  /** Of the centre line. */
  readonly length: number;
  /** Between two points. */
  readonly spacing: number;
  /** [points] the centre line. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** [points] its direction, rad. */
  readonly heading: Float64Array;
  /** [points] its curvature, rad/m; positive to the right. */
  readonly curvature: Float64Array;
}

export const TRACK_WIDTH = 11;
/** Corners are no tighter than this radius, metres. */
const TIGHTEST = 13;
/** Each track has a corner of at most this radius, metres. */
const TIGHT = 19;
/** Distance between parts of the track that are not neighbours, centre to centre, metres. */
const APART = 24;
const WAVES = 7;

/** The track of a seed: a circle bent by random waves, repeated until it can be driven. */
export function createTrack(seed: number): Track {
  const random = createRandom(seed ^ 0x5eed);
  for (;;) {
    const track = bendCircle(seed, random);
    if (isDrivable(track)) return track;
  }
}

function bendCircle(seed: number, random: Random): Track {
  const radius = 70 + 20 * random();
  const stretch = 1.15 + 0.35 * random();
  const waves = Array.from({ length: WAVES - 1 }, (_, i) => ({
    count: i + 2,
    size: (0.75 * random()) / (i + 2) ** 0.95,
    phase: 2 * Math.PI * random(),
  }));
  const rough = Array.from({ length: 2048 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 2048;
    const bent = waves.reduce(
      (sum, { count, size, phase }) => sum + size * Math.cos(count * angle + phase),
      1,
    );
    return { x: radius * stretch * bent * Math.cos(angle), y: radius * bent * Math.sin(angle) };
  });
  return trackFrom(rough, seed);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Resamples densely set points to an evenly spaced track. */
function trackFrom(rough: readonly Point[], seed: number): Track {
  const next = (i: number): Point => rough[(i + 1) % rough.length];
  const gaps = rough.map(({ x, y }, i) => Math.hypot(next(i).x - x, next(i).y - y));
  const length = gaps.reduce((sum, gap) => sum + gap, 0);
  const count = Math.round(length);
  const spacing = length / count;
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  let [from, passed] = [0, 0];
  for (let i = 0; i < count; i++) {
    while (passed + gaps[from] < i * spacing) passed += gaps[from++];
    const share = (i * spacing - passed) / gaps[from];
    x[i] = rough[from].x + share * (next(from).x - rough[from].x);
    y[i] = rough[from].y + share * (next(from).y - rough[from].y);
  }
  const heading = x.map((_, i) => {
    const [before, after] = [(i + count - 1) % count, (i + 1) % count];
    return Math.atan2(y[after] - y[before], x[after] - x[before]);
  });
  const curvature = x.map((_, i) => {
    const turn = heading[(i + 2) % count] - heading[(i + count - 2) % count];
    return wrapAngle(turn) / (4 * spacing);
  });
  return startOnStraight({
    seed,
    width: TRACK_WIDTH,
    length,
    spacing,
    x,
    y,
    heading,
    curvature,
  });
}

/** The same track with its first point in the middle of its straightest part. */
function startOnStraight(track: Track): Track {
  const { curvature } = track;
  const count = curvature.length;
  let [best, least] = [0, Infinity];
  for (let i = 0; i < count; i++) {
    let turn = 0;
    for (let k = -30; k < 50; k++) turn += Math.abs(curvature[(i + k + count) % count]);
    if (turn < least) [best, least] = [i, turn];
  }
  const turned = (values: Float64Array): Float64Array =>
    values.map((_, i) => values[(i + best) % count]);
  return {
    ...track,
    x: turned(track.x),
    y: turned(track.y),
    heading: turned(track.heading),
    curvature: turned(curvature),
  };
}

function isDrivable({ x, y, curvature, length }: Track): boolean {
  if (length < 480 || length > 760) return false;
  const tightest = 1 / curvature.reduce((most, turn) => Math.max(most, Math.abs(turn)), 0);
  if (tightest < TIGHTEST || tightest > TIGHT) return false;
  const count = x.length;
  for (let i = 0; i < count; i += 3)
    for (let j = i + 45; j < count; j += 3) {
      if (i + count - j < 45) continue;
      if (Math.hypot(x[i] - x[j], y[i] - y[j]) < APART) return false;
    }
  return true;
}

/** Index of the point nearest to a distance along the track. */
export const indexAlong = ({ spacing, x }: Track, along: number): number =>
  wrap(Math.round(along / spacing), x.length);

/** Mean curvature between two distances along the track, rad/m. */
export function meanCurvature(track: Track, from: number, to: number): number {
  const count = Math.max(1, Math.round((to - from) / track.spacing));
  const first = indexAlong(track, from);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += track.curvature[(first + k) % track.x.length];
  return sum / count;
}
