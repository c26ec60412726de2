import * as fc from 'fast-check';
import { columnsOf } from '../../src/record/columns.ts';
import type { ColumnField } from '../../src/record/columns.ts';
import type { Episode, EpisodeSet } from '../../src/record/episode.ts';
import { boolean, category, defineSpec, id, number, vector } from '../../src/record/spec.ts';
import type { CharacterSpec, ObservationField } from '../../src/record/spec.ts';

const names = (minLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }), {
    minLength,
    maxLength: 6,
  });

const anyField = (name: string): fc.Arbitrary<ObservationField> =>
  fc.oneof(
    fc.constant(number(name)),
    fc
      .record({ min: fc.integer({ max: 0 }), max: fc.integer({ min: 1 }) })
      .map((range) => number(name, { ...range, unit: 'm' })),
    fc.constant(boolean(name)),
    names(1).map((categories) => category(name, categories)),
    fc.constant(id(name)),
    fc.integer({ min: 1, max: 5 }).map((length) => vector(name, length, { min: -1 })),
  );

/** Names that no number of a vector can have: "a_0" is the first number of "a". */
const fieldNames = names(0).map((all) => all.filter((name) => !/_\d+$/.test(name)));

export const anySpec: fc.Arbitrary<CharacterSpec> = fc
  .record({
    name: fc.string(),
    tickRate: fc.integer({ min: 1, max: 240 }),
    sampling: fc.oneof(
      fc.constant({ kind: 'onChange' } as const),
      fc.record({
        kind: fc.constant('everyTicks' as const),
        ticks: fc.integer({ min: 1, max: 99 }),
      }),
    ),
    observation: fieldNames.chain((fields) => fc.tuple(...fields.map(anyField))),
    action: names(2),
  })
  .map(defineSpec);

/** Any float that a column may hold. */
export const validValue = (field: ColumnField): fc.Arbitrary<number> => {
  const missing = fc.constant(NaN);
  switch (field.kind) {
    case 'number':
      return fc.float({ noDefaultInfinity: true });
    case 'boolean':
      return fc.oneof(fc.constantFrom(0, 1), missing);
    case 'category':
      return fc.oneof(fc.nat(field.categories.length - 1), missing);
    case 'id':
      return fc.oneof(fc.nat(2 ** 24), missing);
    default:
      return field satisfies never;
  }
};

const anyMeta = fc.dictionary(
  fc.string(),
  fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  ),
  { noNullPrototype: true },
);

/** A set of up to four episodes of any spec. */
export const anySet = (): fc.Arbitrary<EpisodeSet> =>
  anySpec.chain((spec) =>
    fc.record({
      spec: fc.constant(spec),
      episodes: fc.uniqueArray(anyEpisode(spec), {
        selector: (one) => one.id,
        maxLength: 4,
      }),
    }),
  );

const anyEpisode = (spec: CharacterSpec): fc.Arbitrary<Episode> => {
  const row = fc.tuple(
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    fc.nat(spec.action.actions.length - 1),
    fc.tuple(...columnsOf(spec).map(validValue)),
  );
  return fc
    .record({
      id: fc.string({ minLength: 1 }),
      session: fc.string(),
      character: fc.string(),
      end: fc.constantFrom('terminated' as const, 'truncated' as const),
      endTick: fc.maxSafeInteger().map((tick) => tick + 0),
      learn: fc.boolean(),
      meta: anyMeta,
      rows: fc.array(row, { maxLength: 12 }),
    })
    .map(({ rows, ...head }) => ({
      ...head,
      endTick: Math.max(head.endTick, ...rows.map(([tick]) => tick)),
      length: rows.length,
      ticks: Int32Array.from(rows, ([tick]) => tick).sort(),
      actions: Uint16Array.from(rows, ([, action]) => action),
      columns: columnsOf(spec).map((_, field) =>
        Float32Array.from(rows, ([, , values]) => values[field]),
      ),
    }));
};

/** A set with every float replaced by its bits, so that NaN and minus zero compare exactly. */
export const bitsOf = ({ spec, episodes }: EpisodeSet): unknown => ({
  spec,
  episodes: episodes.map((episode) => ({
    ...episode,
    columns: episode.columns.map((column) => new Uint32Array(column.slice().buffer).join()),
  })),
});
