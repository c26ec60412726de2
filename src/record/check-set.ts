import { ForesightError } from '../util/error.ts';
import { checkEpisodes } from './check-episodes.ts';
import type { EpisodeSet } from './episode.ts';
import { checkHeader } from './episode-header.ts';
import { checkSpec } from './spec.ts';

/**
 * Throws unless a set can be written as a file: `bad-spec` for its spec, `bad-data` for invalid
 * headers, duplicate ids, and episodes that do not fit the spec.
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
  checkEpisodes(spec, episodes);
}
