import { expect, it } from 'vitest';
import {
  MAX_KEPT_ACTIONS,
  MAX_KEPT_SESSIONS,
  describeEpisodes,
  extendTrainedOn,
} from '../../../plugin/training/trained-on.ts';
import { episodeOf, habit } from '../episodes.ts';

const trainedOn = (length: number, session = 'a') => ({
  sessions: [session],
  episodes: 1,
  steps: length,
  files: [],
  actions: [new Uint16Array(length).fill(session.charCodeAt(0))],
});

it('adds up', () => {
  expect(extendTrainedOn(trainedOn(3, 'a'), trainedOn(2, 'b'))).toEqual({
    sessions: ['a', 'b'],
    episodes: 2,
    steps: 5,
    files: [],
    actions: [Uint16Array.of(97, 97, 97), Uint16Array.of(98, 98)],
  });
});

it('stays bounded, keeping the newest', () => {
  const result = extendTrainedOn(
    trainedOn(MAX_KEPT_ACTIONS, 'a'),
    trainedOn(MAX_KEPT_ACTIONS - 5, 'b'),
  );
  expect(result.actions.map(({ length }) => length)).toEqual([5, MAX_KEPT_ACTIONS - 5]);
  expect(result.steps).toBe(2 * MAX_KEPT_ACTIONS - 5);
  const sessions = Array.from({ length: MAX_KEPT_SESSIONS + 7 }, (_, i) => `s${i}`);
  const many = extendTrainedOn(null, { ...trainedOn(1), sessions });
  expect(many.sessions).toEqual(sessions.slice(7));
});

it('keeps the data of a category, of the run if it has some', () => {
  const category = (field: string) => ({
    context: { field, steps: 1, kept: 'action-first' as const },
    pairs: [Uint16Array.of(1)],
  });
  const before = { ...trainedOn(3), category: category('old') };
  expect(extendTrainedOn(before, trainedOn(2)).category).toBe(before.category);
  const run = { ...trainedOn(2), category: category('new') };
  expect(extendTrainedOn(before, run).category).toBe(run.category);
});

it('describes repeated episodes once', () => {
  const one = episodeOf(habit(10), { id: 'a', session: 'x' });
  const two = episodeOf(habit(5), { id: 'b', session: 'x' });
  expect(describeEpisodes([one, two, one, one])).toMatchObject({
    sessions: ['x'],
    episodes: 2,
    steps: 15,
    actions: [one.actions, two.actions],
  });
});
