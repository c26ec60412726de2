import { describe, expect, it } from 'vitest';
import { actionIndex } from '../../src/record/action-index.ts';
import { rowFromObservation } from '../../src/record/observation.ts';
import type { Observation } from '../../src/record/spec.ts';
import { DUELIST, OBSERVATION, expectError } from './fixtures.ts';

describe('rowFromObservation', () => {
  it('writes numbers and ids unchanged, booleans as 0 or 1 and categories as their index', () => {
    expect([...rowFromObservation(DUELIST, OBSERVATION)]).toEqual([1.5, 0, 2, 7]);
    const other = { stage: 0, rivalAction: 'idle', airborne: true, x: -0 };
    expect([...rowFromObservation(DUELIST, other)]).toEqual([-0, 1, 0, 0]);
  });

  it('writes null as NaN, in every kind of field', () => {
    const nothing = { x: null, airborne: null, rivalAction: null, stage: null };
    expect([...rowFromObservation(DUELIST, nothing)]).toEqual([NaN, NaN, NaN, NaN]);
  });

  it('fills and returns the row it is given', () => {
    const out = new Float32Array(4);
    expect(rowFromObservation(DUELIST, OBSERVATION, out)).toBe(out);
    expect(out[0]).toBe(1.5);
  });

  it('ignores properties that the spec does not name', () => {
    expect(rowFromObservation(DUELIST, { ...OBSERVATION, y: 'up' })).toHaveLength(4);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a missing field',
      { x: undefined },
      /"x".*"duelist" is missing\. Give "x", or pass null if it is not known at this tick/,
    ],
    [
      'a misspelled field',
      { x: undefined, X: 3 },
      /"x".* is missing.*Is "X" a misspelling of it\?/,
    ],
    ['NaN', { x: NaN }, /"x".* is NaN\. Give a finite number, or null if it is not known/],
    ['infinity', { x: -Infinity }, /"x".* is -Infinity\. Give a finite number/],
    ['what no 32-bit float holds', { x: 1e39 }, /"x".* is 1e\+39, too large.*larger unit/],
    ['text for a number', { x: '12' }, /"x".* is "12"\. Give a finite number/],
    ['a boolean for a number', { x: true }, /"x".* is true\. Give a finite number/],
    ['an object for a number', { x: {} }, /"x".* is an object\. Give a finite number/],
    ['a number for a boolean', { airborne: 1 }, /"airborne".* is 1\. Give true or false, or null/],
    [
      'an unknown category',
      { rivalAction: 'jap' },
      /"rivalAction".* is "jap"\. Did you mean "jab"\? Give one of idle, jab, block, or null/,
    ],
    [
      'an index for a category',
      { rivalAction: 1 },
      /"rivalAction".* is 1\. Give one of idle, jab, block/,
    ],
    [
      'a fraction as an id',
      { stage: 1.5 },
      /"stage".* is 1\.5\. Give a whole number from 0 to 16777216, or null/,
    ],
    ['a negative id', { stage: -1 }, /"stage".* is -1\./],
    ['an id that floats would confuse', { stage: 2 ** 24 + 1 }, /"stage".* is 16777217\./],
    ['text for an id', { stage: '3' }, /"stage".* is "3"\./],
    ['NaN for an id', { stage: NaN }, /"stage".* is NaN\./],
  ])('refuses %s', async (_, fault, message) => {
    const observation = { ...OBSERVATION, ...fault } as Observation;
    await expectError(() => rowFromObservation(DUELIST, observation), 'bad-observation', message);
  });

  it.each([undefined, null, 3])('refuses %s instead of an object', async (nothing) => {
    await expectError(
      () => rowFromObservation(DUELIST, nothing as unknown as Observation),
      'bad-observation',
      /is (undefined|null|3)\. Give an object with x, airborne, rivalAction, stage/,
    );
  });
});

describe('actionIndex', () => {
  it('returns the index of each action', () => {
    expect(['idle', 'jab', 'block'].map((name) => actionIndex(DUELIST, name))).toEqual([0, 1, 2]);
  });

  it('suggests the nearest action and lists all of them for an unknown one', async () => {
    await expectError(
      () => actionIndex(DUELIST, 'blok'),
      'unknown-action',
      /"duelist" has no action "blok"\. Did you mean "block"\? Its actions are idle, jab, block\./,
    );
  });

  it('refuses a value that is not a text', async () => {
    await expectError(
      () => actionIndex(DUELIST, 1 as unknown as string),
      'unknown-action',
      /The action is 1\. Give the name of one of the actions of "duelist": idle, jab, block/,
    );
  });
});
