import type { SoundBoard } from '../../common/sound/sound-board.ts';
import { playNoise, playTone } from '../../common/sound/voices.ts';

/** Seconds of an eighth note: 96 beats a minute. */
const EIGHTH = 60 / 96 / 2;
/** Hz of a pentatonic scale over two octaves: any two tones are consonant. */
const SCALE = [0, 3, 5, 7, 10, 12, 15, 17, 19, 22].map((step) => 220 * 2 ** (step / 12));
/** Semitones of the bass below the first tone, one per bar. */
const BASS = [0, -4, -7, -2];
/** Seconds that music is planned ahead, so that a late frame causes no gap. */
const AHEAD = 0.25;

/** Endless quiet music: a bass, a drum, and a random tune along the scale. */
export class Music {
  readonly #board: SoundBoard;
  #next = NaN;
  #beat = 0;
  #note = 4;

  constructor(board: SoundBoard) {
    this.#board = board;
  }

  /** Call it at every frame. */
  update(): void {
    const { time, musicVolume } = this.#board;
    if (time === null || musicVolume === 0) {
      this.#next = NaN;
      return;
    }
    // After silence or a hidden tab, it starts again now.
    if (!(this.#next > time - 1)) this.#next = time + 0.05;
    while (this.#next < time + AHEAD) {
      this.#play(this.#next - time);
      this.#next += EIGHTH;
      this.#beat++;
    }
  }

  #play(after: number): void {
    const inBar = this.#beat % 8;
    const bar = Math.floor(this.#beat / 8) % BASS.length;
    this.#board.playMusic((out) => {
      if (inBar === 0 || inBar === 3) {
        const from = 110 * 2 ** (BASS[bar] / 12);
        playTone(out, { from, seconds: 0.7, after, volume: 0.22, wave: 'triangle' });
      }
      if (inBar === 0) playTone(out, { from: 90, to: 40, seconds: 0.22, after, volume: 0.35 });
      if (inBar === 4)
        playNoise(out, { from: 1400, seconds: 0.09, after, volume: 0.08, quality: 0.8 });
      if (Math.random() < (inBar % 2 ? 0.25 : 0.6)) {
        const step = Math.floor(Math.random() * 5) - 2;
        this.#note = Math.max(0, Math.min(SCALE.length - 1, this.#note + step));
        playTone(out, { from: SCALE[this.#note], seconds: 0.5, after, volume: 0.07 });
      }
    });
  }
}
