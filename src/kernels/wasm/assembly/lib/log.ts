/**
 * Natural logarithm of a positive normal number, infinity or NaN, to 1e-15: x = m 2^n with m in
 * [sqrt(1/2), sqrt(2)), and log m = 2 artanh((m - 1) / (m + 1)) as its series (the argument is below 0.172).
 */
export function log(x: f64): f64 {
  // Infinity and NaN have no mantissa to compute with.
  if (!(x < Infinity)) return x;
  const bits = reinterpret<i64>(x);
  // Moves the boundary of the exponent from 1 to sqrt(1/2).
  const n = (bits - reinterpret<i64>(Math.SQRT1_2)) >> 52;
  const m = reinterpret<f64>(bits - (n << 52));
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let series: f64 = 0;
  for (let odd: f64 = 21; odd > 0; odd -= 2) series = series * q + 1 / odd;
  return <f64>n * Math.LN2 + 2 * s * series;
}
