import { quantile } from '../util/math.ts';

/** A repeated value whose share is above this gets a separate knot; the others share the rest. */
const COMMON = 0.25;
/** Knots closer than this, as a share of the whole range, are merged. */
const CLOSEST = 1e-6;

/**
 * Knots that cut ascending `sorted` values into at most `pieces` about equally full ones, with the
 * smallest and the largest value at the ends. A very common value (a damage of 0) becomes a knot, which
 * may add a piece, and the pieces divide the other values. Empty when all values are equal.
 */
export function fitKnots(sorted: Float64Array, pieces: number): number[] {
  if (!pieces || !sorted.length) return [];
  const common = mostCommon(sorted);
  const isCommon = common.count > Math.max(1, COMMON * sorted.length);
  const rest = isCommon ? sorted.filter((value) => value !== common.value) : sorted;
  const all = Array.from({ length: pieces + 1 }, (_, i) => quantile(rest, i / pieces));
  if (isCommon) all.push(common.value);
  const candidates = all.filter(Number.isFinite).sort((a, b) => a - b);
  const least = CLOSEST * (candidates[candidates.length - 1] - candidates[0]);
  const knots: number[] = [];
  for (const knot of candidates)
    if (!knots.length || knot > knots[knots.length - 1] + least) knots.push(knot + 0);
  return knots.length > 1 ? knots : [];
}

/** Number of columns that a value with these `knots` takes. */
export const pieceCount = (knots: readonly number[] | undefined): number =>
  Math.max(0, (knots?.length ?? 0) - 1);

/**
 * Piecewise linear encoding (Gorishniy, Rubachev and Babenko 2022, On Embeddings for Numerical Features in
 * Tabular Deep Learning): one column for each piece between two knots: 1 if the value lies beyond the
 * piece, 0 if before it, and the fraction of the piece below the value if inside it. Returns the index
 * after the last column.
 */
export function writePieces(
  knots: readonly number[],
  value: number,
  out: Float32Array,
  offset: number,
): number {
  const pieces = pieceCount(knots);
  for (let i = 0; i < pieces; i++) {
    const way = (value - knots[i]) / (knots[i + 1] - knots[i]);
    out[offset + i] = way < 0 ? 0 : way > 1 ? 1 : way;
  }
  return offset + pieces;
}

/** The most frequent value; the smallest of equally frequent ones. */
function mostCommon(sorted: Float64Array): { value: number; count: number } {
  let best = { value: NaN, count: 0 };
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    if (to - from > best.count) best = { value: sorted[from], count: to - from };
    from = to;
  }
  return best;
}
