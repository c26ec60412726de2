/** An audio context, and the node to connect a sound to. */
export interface SoundOut {
  readonly context: AudioContext;
  readonly out: GainNode;
  /** One second of white noise. */
  readonly noise: AudioBuffer;
}

/** Seconds over which a change of volume is smoothed: a sudden change clicks. */
const SMOOTH = 0.03;

/**
 * The page's sound, all of it synthesised. Silent until the first use of a key, the pointer or a pad,
 * which browsers require, and always silent without WebAudio.
 */
export class SoundBoard {
  #output: SoundOut | null = null;
  #music: GainNode | null = null;
  #volume = 1;
  #musicVolume = 0;
  #failed = false;

  constructor() {
    const unlock = (): void => void this.#context();
    for (const event of ['keydown', 'pointerdown'] as const)
      globalThis.addEventListener?.(event, unlock, { passive: true });
  }

  /** 0 to 1. */
  set volume(volume: number) {
    this.#volume = volume;
    if (this.#output) glide(this.#output.out, volume);
  }

  /** 0 to 1; 0 = no music. */
  set musicVolume(volume: number) {
    this.#musicVolume = volume;
    if (this.#music) glide(this.#music, volume);
  }
  get musicVolume(): number {
    return this.#musicVolume;
  }

  /** Plays a sound now; does nothing while the board is silent. */
  play(sound: (out: SoundOut) => void): void {
    if (this.#output && this.#volume > 0 && this.#output.context.state === 'running')
      sound(this.#output);
  }

  /** Plays a sound at the music's volume. */
  playMusic(sound: (out: SoundOut) => void): void {
    if (this.#output && this.#music && this.#musicVolume > 0)
      sound({ ...this.#output, out: this.#music });
  }

  /** Seconds on the audio clock; null while silent. */
  get time(): number | null {
    const context = this.#output?.context;
    return context?.state === 'running' ? context.currentTime : null;
  }

  #context(): void {
    if (this.#failed) return;
    if (this.#output) {
      if (this.#output.context.state === 'suspended')
        void this.#output.context.resume().catch(() => {});
      return;
    }
    try {
      const context = new AudioContext();
      // Keeps several hits at once from clipping.
      const limiter = context.createDynamicsCompressor();
      limiter.connect(context.destination);
      const out = context.createGain();
      out.gain.value = this.#volume;
      out.connect(limiter);
      this.#music = context.createGain();
      this.#music.gain.value = this.#musicVolume;
      this.#music.connect(limiter);
      this.#output = { context, out, noise: hiss(context) };
    } catch {
      // No WebAudio, or no device: the game is the same without sound.
      this.#failed = true;
    }
  }
}

function glide(node: GainNode, volume: number): void {
  node.gain.setTargetAtTime(volume, node.context.currentTime, SMOOTH);
}

function hiss(context: AudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate);
  const data = buffer.getChannelData(0);
  for (let i = 0; i < data.length; i++) data[i] = Math.random() * 2 - 1;
  return buffer;
}
