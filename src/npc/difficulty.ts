import { ForesightError } from '../util/error.ts';
import type { Rng } from '../util/rng.ts';
import { ReactionDelay, REACTION_DELAY_DEFAULTS } from './reaction-delay.ts';
import { requireRange } from './require-range.ts';

/**
 * The difficulty of an NPC as three fair settings: it never gets more health, speed or knowledge than
 * the player.
 */
export interface Difficulty {
  /** Shortest and longest reaction time, ms. */
  readonly delayMs: readonly [number, number];
  /** Weight of predictions in its decisions, 0 to 1. */
  readonly trust: number;
  /** Share of its decisions that are drawn uniformly from all available actions, 0 to 1. */
  readonly error: number;
}

/** `hard` is a person at their best: no errors, but a human reaction time. */
export const DIFFICULTIES = {
  easy: { delayMs: [250, 400], trust: 0.35, error: 0.3 },
  normal: { delayMs: [180, 280], trust: 0.7, error: 0.1 },
  hard: { delayMs: [150, 250], trust: 1, error: 0 },
} as const satisfies Record<string, Difficulty>;

export type DifficultyName = keyof typeof DIFFICULTIES;

/** Options of every controller in this folder; a single setting takes precedence over `difficulty`. */
export interface DifficultyOptions {
  /** All three settings, read at every decision, or the name of a preset. Default `hard`. */
  readonly difficulty?: Difficulty | DifficultyName;
  /** Shortest and longest reaction time, ms. */
  readonly delayMs?: readonly [number, number];
  /** A fixed reaction time, ticks; replaces `delayMs`. */
  readonly reactionTicks?: number;
  /** Ticks per second, for `delayMs`. */
  readonly tickRate?: number;
  readonly trust?: number;
  readonly error?: number;
}

/** The settings in the form that controllers use; they change with a `difficulty` that does. */
export interface ResolvedDifficulty {
  /** A fixed number of ticks, or a random delay. */
  readonly reaction: number | ReactionDelay;
  readonly trust: number;
  readonly error: number;
}

/** The settings of a preset, or those given. Throws `bad-config` for an unknown preset. */
export function requireDifficulty(difficulty: Difficulty | DifficultyName): Difficulty {
  const knobs: Difficulty | undefined =
    typeof difficulty === 'string' ? DIFFICULTIES[difficulty] : difficulty;
  if (knobs) return knobs;
  throw new ForesightError(
    'bad-config',
    `There is no difficulty "${String(difficulty)}". Give ${Object.keys(DIFFICULTIES).join(', ')}, or { delayMs, trust, error }.`,
  );
}

/** Throws `bad-config` for an unknown preset or a setting out of its range. */
export function resolveDifficulty(
  options: DifficultyOptions & { readonly rng: Rng },
): ResolvedDifficulty {
  const { reactionTicks, rng } = options;
  const knobs = requireDifficulty(options.difficulty ?? 'hard');
  const ms = (): readonly [number, number] => options.delayMs ?? knobs.delayMs;
  const tickRate = options.tickRate ?? REACTION_DELAY_DEFAULTS.tickRate;
  const resolved: ResolvedDifficulty = {
    reaction: reactionTicks ?? new ReactionDelay({ rng, ms, tickRate }),
    get trust() {
      return options.trust ?? knobs.trust;
    },
    get error() {
      return options.error ?? knobs.error;
    },
  };
  requireRange('trust', resolved.trust, 1);
  requireRange('error', resolved.error, 1);
  return resolved;
}
