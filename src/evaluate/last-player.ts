import { playerOf } from '../record/episode.ts';
import type { EpisodeHeader } from '../record/episode.ts';

/** Remembers who played the last episode, so that what is known of a player is not used for another. */
export class LastPlayer {
  #player: string | null = null;

  /**
   * Whether the next episode has the player and the session of the one before; false without a name.
   * From then on `next` is the last one.
   */
  isSame(next?: Pick<EpisodeHeader, 'session' | 'character'>): boolean {
    const player = next ? playerOf(next) : null;
    const same = player !== null && player === this.#player;
    this.#player = player;
    return same;
  }
}
