/** A seeded random number generator: the same seed gives the same numbers on every machine. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, limit). */
  int(limit: number): number;
  /** Standard normal (mean 0, deviation 1). */
  normal(): number;
  /** Fills with 0 where a number of `next` would be less than `rate`, in [0, 1), and with `value` elsewhere. */
  thin(items: Float32Array, rate: number, value: number): void;
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T>(items: T[]): T[];
  /** A separate generator whose numbers do not depend on how many this one has drawn. */
  fork(label: number): Rng;
}

const STEP = 0x6d2b79f5;
const LIMIT = 2 ** 32;

/** 32 random bits from a counter. */
function scramble(counter: number): number {
  let z = Math.imul(counter ^ (counter >>> 15), counter | 1);
  z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
  return (z ^ (z >>> 14)) >>> 0;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2^32. */
export function createRng(seed: number): Rng {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + STEP) >>> 0;
    return scramble(state) / LIMIT;
  };
  const int = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    int,
    // Box-Muller; 1 - next() avoids the logarithm of zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    thin(items, rate, value) {
      const least = Math.ceil(rate * LIMIT);
      let z = state;
      for (let i = 0; i < items.length; i++) {
        z = (z + STEP) | 0;
        // A product, as the processor guesses a branch on chance wrong.
        items[i] = value * Number(scramble(z) >= least);
      }
      state = z >>> 0;
    },
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = int(i + 1);
        const held = items[i];
        items[i] = items[j];
        items[j] = held;
      }
      return items;
    },
    fork: (label) =>
      createRng(
        Math.imul((seed ^ 0x9e3779b9) >>> 0, 0x85ebca6b) ^ Math.imul(label + 1, 0xc2b2ae35),
      ),
  };
}

/** A generator of a random seed, for what need not be repeated. */
export const randomRng = (): Rng => createRng(Math.random() * 2 ** 32);
