import { distanceBetween, isInside, nearestShare, pointOn } from './geometry.ts';
import type { Point, Segment } from './geometry.ts';

/** A closed line of wall. Forwards along it means with the wall on the right. */
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

/** The nearest point of a wall. */
export interface NearestWall extends Point {
  /** Metres to it. */
  readonly distance: number;
  /** Index of its loop. */
  readonly loop: number;
  /** Metres along the loop. */
  readonly along: number;
}

/** Corners of an outline are counter-clockwise, those of a pillar clockwise: free space is on the left. */
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

/** The point of the room's walls that is nearest to a place. */
export function nearestWall({ loops }: Room, point: Point): NearestWall {
  let [least, bestLoop, bestSegment] = [Infinity, 0, 0];
  for (let loop = 0; loop < loops.length; loop++) {
    const { segments } = loops[loop];
    for (let i = 0; i < segments.length; i++) {
      const { a, b } = segments[i];
      const share = nearestShare(segments[i], point);
      // No square roots and no objects: this runs for every wall at every tick.
      const square =
        (a.x + (b.x - a.x) * share - point.x) ** 2 + (a.y + (b.y - a.y) * share - point.y) ** 2;
      if (square >= least) continue;
      [least, bestLoop, bestSegment] = [square, loop, i];
    }
  }
  const { segments, starts } = loops[bestLoop];
  const segment = segments[bestSegment];
  const share = nearestShare(segment, point);
  return {
    ...pointOn(segment, share),
    distance: Math.sqrt(least),
    loop: bestLoop,
    along: starts[bestSegment] + share * distanceBetween(segment.a, segment.b),
  };
}

/** Whether a point is in the free space. */
export function isFree({ loops: [outline, ...pillars] }: Room, point: Point): boolean {
  return (
    isInside(outline.corners, point) && !pillars.some(({ corners }) => isInside(corners, point))
  );
}
