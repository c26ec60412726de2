/** A number with `digits` decimals; an en dash for none. */
export const decimals = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : '–';

/** A share as a percentage; an en dash for none. */
export const percentText = (share: number, digits = 1): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : '–';

/** "2,999". */
export const wholeText = (count: number): string => count.toLocaleString('en');

/** "1 step", "2,999 steps". */
export const counted = (count: number, noun: string): string =>
  `${wholeText(count)} ${noun}${count === 1 ? '' : 's'}`;
