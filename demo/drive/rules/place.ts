import { wrap, wrapAngle } from './maths.ts';
import type { Track } from './track.ts';
import { indexAlong } from './track.ts';

/** A position relative to the track. */
export interface Place {
  /** Metres along the centre line from the start, in [0, length). */
  readonly along: number;
  /** Metres to the right of the centre line. */
  readonly offset: number;
}

/** Metres along the track that `locate` searches around a hint. */
const NEAR = 14;

/**
 * The place of a point of the world.
 *
 * @param hint place of a moment ago, metres along; without it the whole track is searched
 */
export function locate(track: Track, x: number, y: number, hint?: number): Place {
  const count = track.x.length;
  const around = hint === undefined ? count >> 1 : NEAR;
  const middle = hint === undefined ? 0 : indexAlong(track, hint);
  let [nearest, least] = [middle, Infinity];
  for (let k = -around; k <= around; k++) {
    const i = wrap(middle + k, count);
    const gap = (track.x[i] - x) ** 2 + (track.y[i] - y) ** 2;
    if (gap < least) [nearest, least] = [i, gap];
  }
  const [cos, sin] = [Math.cos(track.heading[nearest]), Math.sin(track.heading[nearest])];
  const [dx, dy] = [x - track.x[nearest], y - track.y[nearest]];
  return {
    along: wrap(nearest * track.spacing + dx * cos + dy * sin, track.length),
    offset: dy * cos - dx * sin,
  };
}

/** A point of the world and the direction of the track there. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly heading: number;
}

/** The point at a place. */
export function poseAt(track: Track, { along, offset }: Place): Pose {
  const count = track.x.length;
  const exact = wrap(along / track.spacing, count);
  const i = Math.floor(exact) % count;
  const next = (i + 1) % count;
  const share = exact - Math.floor(exact);
  const heading = track.heading[i] + share * wrapAngle(track.heading[next] - track.heading[i]);
  return {
    x: track.x[i] + share * (track.x[next] - track.x[i]) - offset * Math.sin(heading),
    y: track.y[i] + share * (track.y[next] - track.y[i]) + offset * Math.cos(heading),
    heading,
  };
}

/** Metres from one distance along the track to another, the short way round; negative = behind. */
export function gapAlong(track: Track, from: number, to: number): number {
  const gap = wrap(to - from, track.length);
  return gap > track.length / 2 ? gap - track.length : gap;
}

/** Width of the kerbs, metres: they count as asphalt, and the grass begins beyond them. */
export const KERB = 0.8;

export const isGrass = ({ width }: Track, { offset }: Place): boolean =>
  Math.abs(offset) > width / 2 + KERB;
