/** The largest finite half-precision number. */
export const FLOAT16_MAX = 65504;

const numbers = new Float32Array(1);
const words = new Uint32Array(numbers.buffer);

/**
 * Bits of the half-precision number (IEEE 754-2008 binary16) nearest to `value`; the even one if two
 * are equally near. Numbers from 65520 on become infinite, and NaN stays NaN.
 */
export function toFloat16(value: number): number {
  numbers[0] = value;
  const bits = words[0];
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00;
  if (size >= 0x477ff000) return sign | 0x7c00;
  // Below 2^-14 halves lie 2^-24 apart; a product with a power of 2 is exact.
  if (size < 0x38800000) return sign | roundToEven(Math.abs(numbers[0]) * 2 ** 24);
  // Another exponent bias, and 13 of the 23 bits of the fraction rounded away. A carry into the exponent is correct.
  const shifted = size - 0x38000000;
  return sign | ((shifted + 0xfff + ((shifted >>> 13) & 1)) >>> 13);
}

/** The number that the bits of a half-precision number stand for; exact. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  if (!exponent) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor & 1) ? floor + 1 : floor;
}
