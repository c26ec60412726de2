/**
 * Gradients below this become zero. Back through many steps they shrink to subnormal numbers (below 1.2e-38),
 * with which processors calculate some ten times slower. Products of larger ones with the slopes of a cell and
 * with weights stay above those.
 */
const TINY: f32 = 1e-25;

/** `x` with zeros for what is tiny; NaN stays. */
export function flushTiny(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), f32x4.splat(TINY)));
}
