/**
 * The newest sequences, oldest first, of at most `room` numbers in all: the oldest one that does not fit keeps its
 * end.
 */
export function keepNewest(sequences: readonly Uint16Array[], room: number): Uint16Array[] {
  const kept: Uint16Array[] = [];
  let left = room;
  for (let i = sequences.length - 1; i >= 0 && left > 0; i--) {
    const end = sequences[i].slice(-left);
    kept.unshift(end);
    left -= end.length;
  }
  return kept;
}
