import fc from 'fast-check';

/** Thousandths: no game has payoffs with finer differences, which the solver may round away. */
const cell = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.integer({ min: -40_000, max: 40_000 }).map((thousandths) => thousandths / 1000),
);

/** Random payoffs [replies][actions] of up to 9 x 9, with ties and without. */
export const gainTables: fc.Arbitrary<Float64Array[]> = fc
  .integer({ min: 1, max: 9 })
  .chain((columns) =>
    fc.array(
      fc
        .array(cell, { minLength: columns, maxLength: columns })
        .map((row) => Float64Array.from(row)),
      { minLength: 1, maxLength: 9 },
    ),
  );

/** `count` shares that sum to 1, made from any numbers. */
export const sharesOf = (numbers: readonly number[], count: number): Float64Array => {
  const weights = Float64Array.from({ length: count }, (_, i) => numbers[i % numbers.length]);
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / count));
};
