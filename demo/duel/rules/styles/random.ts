/** Random numbers in [0, 1), for scripted players only: the rules contain no randomness. */
export type Random = () => number;

/** Small state, good enough for scripted players (Marsaglia's xorshift, 32 bits). */
export function createRandom(seed: number): Random {
  let x = (seed * 2654435761 + 1013904223) >>> 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 4294967296;
  };
}

/** Picks one of several options by weight. */
export function pick<T>(random: Random, options: readonly (readonly [number, T])[]): T {
  let left = random() * options.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, option] of options) if ((left -= weight) < 0) return option;
  return options[options.length - 1][1];
}
