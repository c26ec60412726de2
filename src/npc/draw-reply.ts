import type { Rng } from '../util/rng.ts';

export const isAvailable = (available: readonly string[] | undefined, name: string): boolean =>
  !available || available.includes(name);

/** Index drawn with probabilities proportional to `weights` (each >= 0); -1 when all are 0. Draws one number. */
export function drawIndex(weights: ArrayLike<number>, rng: Rng): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  let left = rng.next() * sum;
  let chosen = -1;
  for (let i = 0; i < weights.length; i++) {
    if (!weights[i]) continue;
    chosen = i;
    left -= weights[i];
    if (left < 0) break;
  }
  return chosen;
}

/**
 * Makes an NPC err: a share `error` of the decisions is drawn uniformly from all available actions,
 * good or bad. Draws from a fork of `rng`, and draws nothing when `error` is 0.
 */
export class Slips {
  readonly #difficulty: { readonly error: number };
  readonly #rng: Rng;

  /** `difficulty` is read at every decision. */
  constructor(difficulty: { readonly error: number }, rng: Rng) {
    this.#difficulty = difficulty;
    this.#rng = rng.fork(0x511b);
  }

  /** An action chosen by mistake from the available `names`; null = no mistake. */
  next(names: readonly string[], available: readonly string[] | undefined): string | null {
    const { error } = this.#difficulty;
    if (!error || this.#rng.next() >= error) return null;
    const open = names.filter((name) => isAvailable(available, name));
    return open.length ? open[this.#rng.int(open.length)] : null;
  }
}
