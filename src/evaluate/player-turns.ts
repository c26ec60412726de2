import { playerOf } from '../record/episode.ts';
import type { EpisodeHeader } from '../record/episode.ts';

/** Whose turn it is: tells episodes of the same player in the same session from those of another. */
export class PlayerTurns {
  #player: string | null = null;

  /** Whether the episode that begins is by the player of the one before. Without a name it is not. */
  isSame(next?: Pick<EpisodeHeader, 'session' | 'character'>): boolean {
    const player = next ? playerOf(next) : null;
    const same = player !== null && player === this.#player;
    this.#player = player;
    return same;
  }
}
