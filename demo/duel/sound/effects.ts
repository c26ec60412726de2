import { playNoise, playTone } from '../../common/sound/voices.ts';
import type { SoundOut } from '../../common/sound/sound-board.ts';

/** The sounds of the duel by name. */
export const EFFECTS = {
  whoosh: (out: SoundOut) =>
    playNoise(out, { from: 500, to: 2200, seconds: 0.14, volume: 0.16, quality: 1.4, swell: 0.5 }),
  hit(out: SoundOut) {
    playTone(out, { from: 190, to: 52, seconds: 0.17, volume: 0.55 });
    playNoise(out, { from: 1900, to: 500, seconds: 0.1, volume: 0.4, quality: 0.7 });
  },
  block(out: SoundOut) {
    playTone(out, { from: 410, to: 300, seconds: 0.09, volume: 0.18, wave: 'triangle' });
    playNoise(out, { from: 3400, to: 1800, seconds: 0.07, volume: 0.22, quality: 2.4 });
  },
  throw(out: SoundOut) {
    playNoise(out, { from: 260, to: 900, seconds: 0.2, volume: 0.22, quality: 1, swell: 0.6 });
    playTone(out, { from: 120, to: 40, seconds: 0.3, after: 0.1, volume: 0.6 });
    playNoise(out, { from: 420, to: 120, seconds: 0.22, after: 0.12, volume: 0.4, quality: 0.6 });
  },
  fireball(out: SoundOut) {
    playTone(out, { from: 240, to: 760, seconds: 0.28, volume: 0.14, wave: 'sawtooth' });
    playNoise(out, { from: 700, to: 1500, seconds: 0.36, volume: 0.24, quality: 0.8, swell: 0.2 });
  },
  jump: (out: SoundOut) =>
    playTone(out, { from: 220, to: 430, seconds: 0.12, volume: 0.12, wave: 'triangle' }),
  land: (out: SoundOut) =>
    playNoise(out, { from: 320, to: 110, seconds: 0.11, volume: 0.26, quality: 0.7 }),
  read(out: SoundOut) {
    playTone(out, { from: 1170, seconds: 0.16, volume: 0.09 });
    playTone(out, { from: 1755, seconds: 0.24, after: 0.06, volume: 0.07 });
  },
  bell(out: SoundOut) {
    for (const [from, volume] of [
      [523, 0.2],
      [785, 0.12],
      [1318, 0.06],
    ])
      playTone(out, { from, seconds: 0.8, volume });
  },
  ko(out: SoundOut) {
    playTone(out, { from: 150, to: 32, seconds: 0.9, volume: 0.7 });
    playNoise(out, { from: 900, to: 90, seconds: 0.7, volume: 0.45, quality: 0.5 });
    playTone(out, {
      from: 392,
      to: 196,
      seconds: 1.1,
      after: 0.05,
      volume: 0.12,
      wave: 'triangle',
    });
  },
  move: (out: SoundOut) =>
    playTone(out, { from: 620, seconds: 0.05, volume: 0.07, wave: 'triangle' }),
  choose(out: SoundOut) {
    playTone(out, { from: 620, seconds: 0.06, volume: 0.09, wave: 'triangle' });
    playTone(out, { from: 930, seconds: 0.1, after: 0.05, volume: 0.09, wave: 'triangle' });
  },
} as const satisfies Record<string, (out: SoundOut) => void>;

export type EffectName = keyof typeof EFFECTS;
