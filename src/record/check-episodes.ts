import { columnCount, columnsOf } from './columns.ts';
import type { Episode } from './episode.ts';
import type { CharacterSpec } from './spec.ts';
import { ForesightError } from '../util/error.ts';

/** The steps of an episode, and its id for errors. */
export type EpisodeSteps = Pick<Episode, 'id' | 'length' | 'ticks' | 'actions' | 'columns'>;

/**
 * Throws `bad-data`, naming the episode and the step, unless every episode fits the spec: as many
 * columns as its fields have, all of the episode's length, actions of the spec, ticks that never decrease.
 * Episodes without steps are valid; nothing is learned from them.
 */
export function checkEpisodes(spec: CharacterSpec, episodes: readonly EpisodeSteps[]): void {
  const columns = columnsOf(spec);
  const actions = spec.action.actions.length;
  for (const episode of episodes) {
    const fail = (message: string): never => {
      throw new ForesightError('bad-data', `Episode "${episode.id}": ${message}`);
    };
    const { length } = episode;
    if (episode.columns.length !== columns.length)
      fail(
        `it has ${episode.columns.length} columns but the spec has ${columnCount(spec)}. Use the spec it was recorded with.`,
      );
    if (episode.ticks.length !== length || episode.actions.length !== length)
      fail(
        `it declares ${length} steps but has ${episode.ticks.length} ticks and ${episode.actions.length} actions. Record or convert it again.`,
      );
    for (let column = 0; column < columns.length; column++)
      if (episode.columns[column].length !== length)
        fail(
          `column "${columns[column].name}" has ${episode.columns[column].length} values for ${length} steps. Record or convert it again.`,
        );
    for (let i = 0; i < length; i++) {
      if (episode.actions[i] >= actions)
        fail(
          `step ${i} has action ${episode.actions[i]} but the spec's actions end at ${actions - 1}. Use the spec it was recorded with.`,
        );
      if (i > 0 && episode.ticks[i] < episode.ticks[i - 1])
        fail(
          `the tick falls from ${episode.ticks[i - 1]} to ${episode.ticks[i]} at step ${i}. Begin a new episode where time starts over.`,
        );
    }
  }
}
