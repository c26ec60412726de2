import { describe, expect, it } from 'vitest';
import { isTick, stepAt } from '../../src/record/episode.ts';
import {
  boolean,
  category,
  checkSpec,
  defineSpec,
  id,
  number,
  requireSameSpec,
  specDifferences,
  specHash,
} from '../../src/record/spec.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { DUELIST, KICKER, episodeAt, expectError } from './fixtures.ts';

describe('defineSpec', () => {
  it('defaults to 60 ticks per second and steps at changes of action', () => {
    const spec = defineSpec({ name: 'one', observation: [], action: ['a', 'b'] });
    expect(spec).toEqual({
      name: 'one',
      tickRate: 60,
      sampling: { kind: 'onChange' },
      observation: { fields: [] },
      action: { actions: ['a', 'b'] },
    });
    expect(defineSpec(spec)).toEqual(spec);
  });

  it.each<[string, object, RegExp]>([
    ['one action', { action: ['a'] }, /at least two actions/],
    ['actions twice', { action: ['a', 'a'] }, /action "a" occurs twice/],
    ['a nameless action', { action: ['a', ''] }, /action has no name/],
    [
      'a choice that is not an action',
      { action: { actions: ['a', 'b'], choices: ['c'] } },
      /choice "c"/,
    ],
    ['too many actions', { action: Array.from({ length: 65_536 }, (_, i) => `${i}`) }, /65535/],
    ['a field twice', { observation: [number('x'), id('x')] }, /field "x" occurs twice/],
    ['an empty range', { observation: [number('x', { min: 3, max: 3 })] }, /range of "x" is empty/],
    ['a range of NaN', { observation: [number('x', { min: NaN })] }, /range of "x"/],
    [
      'an endless range',
      { observation: [number('x', { min: -Infinity })] },
      /Leave min or max out/,
    ],
    ['no categories', { observation: [category('c', [])] }, /"c" has no categories/],
    ['categories twice', { observation: [category('c', ['a', 'a'])] }, /"a" occurs twice/],
    ['no tick rate', { tickRate: 0 }, /tickRate is 0/],
    ['half a tick', { sampling: { kind: 'everyTicks', ticks: 0.5 } }, /at least 1, not 0\.5/],
  ])('refuses %s', async (_, fault, message) => {
    const input = { name: 'one', observation: [boolean('b')], action: ['a', 'b'], ...fault };
    await expectError(() => defineSpec(input), 'bad-spec', message);
    await expectError(() => defineSpec(input), 'bad-spec', /^Spec "one": /);
  });

  it('accepts ranges that are open on one side', () => {
    const observation = [number('x', { min: 0 }), number('y', { max: 0 }), number('z')];
    expect(() => checkSpec({ ...DUELIST, observation: { fields: observation } })).not.toThrow();
  });
});

describe('the hash of a spec', () => {
  it('depends on everything except the name of the spec and the order of keys', () => {
    const { name, action, observation, ...rest } = DUELIST;
    expect(specHash({ observation, action, ...rest, name: `${name} 2` })).toBe(specHash(DUELIST));
    const others: CharacterSpec[] = [
      KICKER,
      { ...DUELIST, tickRate: 30 },
      { ...DUELIST, sampling: { kind: 'everyTicks', ticks: 6 } },
      { ...DUELIST, observation: { fields: observation.fields.slice(1) } },
      { ...DUELIST, observation: { fields: [...observation.fields].reverse() } },
      { ...DUELIST, action: { actions: ['jab', 'idle', 'block'] } },
    ];
    expect(new Set([DUELIST, ...others].map(specHash)).size).toBe(7);
  });

  it('differs with an error that lists the differences', async () => {
    expect(specDifferences(DUELIST, DUELIST)).toEqual([]);
    expect(specDifferences(DUELIST, KICKER)).toEqual([
      'actions only here: block',
      'actions only there: kick',
    ]);
    const wider = {
      ...DUELIST,
      tickRate: 30,
      observation: { fields: [number('x'), ...DUELIST.observation.fields.slice(1)] },
    };
    expect(specDifferences(DUELIST, wider)).toEqual([
      'tickRate: 60 here, 30 there',
      expect.stringMatching(/^field "x": .*"max":960.* here, /),
    ]);
    expect(() => requireSameSpec(DUELIST, { ...DUELIST, name: 'other' }, 'It')).not.toThrow();
    await expectError(
      () => requireSameSpec(DUELIST, KICKER, 'The model'),
      'spec-mismatch',
      /^The model was made for another spec \(actions only here: block; .*Use the spec it was made with/,
    );
  });
});

describe('an episode', () => {
  it('returns its steps as copies', () => {
    const episode = episodeAt('a', 8, 16);
    const step = stepAt(episode, 1);
    expect(step).toEqual({ tick: 16, action: 1, values: Float32Array.of(2, 0, NaN, 31) });
    step.values[0] = 99;
    expect(episode.columns[0][1]).toBe(2);
  });

  it('has whole ticks of 32 bits', () => {
    for (const tick of [0, -39, 2 ** 31 - 1, -(2 ** 31)]) expect(isTick(tick)).toBe(true);
    for (const tick of [2 ** 31, -(2 ** 31) - 1, 0.5, NaN, Infinity, '3', null, undefined])
      expect(isTick(tick)).toBe(false);
  });
});
