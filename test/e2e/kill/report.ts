/** What the game reports while it plays, in order. The test takes as promised what it got before the kill. */
export type Report =
  | { readonly kind: 'found'; readonly found: Found }
  /** A step was played. */
  | { readonly kind: 'step'; readonly id: string; readonly count: number; readonly at: number }
  /** An episode has ended and is stored. */
  | { readonly kind: 'stored'; readonly id: string; readonly steps: string }
  /** Everything is about to be deleted, or is deleted. */
  | { readonly kind: 'clearing' | 'cleared' }
  /** What is kept of the model is about to be deleted, or is deleted. */
  | { readonly kind: 'restoring' | 'restored' }
  /** An episode is about to be deleted, or is deleted. */
  | { readonly kind: 'removing' | 'removed'; readonly id: string }
  /** The model has other weights, which may be kept from now on. */
  | { readonly kind: 'weights'; readonly crc: number }
  /** The model has learned in play, or was trained. */
  | { readonly kind: 'learned' }
  | { readonly kind: 'trained' }
  /** The page could do nothing for so long, ms. */
  | { readonly kind: 'stall'; readonly ms: number }
  | { readonly kind: 'problem'; readonly message: string };

/** What a page finds at its start. */
export interface Found {
  /** Of each episode: all of its steps as text, which begins with the same characters while it grows. */
  readonly episodes: readonly {
    readonly id: string;
    readonly count: number;
    readonly steps: string;
  }[];
  /** Chunks that belong to no episode, and episodes of which chunks are missing. */
  readonly damaged: number;
  /** CRC-32 of the weights that were kept; null when none were. */
  readonly kept: number | null;
  /** Bytes of recorded steps. */
  readonly bytes: number;
}
