import type { SoundOut } from './sound-board.ts';

export interface Tone {
  /** Hz at the beginning and at the end. */
  readonly from: number;
  readonly to?: number;
  /** Seconds that it lasts, and seconds from now to its beginning. */
  readonly seconds: number;
  readonly after?: number;
  readonly volume?: number;
  readonly wave?: OscillatorType;
}

export interface Noise {
  /** Hz of the band's middle at the beginning and at the end; width as quality factor. */
  readonly from: number;
  readonly to?: number;
  readonly quality?: number;
  readonly seconds: number;
  readonly after?: number;
  readonly volume?: number;
  /** Share of its time in which it swells. */
  readonly swell?: number;
}

/** Inaudible: exponential ramps cannot reach 0. */
const SILENCE = 0.0001;

function envelope(
  { context, out }: SoundOut,
  { at, seconds, volume, swell }: { at: number; seconds: number; volume: number; swell: number },
): GainNode {
  const gain = context.createGain();
  gain.gain.setValueAtTime(SILENCE, at);
  gain.gain.exponentialRampToValueAtTime(volume, at + Math.max(0.004, seconds * swell));
  gain.gain.exponentialRampToValueAtTime(SILENCE, at + seconds);
  gain.connect(out);
  return gain;
}

/** A gliding tone that fades. */
export function playTone(target: SoundOut, tone: Tone): void {
  const { from, to = from, seconds, after = 0, volume = 0.3, wave = 'sine' } = tone;
  const at = target.context.currentTime + after;
  const oscillator = target.context.createOscillator();
  oscillator.type = wave;
  oscillator.frequency.setValueAtTime(from, at);
  oscillator.frequency.exponentialRampToValueAtTime(to, at + seconds);
  oscillator.connect(envelope(target, { at, seconds, volume, swell: 0 }));
  oscillator.start(at);
  oscillator.stop(at + seconds);
}

/** A gliding band of noise: wind, cloth, dust. */
export function playNoise(target: SoundOut, noise: Noise): void {
  const { from, to = from, seconds, after = 0, volume = 0.3, quality = 1, swell = 0 } = noise;
  const at = target.context.currentTime + after;
  const source = target.context.createBufferSource();
  source.buffer = target.noise;
  source.loop = true;
  const band = target.context.createBiquadFilter();
  band.type = 'bandpass';
  band.Q.value = quality;
  band.frequency.setValueAtTime(from, at);
  band.frequency.exponentialRampToValueAtTime(to, at + seconds);
  source.connect(band).connect(envelope(target, { at, seconds, volume, swell }));
  // A random part of the noise, so that hits do not all sound the same.
  source.start(at, Math.random() * 0.5);
  source.stop(at + seconds);
}
