import { distanceBetween, isInside, nearestShare, pointOn } from './geometry.ts';
import type { Point, Segment } from './geometry.ts';

/** A closed line of wall. Whoever goes along it with the wall at his right hand goes forwards on it. */
export interface Loop {
  readonly corners: readonly Point[];
  readonly segments: readonly Segment[];
  /** Metres along the loop at which each segment begins. */
  readonly starts: readonly number[];
  /** Metres. */
  readonly perimeter: number;
}

export interface Room {
  readonly family: string;
  readonly seed: number;
  /** Metres; all walls lie within [0, width] x [0, height]. */
  readonly width: number;
  readonly height: number;
  /** The outline, then the pillars. */
  readonly loops: readonly Loop[];
}

/** The point of a wall that is nearest to some place. */
export interface NearestWall extends Point {
  /** Metres to it. */
  readonly distance: number;
  /** Index of its loop. */
  readonly loop: number;
  /** Metres along the loop. */
  readonly along: number;
}

/** The outline is given counter-clockwise, a pillar clockwise: the free space is on the left hand of both. */
export function createLoop(corners: readonly Point[]): Loop {
  const segments = corners.map((a, i) => ({ a, b: corners[(i + 1) % corners.length] }));
  const starts: number[] = [];
  let perimeter = 0;
  for (const { a, b } of segments) {
    starts.push(perimeter);
    perimeter += distanceBetween(a, b);
  }
  return { corners, segments, starts, perimeter };
}

/** The nearest wall of the room, or of one of its loops. */
export function nearestWall(room: Room, point: Point): NearestWall {
  let best: NearestWall = { x: 0, y: 0, distance: Infinity, loop: 0, along: 0 };
  room.loops.forEach(({ segments, starts }, loop) =>
    segments.forEach((segment, i) => {
      const share = nearestShare(segment, point);
      const at = pointOn(segment, share);
      const distance = distanceBetween(at, point);
      if (distance < best.distance)
        best = {
          ...at,
          distance,
          loop,
          along: starts[i] + share * distanceBetween(segment.a, segment.b),
        };
    }),
  );
  return best;
}

/** Whether a point is in the free space. */
export function isFree({ loops: [outline, ...pillars] }: Room, point: Point): boolean {
  return (
    isInside(outline.corners, point) && !pillars.some(({ corners }) => isInside(corners, point))
  );
}
