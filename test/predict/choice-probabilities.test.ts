import { describe, expect, it } from 'vitest';
import { choiceProbabilities, defineSpec } from '../../src/core.ts';

const actions = ['block', 'strike', 'hit', 'knockdown'] as const;

type Action = (typeof actions)[number];

const specWith = (choices?: readonly Action[]) =>
  defineSpec({
    name: 'fighter',
    tickRate: 60,
    observation: { fields: [] },
    action: { actions, choices },
  });

const chosen = (choices: readonly Action[] | undefined, probabilities: readonly number[]) =>
  Array.from(
    choiceProbabilities(specWith(choices), { probabilities: Float32Array.from(probabilities) }),
    (value) => Number(value.toFixed(6)),
  );

describe('choiceProbabilities', () => {
  it('leaves out what only happens to the character', () => {
    expect(chosen(['block', 'strike'], [0.1, 0.3, 0.5, 0.1])).toEqual([0.25, 0.75, 0, 0]);
  });

  it('has the order of the actions, not of the choices', () => {
    expect(chosen(['strike', 'block'], [0.1, 0.3, 0.5, 0.1])).toEqual([0.25, 0.75, 0, 0]);
  });

  it('treats every action as a choice when the spec names none', () => {
    expect(chosen(undefined, [0.1, 0.3, 0.5, 0.1])).toEqual([0.1, 0.3, 0.5, 0.1]);
  });

  it('knows nothing about the choices when something else is certain to happen', () => {
    expect(chosen(['block', 'strike'], [0, 0, 1, 0])).toEqual([0.5, 0.5, 0, 0]);
  });
});
