import { ForesightError } from '../util/error.ts';
import { checkEpisodes } from './check-episodes.ts';
import { columnsOf } from './columns.ts';
import type { Episode, EpisodeSet } from './episode.ts';
import { checkHeader } from './episode-header.ts';
import { valueFix } from './value-fix.ts';
import { checkSpec } from './spec.ts';
import type { CharacterSpec } from './spec.ts';

/**
 * Throws unless a set can be written as a file: `bad-spec` for its spec, `bad-data` for invalid
 * headers, duplicate ids, episodes that do not fit the spec, and values that a field cannot have.
 */
export function checkSet({ spec, episodes }: EpisodeSet): void {
  checkSpec(spec);
  const ids = new Set<string>();
  for (const episode of episodes) {
    checkHeader(episode);
    if (ids.has(episode.id))
      throw new ForesightError(
        'bad-data',
        `The episode "${episode.id}" occurs twice. Leave one of them out.`,
      );
    ids.add(episode.id);
  }
  for (const episode of episodes) checkSteps(spec, episode);
}

/** `checkSet` for one episode of a valid spec. */
export function checkEpisode(spec: CharacterSpec, episode: Episode): void {
  checkHeader(episode);
  checkSteps(spec, episode);
}

function checkSteps(spec: CharacterSpec, episode: Episode): void {
  checkEpisodes(spec, [episode]);
  const fault = endFault(episode);
  if (fault !== null)
    throw new ForesightError(
      'bad-data',
      `Episode "${episode.id}": ${fault}. Give the tick at which it ended.`,
    );
  checkValues(spec, episode);
}

/** Describes the fault of an episode that ends before its last step; null when it does not. */
export function endFault({ length, ticks, endTick }: Episode): string | null {
  const last = length ? ticks[length - 1] : -Infinity;
  return endTick < last ? `it ends at tick ${endTick}, before its last step at ${last}` : null;
}

function checkValues(spec: CharacterSpec, { id, length, columns }: Episode): void {
  columnsOf(spec).forEach((field, i) => {
    const column = columns[i];
    for (let step = 0; step < length; step++) {
      const value = column[step];
      // NaN is a value that is not known.
      const fix = value === value ? valueFix(field, value) : null;
      if (fix !== null)
        throw new ForesightError(
          'bad-data',
          `Episode "${id}": step ${step} has ${value} for "${field.name}". ${fix}`,
        );
    }
  });
}
