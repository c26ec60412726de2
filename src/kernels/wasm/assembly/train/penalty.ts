/**
 * Adds the gradient of l1 * sum|w| + l2 * sum w^2 / 2 to `gradient` (0 where a weight is 0) and
 * returns that sum.
 *
 * @param penalized [count] 1 where the penalties act, else 0
 * @param count multiple of 4
 */
export function addPenalty(
  weights: usize,
  gradient: usize,
  penalized: usize,
  count: usize,
  l1: f32,
  l2: f32,
): f64 {
  let absolute = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let at: usize = 0; at < count << 2; at += 16) {
    const weight = f32x4.mul(v128.load(weights + at), v128.load(penalized + at));
    const size = f32x4.abs(weight);
    const sign = v128.xor(weight, size);
    const step = v128.and(v128.or(f32x4.splat(l1), sign), f32x4.ne(weight, f32x4.splat(0)));
    const slope = f32x4.add(step, f32x4.mul(f32x4.splat(l2), weight));
    v128.store(gradient + at, f32x4.add(v128.load(gradient + at), slope));
    absolute = f64x2.add(absolute, pairSums(size));
    squares = f64x2.add(squares, pairSums(f32x4.mul(weight, weight)));
  }
  return <f64>l1 * total(absolute) + (<f64>l2 / 2) * total(squares);
}

/** Sum of the squares of x [count]; `count` is a multiple of 4. */
export function sumOfSquares(x: usize, count: usize): f64 {
  let squares = f64x2.splat(0);
  for (let at: usize = 0; at < count << 2; at += 16) {
    const value = v128.load(x + at);
    squares = f64x2.add(squares, pairSums(f32x4.mul(value, value)));
  }
  return total(squares);
}

/** x [count] *= factor; `count` is a multiple of 4. */
export function scale(x: usize, count: usize, factor: f32): void {
  for (let at: usize = 0; at < count << 2; at += 16)
    v128.store(x + at, f32x4.mul(v128.load(x + at), f32x4.splat(factor)));
}

/** Four numbers as two sums in double precision. */
function pairSums(x: v128): v128 {
  const high = f64x2.promote_low_f32x4(i32x4.shuffle(x, x, 2, 3, 2, 3));
  return f64x2.add(f64x2.promote_low_f32x4(x), high);
}

function total(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
