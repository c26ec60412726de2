import { describe, expect, it } from 'vitest';
import {
  describeTrainedOn,
  LearnedPlay,
  MOST_ACTIONS,
  MOST_PLAYED_ACTIONS,
  MOST_PLAYED_SESSIONS,
} from '../../src/model/trained-on.ts';
import type { TrainedOn } from '../../src/model/checkpoint.ts';
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

  it('of a model that is played holds the newest, also after a start without its actions', () => {
    const episodes = [long('a', MOST_PLAYED_ACTIONS), playing('b', 1, 0, 1)];
    const first = describeTrainedOn({ episodes, isPlayed: true });
    expect(first).toMatchObject({ episodes: 2, steps: MOST_PLAYED_ACTIONS + 3 });
    expect(lengthsOf(first)).toEqual([MOST_PLAYED_ACTIONS - 3, 3]);
    const after = describeTrainedOn({ episodes: [playing('c', 2)], before: first, isPlayed: true });
    expect(after).toMatchObject({ episodes: 3, steps: MOST_PLAYED_ACTIONS + 4 });
    expect(lengthsOf(after)).toEqual([MOST_PLAYED_ACTIONS - 4, 3, 1]);
    const sessions = Array.from({ length: MOST_PLAYED_SESSIONS + 7 }, (_, i) => `s${i}`);
    const many = sessions.map((session) => playing(session, 1));
    expect(describeTrainedOn({ episodes: many, isPlayed: true }).sessions).toEqual(
      sessions.slice(7),
    );
  });
});

const lengthsOf = ({ actions }: TrainedOn): number[] => actions.map(({ length }) => length);

describe('LearnedPlay', () => {
  const before = describeTrainedOn({ episodes: [playing('a', 0, 1, 1)], files: ['old'] });

  it('adds what is played, episode by episode, to what the model had learned from', () => {
    const play = new LearnedPlay();
    expect(play.trainedOn(before, 'b')).toEqual(before);
    play.step('hero', 2);
    play.step('rival', 1);
    play.step('hero', 0);
    play.end('hero');
    play.end('hero');
    play.step('hero', 1);
    expect(play.trainedOn(before, 'b')).toEqual({
      sessions: ['a', 'b'],
      episodes: 4,
      steps: 7,
      files: ['old'],
      actions: [[0, 1, 1], [2, 0], [1], [1]].map((one) => Uint16Array.from(one)),
    });
    expect(play.trainedOn(before, 'a').sessions).toEqual(['a']);
  });

  it('keeps as many of the newest episodes as a checkpoint carries', () => {
    const play = new LearnedPlay();
    const episodes = MOST_PLAYED_ACTIONS / 4;
    for (let episode = 0; episode < episodes; episode++) {
      for (let i = 0; i < 8; i++) play.step('hero', episode % 7);
      play.end('hero');
    }
    const { steps, actions } = play.trainedOn(before, 'b');
    expect(steps).toBe(before.steps + 8 * episodes);
    expect(actions).toHaveLength(MOST_PLAYED_ACTIONS / 8);
    expect(actions.at(-1)).toEqual(new Uint16Array(8).fill((episodes - 1) % 7));
  });

  it('stays bounded, keeping the newest', () => {
    const play = new LearnedPlay();
    for (let i = 0; i < MOST_PLAYED_ACTIONS - 5; i++) play.step('hero', 1);
    const many = describeTrainedOn({ episodes: [long('a', MOST_PLAYED_ACTIONS)] });
    const after = play.trainedOn(many, 'b');
    expect(lengthsOf(after)).toEqual([5, MOST_PLAYED_ACTIONS - 5]);
    expect(after.steps).toBe(2 * MOST_PLAYED_ACTIONS - 5);
  });

  it('keeps the data of a category', () => {
    const category = {
      context: { field: 'weather', steps: 1, kept: 'action-first' as const },
      pairs: [Uint16Array.of(1)],
    };
    const play = new LearnedPlay();
    play.step('hero', 1);
    expect(play.trainedOn({ ...before, category }, 'b').category).toBe(category);
  });
});
