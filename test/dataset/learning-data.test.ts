import { expect, it } from 'vitest';
import { learningData } from '../../src/dataset/learning-data.ts';
import { episodeOf, habit } from '../plugin/episodes.ts';

const OPTIONS = {
  session: 'now',
  sessionSteps: 100,
  sessionWeight: 3,
  replaySteps: 50,
  heldOutSteps: 0,
  seed: 1,
};
const count = (episodes: readonly { length: number }[]): number =>
  episodes.reduce((sum, { length }) => sum + length, 0);

it('repeats the current session and adds a limited number of older steps', () => {
  const older = Array.from({ length: 9 }, (_, i) =>
    episodeOf(habit(20), { id: `old${i}`, session: `s${i}` }),
  );
  const mine = episodeOf(habit(30), { id: 'mine', session: 'now' });
  const data = learningData([...older, mine], OPTIONS);
  expect(data.session.map(({ id }) => id)).toEqual(['mine']);
  expect(count(data.replay)).toBe(50);
  expect(data.replay.every(({ session }) => session !== 'now')).toBe(true);
  expect(count(data.episodes)).toBe(50 + 3 * 30);
});

it('keeps the newest steps of a long session', () => {
  const first = episodeOf(habit(80), { id: 'first', session: 'now' });
  const second = episodeOf([1, ...habit(59)], { id: 'second', session: 'now' });
  const { session } = learningData([first, second], OPTIONS);
  expect(count(session)).toBe(100);
  expect(session[1].actions).toEqual(second.actions);
  expect(session[0].actions).toEqual(first.actions.slice(40));
  expect(session[0].ticks).toEqual(first.ticks.slice(40));
  expect(session[0].columns[0]).toEqual(first.columns[0].slice(40));
});

it('holds out the newest steps of the session across episodes, at most half of it', () => {
  const first = episodeOf(habit(20), { id: 'first', session: 'now' });
  const second = episodeOf([1, ...habit(5)], { id: 'second', session: 'now' });
  const data = learningData([first, second], { ...OPTIONS, heldOutSteps: 10 });
  expect(data.heldOut).toBe(10);
  expect(count(data.session)).toBe(26);
  expect(count(data.episodes)).toBe(3 * 16);
  expect(data.episodes[0].actions).toEqual(first.actions.slice(0, 16));
  expect(data.episodes[0].columns[0]).toEqual(first.columns[0].slice(0, 16));
  expect(learningData([second], { ...OPTIONS, heldOutSteps: 10 }).heldOut).toBe(3);
  const tiny = episodeOf([1, 0], { session: 'now' });
  const all = learningData([tiny], { ...OPTIONS, heldOutSteps: 10 });
  expect(all.heldOut).toBe(0);
  expect(count(all.episodes)).toBe(3 * 2);
});

it('leaves out episodes marked "do not learn"', () => {
  const forbidden = episodeOf(habit(10), { session: 'now', learn: false });
  expect(learningData([forbidden], OPTIONS).episodes).toEqual([]);
});
