/**
 * A 32-bit float as the shortest decimal text that reads back as the same float, as JSON: NaN is
 * `null`, minus zero `-0`. JSON has no infinite values; the caller must exclude them.
 *
 * @param value must be a 32-bit float exactly
 */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (Object.is(value, -0)) return '-0';
  if (Number.isInteger(value) && Math.abs(value) <= 2 ** 24) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  // Nine digits distinguish any two 32-bit floats.
  return String(Number(value.toPrecision(9)));
}
