import * as fc from 'fast-check';
import type { Episode } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { boolean, category, defineSpec, id, number } from '../../src/record/spec.ts';

/** One field of every kind. */
export const SPEC: CharacterSpec = defineSpec({
  name: 'duelist',
  observation: [
    number('x', { unit: 'px' }),
    boolean('airborne'),
    category('rivalAction', ['idle', 'jab', 'block', 'throw']),
    id('stage'),
  ],
  action: ['idle', 'jab', 'block'],
});

/** An episode of `rows`: [tick, action, ...values]. */
export function makeEpisode(
  rows: readonly (readonly number[])[],
  header: Partial<Episode> = {},
): Episode {
  const fields = rows.length ? rows[0].length - 2 : (header.columns?.length ?? 0);
  return {
    id: 'e',
    session: 's',
    character: 'player',
    end: 'terminated',
    endTick: rows.at(-1)?.[0] ?? 0,
    learn: true,
    meta: {},
    length: rows.length,
    ticks: Int32Array.from(rows, (row) => row[0]),
    actions: Uint16Array.from(rows, (row) => row[1]),
    columns: Array.from({ length: fields }, (_, field) =>
      Float32Array.from(rows, (row) => row[2 + field]),
    ),
    ...header,
  };
}

/** A spec of one number field, and one episode whose steps are 10 ticks apart and hold `values`. */
export function numbersOnly(
  values: readonly number[],
  range: { min?: number; max?: number } = {},
): { spec: CharacterSpec; episodes: Episode[] } {
  const spec = defineSpec({ name: 'one', observation: [number('n', range)], action: ['a', 'b'] });
  return { spec, episodes: [makeEpisode(values.map((value, i) => [10 * i, i % 2, value]))] };
}

/** A row of SPEC after `tick`: any of its values may be missing. */
const anyRow = fc.tuple(
  fc.integer({ min: 0, max: 40 }),
  fc.nat(2),
  fc.oneof(fc.constant(NaN), fc.float({ min: -500, max: 500, noNaN: true })),
  fc.constantFrom(0, 1, NaN),
  fc.constantFrom(0, 1, 2, 3, NaN),
  fc.constantFrom(3, 8, 20, 31, NaN),
);

/** Episodes of SPEC with 0 to `longest` steps each, in up to four sessions, some marked "do not learn". */
export const anyEpisodes = (longest = 40): fc.Arbitrary<Episode[]> =>
  fc
    .array(
      fc.record({
        rows: fc.array(anyRow, { maxLength: longest }),
        session: fc.constantFrom('s1', 's2', 's3', 's4'),
        learn: fc.boolean(),
        firstTick: fc.integer({ min: -50, max: 50 }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((all) =>
      all.map(({ rows, session, learn, firstTick }, i) => {
        let tick = firstTick;
        return makeEpisode(
          rows.map(([wait, ...row]) => [(tick += wait), ...row]),
          {
            id: `e${i}`,
            session,
            learn,
            ...(rows.length
              ? {}
              : { columns: SPEC.observation.fields.map(() => new Float32Array(0)) }),
          },
        );
      }),
    );
