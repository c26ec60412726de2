import * as v from 'valibot';
import type { EncoderStatistics, FieldStatistics } from '../dataset/statistics.ts';
import { MOST_STEPS } from '../experts/category-ngram.ts';
import type { CategoryContext } from '../experts/category-ngram.ts';
import { count, finite, numberThat, positive, whole } from '../util/number-schema.ts';
import type { CheckpointMetrics, TrainedOn } from './checkpoint.ts';

const text = v.string();

const ascending = v.check<number[], string>(
  (values) => values.every((value, i) => i === 0 || value > values[i - 1]),
  'not ascending',
);

/** Columns are 32-bit floats, so what describes them is about as large at most. */
const single = numberThat((value) => Math.abs(value) <= 1e39, 'too large');
/** Features beyond it come from no data; sums of larger ones overflow. */
const MAX_FEATURE = 1e6;

const knots = v.pipe(
  v.array(single),
  v.check((values) => values.length > 1, 'fewer than two'),
  ascending,
);

const fieldStatistics = v.variant('kind', [
  v.pipe(
    v.strictObject({
      kind: v.literal('number'),
      name: text,
      mean: single,
      scale: positive,
      low: single,
      high: single,
      fill: single,
      changeScale: v.optional(positive),
      knots: v.optional(knots),
      changeKnots: v.optional(knots),
      turned: v.optional(v.strictObject({ by: count, knots })),
    }),
    v.check(
      ({ mean, scale, low, high }) =>
        Math.max(Math.abs(low - mean), Math.abs(high - mean)) <= MAX_FEATURE * scale,
      'its range is too wide for its scale',
    ),
  ),
  v.strictObject({ kind: v.literal('boolean'), name: text, fill: v.picklist([0, 1]) }),
  v.pipe(
    v.strictObject({
      kind: v.literal('category'),
      name: text,
      size: count,
      fill: count,
      silent: v.optional(v.array(count)),
    }),
    v.check(({ fill, size }) => fill < size, 'fill is not a category'),
  ),
  v.strictObject({
    kind: v.literal('id'),
    name: text,
    vocabulary: v.pipe(v.array(finite), ascending),
  }),
]) satisfies v.GenericSchema<unknown, FieldStatistics>;

export const statisticsSchema = v.pipe(
  v.strictObject({
    fields: v.array(fieldStatistics),
    duration: v.pipe(
      v.strictObject({ mean: finite, scale: positive }),
      // The logarithm of a time in ticks is below 24.
      v.check(
        ({ mean, scale }) => Math.abs(mean) + 24 <= MAX_FEATURE * scale,
        'its scale is too small',
      ),
    ),
    timeEdges: v.pipe(v.array(count), ascending),
    actionCounts: v.array(count),
    timeCounts: v.optional(v.array(v.array(count))),
  }),
  v.forward(
    v.check(
      ({ timeCounts, timeEdges }) =>
        !timeCounts || timeCounts.every((bins) => bins.length === timeEdges.length + 1),
      'not one count for each bin of time',
    ),
    ['timeCounts'],
  ),
) satisfies v.GenericSchema<unknown, EncoderStatistics>;

export const metricsSchema = v.strictObject({
  epochs: count,
  // JSON turns NaN, a loss that was never measured, into null.
  loss: v.pipe(
    v.nullable(finite),
    v.transform((loss) => loss ?? NaN),
  ),
  heldOutLoss: v.optional(finite),
  heldOutLogLoss: v.optional(finite),
  heldOutTop1: v.optional(finite),
  values: v.optional(
    v.strictObject({
      from: v.picklist(['held-out', 'training']),
      deviations: v.record(text, positive),
    }),
  ),
}) satisfies v.GenericSchema<unknown, CheckpointMetrics>;

const categoryContext = v.strictObject({
  field: text,
  steps: whole(1, MOST_STEPS),
  kept: v.picklist(['action-first', 'category-first']),
}) satisfies v.GenericSchema<unknown, CategoryContext>;

/** TrainedOn without the sequences, which are tensors. */
export const trainedOnSchema = v.strictObject({
  sessions: v.array(text),
  episodes: count,
  steps: count,
  files: v.array(text),
  category: v.optional(categoryContext),
}) satisfies v.GenericSchema<
  unknown,
  Omit<TrainedOn, 'actions' | 'category'> & { readonly category?: CategoryContext }
>;
