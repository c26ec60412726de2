/** A point or a direction, metres; y grows upwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight piece of wall from `a` to `b`. */
export interface Segment {
  readonly a: Point;
  readonly b: Point;
}

/** The equal angle in [-pi, pi). */
export function wrapAngle(angle: number): number {
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}

export const distanceBetween = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Position on the segment nearest to `point`: 0 at `a`, 1 at `b`. */
export function nearestShare({ a, b }: Segment, point: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const square = dx * dx + dy * dy;
  if (square === 0) return 0;
  const share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / square;
  return Math.min(1, Math.max(0, share));
}

export const pointOn = ({ a, b }: Segment, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});

/** Metres from `origin` to the segment along the unit vector `direction`; Infinity = no intersection. */
export function rayLength(origin: Point, direction: Point, { a, b }: Segment): number {
  const ex = b.x - a.x;
  const ey = b.y - a.y;
  const cross = direction.x * ey - direction.y * ex;
  if (cross === 0) return Infinity;
  const ax = a.x - origin.x;
  const ay = a.y - origin.y;
  const length = (ax * ey - ay * ex) / cross;
  const share = (ax * direction.y - ay * direction.x) / cross;
  return length >= 0 && share >= 0 && share <= 1 ? length : Infinity;
}

/** Whether the point is inside of the polygon (even-odd rule). */
export function isInside(polygon: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i];
    const b = polygon[(i + 1) % polygon.length];
    if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  }
  return inside;
}
