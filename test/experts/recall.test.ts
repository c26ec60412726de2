import { expect, it } from 'vitest';
import { fitStatistics } from '../../src/dataset/fit-statistics.ts';
import { EXPERTS_PER_CONTEXT, firstOfKind } from '../../src/experts/expert-kinds.ts';
import type { ExpertKindName } from '../../src/experts/expert-kinds.ts';
import { ExpertFollower, followerOptions } from '../../src/experts/expert-follower.ts';
import { fitExperts } from '../../src/experts/expert-table.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const { spec, episodes } = habitualEpisodes({ sessions: 3, length: 60, seed: 4 });
const { timeEdges } = fitStatistics(spec, episodes, { timeBins: 4 });
const table = fitExperts(spec, episodes, { contexts: 3, timeEdges });
const options = followerOptions(spec, table, timeEdges);
const [first, second, third] = episodes;

function observe(follower: ExpertFollower, episode: Episode, steps = episode.length): void {
  follower.reset();
  for (let i = 0; i < steps; i++) follower.observe(stepAt(episode, i));
}

/** What the experts of one kind say. */
function votes({ logs, timeLogs, experts }: ExpertFollower, kind: ExpertKindName): Float32Array[] {
  const part = (all: Float32Array): Float32Array => {
    const width = all.length / experts;
    const contexts = experts / EXPERTS_PER_CONTEXT;
    const start = firstOfKind(kind, contexts);
    return all.slice(start * width, (start + contexts) * width);
  };
  return [part(logs), part(timeLogs)];
}

it('makes a player known as if one had watched him', () => {
  const [watched, told, stranger] = [0, 1, 2].map(() => new ExpertFollower(options));
  observe(watched, first);
  observe(watched, second);
  told.recall([first, second]);
  for (const follower of [watched, told, stranger]) observe(follower, third, 5);
  expect(votes(told, 'player')).toEqual(votes(watched, 'player'));
  expect(votes(told, 'player')).not.toEqual(votes(stranger, 'player'));
  // What it did long ago is not recent, and all players are the same to everybody.
  expect(votes(told, 'recent')).toEqual(votes(stranger, 'recent'));
  expect(votes(told, 'population')).toEqual(votes(watched, 'population'));
});

it('leaves him where he is', () => {
  const [told, watched] = [new ExpertFollower(options), new ExpertFollower(options)];
  for (const follower of [told, watched]) observe(follower, third, 9);
  const before = votes(told, 'player').map((one) => one.slice());
  told.recall([first]);
  expect(votes(told, 'player')).toEqual(before);
  told.observe(stepAt(third, 9));
  watched.observe(stepAt(third, 9));
  expect(votes(told, 'recent')).toEqual(votes(watched, 'recent'));
  expect(votes(told, 'population')).toEqual(votes(watched, 'population'));
  expect(votes(told, 'player')).not.toEqual(votes(watched, 'player'));
});
