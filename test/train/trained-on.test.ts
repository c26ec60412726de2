import { describe, expect, it } from 'vitest';
import { describeTrainedOn, MOST_ACTIONS } from '../../src/train/trained-on.ts';
import { makeEpisode } from '../dataset/make-episodes.ts';

/** An episode of these actions. */
const playing = (session: string, ...actions: number[]) =>
  makeEpisode(
    actions.map((action, i) => [i, action]),
    { session },
  );

const long = (session: string, length: number) => ({
  ...playing(session, 1),
  length,
  actions: new Uint16Array(length),
});

describe('describeTrainedOn', () => {
  it('counts sessions, episodes and steps, and keeps the actions', () => {
    const episodes = [playing('b', 0, 1, 2), playing('a', 1, 0), playing('b', 2)];
    const actions = [[0, 1, 2], [1, 0], [2]].map((one) => Uint16Array.from(one));
    expect(describeTrainedOn({ episodes, files: ['x', 'x'] })).toEqual({
      sessions: ['b', 'a'],
      episodes: 3,
      steps: 6,
      files: ['x'],
      actions,
    });
  });

  it('adds what the start had learned from, and counts an episode of both once', () => {
    const before = describeTrainedOn({
      episodes: [playing('a', 0, 1), playing('b', 2, 2, 2)],
      files: ['old'],
    });
    const now = [playing('b', 2, 2, 2), playing('c', 1)];
    expect(describeTrainedOn({ episodes: now, files: ['new'], before })).toEqual({
      sessions: ['a', 'b', 'c'],
      episodes: 3,
      steps: 6,
      files: ['old', 'new'],
      actions: [[0, 1], [2, 2, 2], [1]].map((one) => Uint16Array.from(one)),
    });
  });

  it('holds no actions when there are too many or the start had none', () => {
    const most = describeTrainedOn({ episodes: [long('a', MOST_ACTIONS)], files: [] });
    expect(most.actions).toHaveLength(1);
    const more = describeTrainedOn({ episodes: [long('a', MOST_ACTIONS + 1)], files: [] });
    expect(more).toMatchObject({ actions: [], steps: MOST_ACTIONS + 1 });
    const after = describeTrainedOn({ episodes: [playing('b', 0, 1)], files: [], before: more });
    expect(after).toMatchObject({ actions: [], episodes: 2, steps: MOST_ACTIONS + 3 });
  });
});
