import { SoundBoard } from '../../common/sound/sound-board.ts';
import type { Settings } from '../settings/settings.ts';
import { EFFECTS } from './effects.ts';
import type { EffectName } from './effects.ts';
import { Music } from './music.ts';

/** Least milliseconds between two sounds of one name: more often is only louder. */
const APART_MS = 40;

/** The duel's sounds and music at the volumes of the settings. One for the whole page. */
export class DuelSound {
  readonly #board = new SoundBoard();
  readonly #music = new Music(this.#board);
  readonly #last = new Map<EffectName, number>();

  /** Applies the volumes of the settings. */
  follow({ sound, music, muted }: Settings): void {
    this.#board.volume = muted ? 0 : sound;
    this.#board.musicVolume = muted ? 0 : music * 0.8;
  }

  play(name: EffectName): void {
    const now = performance.now();
    if (now - (this.#last.get(name) ?? -Infinity) < APART_MS) return;
    this.#last.set(name, now);
    this.#board.play(EFFECTS[name]);
  }

  /** Plans the music. Call it at every frame. */
  update(): void {
    this.#music.update();
  }
}

let shared: DuelSound | null = null;

/** The sounds of the page. */
export const duelSound = (): DuelSound => (shared ??= new DuelSound());
