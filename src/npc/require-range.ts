import { ForesightError } from '../util/error.ts';

/** Throws `bad-config` unless `value` is in [0, high]. */
export function requireRange(name: string, value: number, high = Infinity): void {
  if (value >= 0 && value <= high) return;
  throw new ForesightError(
    'bad-config',
    `${name} is ${value}. Give a number from 0 ${high === Infinity ? 'up' : `to ${high}`}.`,
  );
}
