/** How often each action was guessed for each actual one. */
export interface Confusion {
  /** Action indices, the most frequent first; -1 stands for all others together. */
  readonly labels: readonly number[];
  /** [done][guessed] */
  readonly counts: readonly (readonly number[])[];
  readonly total: number;
}

/** Counts guesses; actions beyond the `limit` most frequent ones are counted together. */
export function confusion(
  pairs: readonly { readonly guess: number; readonly action: number }[],
  { limit }: { readonly limit: number },
): Confusion {
  const seen = new Map<number, number>();
  const see = (action: number, weight: number): unknown =>
    seen.set(action, (seen.get(action) ?? 0) + weight);
  // Actual actions count more, so that those that are only guessed do not displace them.
  for (const { guess, action } of pairs) {
    see(action, 2);
    see(guess, 1);
  }
  const ranked = [...seen.keys()].sort((a, b) => seen.get(b)! - seen.get(a)! || a - b);
  const labels = ranked.length > limit ? [...ranked.slice(0, limit - 1), -1] : ranked;
  const place = new Map(labels.map((action, i) => [action, i]));
  const counts = labels.map(() => labels.map(() => 0));
  const placeOf = (action: number): number => place.get(action) ?? labels.length - 1;
  for (const { guess, action } of pairs) counts[placeOf(action)][placeOf(guess)]++;
  return { labels, counts, total: pairs.length };
}
