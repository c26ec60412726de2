import * as v from 'valibot';

/** A number that fits. One check takes less code than the library's own ones for ranges. */
export const numberThat = (fits: (value: number) => boolean, hint: string) =>
  v.pipe(v.number(hint), v.check(fits, hint));

/** JSON has neither NaN nor infinity, but a large number overflows to infinity. */
export const finite = numberThat(Number.isFinite, 'not a finite number');

/** A finite number above 0. */
export const positive = numberThat(
  (value) => value > 0 && Number.isFinite(value),
  'not a number above 0',
);

/** A whole number within [low, high]. */
export const whole = (
  low: number,
  high = Number.MAX_SAFE_INTEGER,
  hint = `not a whole number from ${low} to ${high}`,
) => numberThat((value) => Number.isSafeInteger(value) && value >= low && value <= high, hint);

/** A whole number of at least 0. */
export const count = whole(0);
