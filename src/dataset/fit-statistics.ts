import { checkEpisodes } from '../record/check-episodes.ts';
import type { Episode } from '../record/episode.ts';
import { columnsOf, spansOf } from '../record/columns.ts';
import type { ColumnField } from '../record/columns.ts';
import type { CharacterSpec, NumberField } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { clamp, quantile } from '../util/math.ts';
import { sortedFinite } from '../util/sorted-finite.ts';
import { countTimes } from './count-times.ts';
import { fitPieces } from './fit-pieces.ts';
import { robustRange } from './robust-range.ts';
import { sessionMarks } from './session-marks.ts';
import type { EncoderStatistics, FieldStatistics } from './statistics.ts';
import { facingFields } from './facing-fields.ts';
import { fitTimeEdges } from './time-bins.ts';
import { changeScale } from './value-target.ts';

export interface CleaningOptions {
  /** Reach of the outlier fence in interquartile ranges beyond the quartiles. */
  readonly fence?: number;
  /** Largest share of the values that may be outliers at each end of a number. */
  readonly rare?: number;
  /** Largest width of a number's range, in scales; it limits the size of its feature. */
  readonly widest?: number;
  /** Most ids in a vocabulary: the most frequent ones are kept, the others become "unknown". */
  readonly vocabulary?: number;
  /** Sessions that must contain a value of a field that never changes within an episode; others are not encoded. */
  readonly minSessions?: number;
}

export const CLEANING_DEFAULTS: Required<CleaningOptions> = {
  fence: 4,
  rare: 0.01,
  widest: 32,
  vocabulary: 256,
  minSessions: 5,
};

export interface FitOptions extends CleaningOptions {
  /** Bins of the time to the next action, 0 to 256; 0 = none. */
  readonly timeBins?: number;
  /** Names of number fields whose changes from step to step are also measured. */
  readonly changes?: readonly string[];
  /** Pieces of each number field's piecewise encoding, 0 to 64; its change has half as many. 0 = the number alone. */
  readonly pieces?: number;
}

export const FIT_DEFAULTS: Required<FitOptions> = {
  ...CLEANING_DEFAULTS,
  timeBins: 16,
  changes: [],
  pieces: 0,
};

/**
 * Statistics of `episodes`, which must be the training split alone. Missing values (NaN, infinite,
 * or a category that does not exist) and episodes marked "do not learn" are skipped.
 *
 * - number: outliers are clipped to `robustRange`, never narrower than the range declared in the
 *   spec; mean and deviation are those after clipping; missing ones become the median.
 * - with `pieces`, numbers get knots too (`fitPieces`), but not those of vectors, which are many.
 * - vector: each of its numbers like a number field.
 * - A number with a single value in training is clipped to it, and one without values to 0, whatever
 *   its declared range: the model learned nothing about other values, so they must not reach it.
 * - boolean, category: missing ones become the most frequent value (the first of equals; 0 when there
 *   are none).
 * - id: the vocabulary is the ids that were seen, ascending.
 * - category, id: values that only mark a few sessions (`sessionMarks`) are not encoded.
 *
 * Throws `bad-data` for episodes that do not fit the spec and `bad-config` for an invalid number of bins or pieces.
 */
export function fitStatistics(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  options: FitOptions = {},
): EncoderStatistics {
  const settings = { ...FIT_DEFAULTS, ...options };
  const { timeBins, pieces } = settings;
  if (!(Number.isInteger(timeBins) && timeBins >= 0 && timeBins <= 256))
    throw new ForesightError(
      'bad-config',
      `timeBins is ${timeBins}. Give a whole number from 0 to 256.`,
    );
  if (!(Number.isInteger(pieces) && pieces >= 0 && pieces <= 64))
    throw new ForesightError(
      'bad-config',
      `pieces is ${pieces}. Give a whole number from 0 to 64.`,
    );
  checkEpisodes(spec, episodes);
  const used = episodes.filter((episode) => episode.learn);
  const durations = collectDurations(used);
  const logs = durations.map(Math.log1p);
  const actionCounts = spec.action.actions.map(() => 0);
  for (const episode of used)
    for (let i = 0; i < episode.length; i++) actionCounts[episode.actions[i]]++;
  const timeEdges = fitTimeEdges(durations.sort(), timeBins);
  const timeCounts = countTimes(timeEdges, spec.action.actions.length, used);
  const directions = new Map(
    (pieces ? facingFields(spec, used) : []).map(({ field, by }) => [field, by]),
  );
  const inVectors = new Set(
    spansOf(spec).flatMap(({ field, first, columns }) =>
      field.kind === 'vector' ? columns.map((_, i) => first + i) : [],
    ),
  );
  return {
    fields: columnsOf(spec).map((field, index) => {
      const sorted = sortedFinite(
        used.map(({ columns, length }) => columns[index].subarray(0, length)),
      );
      const marks = sessionMarks(used, index, settings.minSessions);
      const fitted = fitField(field, sorted, marks, settings);
      if (fitted.kind !== 'number') return fitted;
      return {
        ...fitted,
        ...(settings.changes.includes(field.name) && {
          changeScale: changeScale(fitted, used, index),
        }),
        ...(pieces &&
          !inVectors.has(index) &&
          fitted.low < fitted.high &&
          fitPieces(used, { field: index, by: directions.get(index) }, { ...settings, pieces })),
      };
    }),
    duration: meanAndDeviation(logs),
    timeEdges,
    actionCounts,
    ...(timeCounts.length && { timeCounts }),
  };
}

