import { madd } from './madd.ts';

// Error bounds over [-100, 100], found by dense sampling; a test checks them in both builds:
//   exp      relative 2.5e-7 between its clamps at -87 and 87
//   tanh     relative 4e-7
//   sigmoid  absolute 1.2e-7, relative 4e-7 above its clamp
// Beyond the clamps the result stays that of the clamp, also for infinities; NaN stays NaN.

/** 1.5 * 2^23: adding it rounds to an integer, which is then in the lowest bits. */
const ROUND: f32 = 12582912;
const LOG2_E: f32 = 1.4426950408889634;
/** ln 2 as the sum of a number with trailing zeros, whose multiples are exact, and the rest. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -0.00021219444005469057;

/** Clamps x to [-limit, limit]; NaN stays, as x is the first argument. */
function clamp(x: v128, limit: f32): v128 {
  return f32x4.pmax(f32x4.pmin(x, f32x4.splat(limit)), f32x4.splat(-limit));
}

// e^x by x = n ln 2 + r with |r| <= ln 2 / 2: with p = e^r - 1 and s = 2^n it is s p + s. Leaving the 1
// out of p makes e^x - 1 = s p + (s - 1) exact near zero too. For |x| <= 87.

/** n + `ROUND`, whose lowest bits are those of the integer n. */
function rounded(x: v128): v128 {
  return madd(x, f32x4.splat(LOG2_E), f32x4.splat(ROUND));
}

/** e^r - 1 as its Taylor polynomial: the first term left out is below 6e-9. */
function remainder(x: v128, round: v128): v128 {
  const n = f32x4.sub(round, f32x4.splat(ROUND));
  const r = madd(n, f32x4.splat(-LN2_LOW), madd(n, f32x4.splat(-LN2_HIGH), x));
  let p = madd(f32x4.splat(1.0 / 5040.0), r, f32x4.splat(1.0 / 720.0));
  p = madd(p, r, f32x4.splat(1.0 / 120.0));
  p = madd(p, r, f32x4.splat(1.0 / 24.0));
  p = madd(p, r, f32x4.splat(1.0 / 6.0));
  p = madd(p, r, f32x4.splat(0.5));
  return madd(f32x4.mul(p, r), r, r);
}

/** 2^n. */
function power(round: v128): v128 {
  return i32x4.add(i32x4.shl(round, 23), i32x4.splat(0x3f800000));
}

function expm1(x: v128): v128 {
  const round = rounded(x);
  const s = power(round);
  return madd(s, remainder(x, round), f32x4.sub(s, f32x4.splat(1)));
}

/** e^x; below -87 and above 87 that of -87 and 87, so that nothing overflows. */
export function exp(x: v128): v128 {
  const inside = clamp(x, 87);
  const round = rounded(inside);
  const s = power(round);
  return madd(s, remainder(inside, round), s);
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(exp(f32x4.neg(x)), one));
}

/** (e^2x - 1) / (e^2x + 1), which is 1 in single precision long before the clamp. */
export function tanh(x: v128): v128 {
  const e = expm1(clamp(f32x4.add(x, x), 20));
  return f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
}
