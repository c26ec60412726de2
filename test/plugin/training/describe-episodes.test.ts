import { expect, it } from 'vitest';
import { describeEpisodes } from '../../../plugin/training/describe-episodes.ts';
import { episodeOf, habit } from '../episodes.ts';

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
