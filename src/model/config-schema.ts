import * as v from 'valibot';
import { nearestName } from '../util/nearest-name.ts';
import { numberThat, whole as wholeNumber } from '../util/number-schema.ts';

/** An object with these keys only; any other key is an error that names the nearest of them. */
export function strict<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, (issue: v.StrictObjectIssue) => string> {
  const names = Object.keys(entries);
  return v.strictObject(entries, (issue) => {
    if (issue.expected !== 'never') return `Give an object with keys among ${names.join(', ')}.`;
    const key = String(issue.path?.at(-1)?.key);
    return `Did you mean "${nearestName(key, names)}"? The keys are ${names.join(', ')}.`;
  });
}

/** A whole number within [low, high]. */
export const whole = (low: number, high: number) =>
  wholeNumber(low, high, `Give a whole number from ${low} to ${high}.`);

/** A number within [low, high]. */
export const real = (low: number, high: number) =>
  numberThat((value) => value >= low && value <= high, `Give a number from ${low} to ${high}.`);

/** A number within [0, 1). */
export const share = () =>
  numberThat(
    (value) => value >= 0 && value < 1,
    'Give a number from 0 up to, but not including, 1.',
  );

/** A number within (0, high]. */
export const positive = (high: number) =>
  numberThat((value) => value > 0 && value <= high, `Give a number above 0, up to ${high}.`);

/** One of a few words. */
export const word = <const Words extends readonly string[]>(...words: Words) =>
  v.picklist(words, `Give one of ${words.map((name) => `"${name}"`).join(', ')}.`);

const count = 1e5;

export const modelSchema = strict({
  cell: v.optional(word('lstm', 'gru')),
  layers: v.optional(whole(1, 3)),
  units: v.optional(whole(1, 1024)),
  embedding: v.optional(whole(0, 1024)),
  pieces: v.optional(whole(0, 64)),
  timeBins: v.optional(whole(0, 256)),
  contexts: v.optional(whole(0, 16)),
  unaided: v.optional(v.boolean('Give true or false.')),
  feedForward: v.optional(whole(0, 1024)),
  cache: v.optional(whole(0, 4096)),
  continuous: v.optional(
    v.pipe(
      v.array(v.string('Give names of number fields.'), 'Give a list of names of number fields.'),
      v.check((names) => new Set(names).size === names.length, 'Give each name once.'),
    ),
  ),
  valueTarget: v.optional(word('level', 'change', 'residual')),
});

const optimizer = v.variant(
  'kind',
  [
    strict({ kind: v.literal('sgd'), momentum: v.optional(share()) }),
    strict({
      kind: v.literal('adam'),
      beta1: v.optional(share()),
      beta2: v.optional(share()),
      epsilon: v.optional(positive(1)),
      weightDecay: v.optional(real(0, 1)),
    }),
  ],
  'Give an object whose kind is "sgd" or "adam".',
);

const learningRate = v.variant(
  'kind',
  [
    strict({ kind: v.literal('constant'), rate: v.optional(positive(10)) }),
    strict({
      kind: v.literal('step'),
      rate: v.optional(positive(10)),
      factor: v.optional(positive(1)),
      epochs: v.optional(whole(1, count)),
    }),
    strict({
      kind: v.literal('cosine'),
      rate: v.optional(positive(10)),
      floor: v.optional(real(0, 10)),
      warmUp: v.optional(share()),
    }),
  ],
  'Give an object whose kind is "constant", "step" or "cosine".',
);

export const trainingSchema = strict({
  epochs: v.optional(whole(1, count)),
  batchSize: v.optional(whole(1, 65536)),
  windowLength: v.optional(whole(1, 4096)),
  windowStride: v.optional(whole(1, 4096)),
  warmUp: v.optional(whole(0, 4095)),
  optimizer: v.optional(optimizer),
  learningRate: v.optional(learningRate),
  l1: v.optional(real(0, 1000)),
  l2: v.optional(real(0, 1000)),
  dropout: v.optional(share()),
  fieldDropout: v.optional(share()),
  clipNorm: v.optional(real(0, 1e6)),
  lossWeights: v.optional(
    strict({
      action: v.optional(real(0, 1000)),
      time: v.optional(real(0, 1000)),
      values: v.optional(real(0, 1000)),
      unaided: v.optional(real(0, 1000)),
    }),
  ),
  heldOutFraction: v.optional(share()),
  patience: v.optional(whole(0, count)),
  seed: v.optional(whole(0, 4294967295)),
});
