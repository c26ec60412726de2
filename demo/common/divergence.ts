/** Shares of each symbol. */
export type Shares = ReadonlyMap<string, number>;

export function sharesOfEach(things: readonly string[]): Shares {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1 / things.length);
  return counts;
}

/** Pairs of neighbours, as one symbol each. */
export const pairs = (things: readonly string[]): string[] =>
  things.slice(1).map((thing, i) => `${things[i]} ${thing}`);

/** Jensen-Shannon divergence of two distributions, nats: 0 = the same, ln 2 = nothing in common (Lin 1991). */
export function jensenShannon(a: Shares, b: Shares): number {
  let sum = 0;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [p, q] = [a.get(key) ?? 0, b.get(key) ?? 0];
    const middle = (p + q) / 2;
    if (p) sum += (p / 2) * Math.log(p / middle);
    if (q) sum += (q / 2) * Math.log(q / middle);
  }
  return sum;
}
