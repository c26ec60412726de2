/** Maths of the rules. Angles in radians; x to the right, y down, so angles grow clockwise. */

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** The equal angle in (-pi, pi]. */
export function wrapAngle(angle: number): number {
  const turn = 2 * Math.PI;
  const rest = angle - turn * Math.floor((angle + Math.PI) / turn);
  return rest === -Math.PI ? Math.PI : rest;
}

/** The remainder in [0, limit). */
export const wrap = (value: number, limit: number): number => ((value % limit) + limit) % limit;

export type Random = () => number;

/** Uniform numbers in [0, 1): mulberry32 (Tommy Ettinger, public domain). Determined by the seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}
