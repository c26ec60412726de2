import { describe, expect, it } from 'vitest';
import { NO_ACTION, parseCsvSpec, windowSteps } from '../../src/record/csv-spec.ts';

const DRIVING = {
  name: 'driving',
  tickRate: 10,
  fields: ['steering', { column: 'v', name: 'speed', unit: 'm/s', min: 0 }],
  continuous: ['steering', 'speed'],
};

describe('parseCsvSpec', () => {
  it('completes a spec without an action', () => {
    const csv = parseCsvSpec(DRIVING);
    expect(csv.spec).toEqual({
      name: 'driving',
      tickRate: 10,
      sampling: { kind: 'everyTicks', ticks: 1 },
      observation: {
        fields: [
          { kind: 'number', name: 'steering' },
          { kind: 'number', name: 'speed', unit: 'm/s', min: 0 },
        ],
      },
      action: { actions: NO_ACTION },
    });
    expect(csv.fields.map(({ column }) => column)).toEqual(['steering', 'v']);
    expect(csv).toMatchObject({ split: 'time', parts: 20, windowSeconds: 5, delimiter: ',' });
    expect(csv.actionColumn).toBeUndefined();
  });

  it('accepts fields of every kind', () => {
    const { spec } = parseCsvSpec({
      ...DRIVING,
      fields: [
        'steering',
        'speed',
        { column: 'lit', kind: 'boolean' },
        { column: 'gear', kind: 'category', categories: ['N', '1', '2'] },
        { column: 'road', kind: 'id' },
      ],
    });
    expect(spec.observation.fields.map(({ kind }) => kind)).toEqual([
      'number',
      'number',
      'boolean',
      'category',
      'id',
    ]);
  });

  it('draws whole sessions for the test where a column gives them', () => {
    expect(parseCsvSpec({ ...DRIVING, session: 'day' }).split).toBe('session');
    expect(parseCsvSpec({ ...DRIVING, session: 'day', split: 'time' }).split).toBe('time');
  });

  it('makes windows that span windowSeconds', () => {
    expect(windowSteps(parseCsvSpec(DRIVING))).toBe(50);
    expect(windowSteps(parseCsvSpec({ ...DRIVING, everyTicks: 5 }))).toBe(10);
    expect(windowSteps(parseCsvSpec({ ...DRIVING, windowSeconds: 0.01 }))).toBe(2);
  });

  it.each<[string, unknown, RegExp]>([
    ['no object', 3, /is not an object\. Write \{ "name"/],
    ['no name', { ...DRIVING, name: undefined }, /"name" should be a text that is not empty/],
    ['no rate', { ...DRIVING, tickRate: 0 }, /"tickRate" should be a number above 0/],
    ['no fields', { name: 'd', tickRate: 10 }, /"fields" is missing\. Add it/],
    [
      'a wrong key',
      { ...DRIVING, sesion: 'x' },
      /"sesion" is not a key here\. Did you mean "session"/,
    ],
    ['a wrong split', { ...DRIVING, split: 'last' }, /"split" should be "time" or "session"/],
    [
      'a field of no kind',
      { ...DRIVING, fields: [{ column: 'a', kind: 'x' }] },
      /"fields\.0" is not a field/,
    ],
    [
      'a target that is not a field',
      { ...DRIVING, continuous: ['spede'] },
      /"spede", which is not a number field\. Did you mean "speed"/,
    ],
    ['a target twice', { ...DRIVING, continuous: ['speed', 'speed'] }, /has "speed" twice/],
    ['nothing to predict', { ...DRIVING, continuous: [] }, /nothing to predict\. Name the column/],
    ['one action', { ...DRIVING, action: { column: 'a', actions: ['x'] } }, /at least two actions/],
    [
      'a wrong unit',
      { ...DRIVING, tick: { column: 't', unit: 's' } },
      /"tick\.unit" should be "ticks", "seconds" or/,
    ],
  ])('refuses %s', (_, json, message) => {
    expect(() => parseCsvSpec(json)).toThrow(
      expect.objectContaining({ code: 'bad-spec', message: expect.stringMatching(message) }),
    );
  });
});
