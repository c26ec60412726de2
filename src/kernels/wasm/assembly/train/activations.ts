import { exp } from '../lib/activations.ts';

/** y [count] = e^x, for tests; `count` is a multiple of 4. */
export function exps(y: usize, x: usize, count: usize): void {
  for (let i: usize = 0; i < count << 2; i += 16) v128.store(y + i, exp(v128.load(x + i)));
}