/** Ticks between neighbouring steps, in the order of the episodes. */
function collectDurations(episodes: readonly Episode[]): Float64Array {
  const counts = episodes.reduce((sum, { length }) => sum + Math.max(0, length - 1), 0);
  const durations = new Float64Array(counts);
  let at = 0;
  for (const { ticks, length } of episodes)
    for (let i = 1; i < length; i++) durations[at++] = ticks[i] - ticks[i - 1];
  return durations;
}

function fitField(
  field: ColumnField,
  sorted: Float64Array,
  marks: ReadonlySet<number>,
  settings: Required<CleaningOptions>,
): FieldStatistics {
  const { name } = field;
  switch (field.kind) {
    case 'number':
      return fitNumber(field, sorted, settings);
    case 'boolean': {
      const counts = new Map<number, number>();
      for (const value of sorted) increment(counts, value ? 1 : 0);
      return { kind: 'boolean', name, fill: mostFrequent(counts)[0] ?? 0 };
    }
    case 'category': {
      const size = field.categories.length;
      const counts = new Map<number, number>();
      for (const value of sorted)
        if (Number.isInteger(value) && value >= 0 && value < size) increment(counts, value);
      const fill = mostFrequent(counts)[0] ?? 0;
      const silent = [...counts.keys()].filter((value) => marks.has(value)).sort((a, b) => a - b);
      return { kind: 'category', name, size, fill, ...(silent.length && { silent }) };
    }
    case 'id': {
      const counts = new Map<number, number>();
      for (const value of sorted) if (!marks.has(value)) increment(counts, value);
      const known = mostFrequent(counts).slice(0, settings.vocabulary);
      return { kind: 'id', name, vocabulary: known.sort((a, b) => a - b) };
    }
    default:
      return field satisfies never;
  }
}

function fitNumber(
  { name, min, max }: NumberField,
  sorted: Float64Array,
  { fence, rare, widest }: Required<CleaningOptions>,
): FieldStatistics {
  if (!sorted.length || sorted[0] === sorted[sorted.length - 1]) {
    const only = (sorted[0] ?? 0) + 0;
    return { kind: 'number', name, mean: only, scale: 1, low: only, high: only, fill: only };
  }
  const robust = robustRange(sorted, { fence, rare });
  const low = Math.min(robust.low, min ?? Infinity) + 0;
  const high = Math.max(robust.high, max ?? -Infinity) + 0;
  const { mean, scale } = meanAndDeviation(sorted.map((value) => clamp(value, low, high)));
  return {
    kind: 'number',
    name,
    mean,
    // Play may reach ends of the range that training never saw; features must stay small there too.
    scale: Math.max(scale, (high - low) / widest),
    low,
    high,
    fill: quantile(sorted, 0.5) + 0,
  };
}

/** Mean and standard deviation; { 0, 1 } when empty, and scale 1 where all values are equal. */
function meanAndDeviation(values: Float64Array): { mean: number; scale: number } {
  if (!values.length) return { mean: 0, scale: 1 };
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / values.length);
  // Rounding leaves a tiny deviation in a constant column; dividing by it would give huge values.
  return { mean: mean + 0, scale: deviation > 1e-9 * Math.abs(mean) ? deviation : 1 };
}

function increment(counts: Map<number, number>, value: number): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** Values by descending count; the smaller value first where counts are equal. */
function mostFrequent(counts: Map<number, number>): number[] {
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([value]) => value);
}
