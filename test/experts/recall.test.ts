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

/** The votes of the experts of one kind. */
function votes({ logs, timeLogs, experts }: ExpertFollower, kind: ExpertKindName): Float32Array[] {
  const part = (all: Float32Array): Float32Array => {
    const width = all.length / experts;
    const contexts = experts / EXPERTS_PER_CONTEXT;
    const start = firstOfKind(kind, contexts);
    return all.slice(start * width, (start + contexts) * width);
  };
  return [part(logs), part(timeLogs)];
}

it('makes a player known as if the experts had observed the episodes live', () => {
  const [watched, recalled, stranger] = [0, 1, 2].map(() => new ExpertFollower(options));
  observe(watched, first);
  observe(watched, second);
  recalled.recall([first, second]);
  for (const follower of [watched, recalled, stranger]) observe(follower, third, 5);
  expect(votes(recalled, 'player')).toEqual(votes(watched, 'player'));
  expect(votes(recalled, 'player')).not.toEqual(votes(stranger, 'player'));
  // Old episodes are not recent, and recalling does not change the population.
  expect(votes(recalled, 'recent')).toEqual(votes(stranger, 'recent'));
  expect(votes(recalled, 'population')).toEqual(votes(watched, 'population'));
});

it('leaves the current episode as it is', () => {
  const [recalled, watched] = [new ExpertFollower(options), new ExpertFollower(options)];
  for (const follower of [recalled, watched]) observe(follower, third, 9);
  const before = votes(recalled, 'player').map((one) => one.slice());
  recalled.recall([first]);
  expect(votes(recalled, 'player')).toEqual(before);
  recalled.observe(stepAt(third, 9));
  watched.observe(stepAt(third, 9));
  expect(votes(recalled, 'recent')).toEqual(votes(watched, 'recent'));
  expect(votes(recalled, 'population')).toEqual(votes(watched, 'population'));
  expect(votes(recalled, 'player')).not.toEqual(votes(watched, 'player'));
});
