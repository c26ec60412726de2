import { ForesightError } from '../util/error.ts';
import type { Rng } from '../util/rng.ts';
import { ReactionDelay, REACTION_DELAY_DEFAULTS } from './reaction-delay.ts';
import { requireRange } from './require-range.ts';

/**
 * How hard an NPC is, as three honest knobs: it never gets more health, speed or knowledge than the
 * player has.
 */
export interface Difficulty {
  /** Shortest and longest time before it can use what it saw, ms. */
  readonly delayMs: readonly [number, number];
  /** How far it believes predictions, 0 to 1. */
  readonly trust: number;
  /** Share of its decisions that are drawn evenly from all it can do, 0 to 1. */
  readonly error: number;
}

/** `hard` is a person at his best: it makes no errors, but reacts no faster than people do. */
export const DIFFICULTIES = {
  easy: { delayMs: [250, 400], trust: 0.35, error: 0.3 },
  normal: { delayMs: [180, 280], trust: 0.7, error: 0.1 },
  hard: { delayMs: [150, 250], trust: 1, error: 0 },
} as const satisfies Record<string, Difficulty>;

export type DifficultyName = keyof typeof DIFFICULTIES;

/** What every controller of this folder takes; a single knob given here goes before `difficulty`. */
export interface DifficultyOptions {
  /** All three knobs, or the name of a preset. Default `hard`. */
  readonly difficulty?: Difficulty | DifficultyName;
  /** Shortest and longest reaction time, ms. */
  readonly delayMs?: readonly [number, number];
  /** A fixed reaction time in place of `delayMs`, ticks. */
  readonly reactionTicks?: number;
  /** Ticks per second, for `delayMs`. */
  readonly tickRate?: number;
  readonly trust?: number;
  readonly error?: number;
}

/** The knobs as the controllers use them. */
export interface ResolvedDifficulty {
  /** A fixed number of ticks, or drawn. */
  readonly reaction: number | ReactionDelay;
  readonly trust: number;
  readonly error: number;
}

/** Throws `bad-config` for an unknown preset or a knob out of its range. */
export function resolveDifficulty(
  options: DifficultyOptions & { readonly rng: Rng },
): ResolvedDifficulty {
  const { difficulty = 'hard', reactionTicks, rng } = options;
  const knobs: Difficulty | undefined =
    typeof difficulty === 'string' ? DIFFICULTIES[difficulty] : difficulty;
  if (!knobs)
    throw new ForesightError(
      'bad-config',
      `There is no difficulty "${String(difficulty)}". Give ${Object.keys(DIFFICULTIES).join(', ')}, or { delayMs, trust, error }.`,
    );
  const trust = options.trust ?? knobs.trust;
  const error = options.error ?? knobs.error;
  requireRange('trust', trust, 1);
  requireRange('error', error, 1);
  const ms = options.delayMs ?? knobs.delayMs;
  const tickRate = options.tickRate ?? REACTION_DELAY_DEFAULTS.tickRate;
  return { reaction: reactionTicks ?? new ReactionDelay({ rng, ms, tickRate }), trust, error };
}
