/** Only so many characters of a name are compared: longer ones come from damaged files. */
const COMPARED = 64;

/** The name among `names` that takes the fewest edits to become `wrong`; null when there are none. */
export function nearestName(wrong: string, names: readonly string[]): string | null {
  let best: string | null = null;
  let least = Infinity;
  const begin = (name: string): string => name.slice(0, COMPARED).toLowerCase();
  for (const name of names) {
    const edits = editDistance(begin(wrong), begin(name));
    if (edits >= least) continue;
    least = edits;
    best = name;
  }
  return best;
}

/** Insertions, deletions and replacements between two texts (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
