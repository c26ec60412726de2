import type { Difficulty } from './difficulty.ts';
import { DIFFICULTIES } from './difficulty.ts';
import { requireRange } from './require-range.ts';

export interface FairDifficultyOptions {
  /** The share of the outcomes that the NPC is to win, 0 to 1. */
  readonly target?: number;
  /** An outcome moves the strength by step x (target - outcome). Rounds need larger steps than hits. */
  readonly step?: number;
  /** The step as long as all outcomes are on one side of the target; finds the player's skill sooner. */
  readonly firstStep?: number;
  /** Where it begins, 0 = easiest to 1 = hardest. */
  readonly start?: number;
  /** It is never easier, and never harder, than these. */
  readonly easiest?: Difficulty;
  readonly hardest?: Difficulty;
}

export const FAIR_DIFFICULTY_DEFAULTS: Required<FairDifficultyOptions> = {
  target: 0.5,
  step: 0.3,
  firstStep: 0.6,
  start: 0.4,
  easiest: { delayMs: [300, 450], trust: 0, error: 1 },
  hardest: DIFFICULTIES.hard,
};

/**
 * A difficulty that follows the player, so that both win their share: the easier the more the NPC wins.
 * Give it to a controller as `difficulty`, and `add` the outcome of every round. A controller reads it at
 * every decision.
 *
 * The weighted up-down method of psychophysics (Kaernbach, "Simple adaptive testing with the weighted
 * up-down method", 1991): each outcome moves the strength by step x (target - outcome), up to the bounds.
 * Between the bounds, the mean of n outcomes is therefore off the target by exactly (strength before - strength
 * after) / (n x step). As long as all outcomes are on one side of the target, the player is still far from the
 * strength, so the steps are larger until that changes (after Kesten, "Accelerated stochastic approximation",
 * 1958). They do not shrink further, because players learn.
 *
 * Counting the duel's hits as well as its rounds balanced the health that both lost, but not the rounds: the NPC
 * then won 28 to 63 % of them. With at most 80 % errors the weakest players met the bound. Deterministic: the same outcomes give the same difficulty.
 */
export class FairDifficulty implements Difficulty {
  readonly #options: Required<FairDifficultyOptions>;
  #strength: number;
  /** The side of the target of the last outcome, and whether both sides have occurred. */
  #side = 0;
  #settled = false;

  /** Throws `bad-config` for an option out of its range. */
  constructor(options: FairDifficultyOptions = {}) {
    const all = { ...FAIR_DIFFICULTY_DEFAULTS, ...options };
    for (const name of ['target', 'step', 'firstStep', 'start'] as const)
      requireRange(name, all[name], 1);
    for (const bound of ['easiest', 'hardest'] as const)
      for (const name of ['trust', 'error'] as const)
        requireRange(`${name} of ${bound}`, all[bound][name], 1);
    this.#options = all;
    this.#strength = all.start;
  }

  /** 0 = the easiest to 1 = the hardest. */
  get strength(): number {
    return this.#strength;
  }

  get delayMs(): readonly [number, number] {
    const { easiest, hardest } = this.#options;
    return [0, 1].map((end) => this.#between(easiest.delayMs[end], hardest.delayMs[end])) as [
      number,
      number,
    ];
  }

  get trust(): number {
    return this.#between(this.#options.easiest.trust, this.#options.hardest.trust);
  }

  get error(): number {
    return this.#between(this.#options.easiest.error, this.#options.hardest.error);
  }

  /** Counts an outcome for the NPC: 1 = it won, 0 = it lost, 0.5 = neither. */
  add(outcome: number): void {
    requireRange('outcome', outcome, 1);
    const { target, step, firstStep } = this.#options;
    const side = Math.sign(target - outcome);
    this.#settled ||= side * this.#side < 0;
    if (side) this.#side = side;
    const moved = this.#strength + (this.#settled ? step : firstStep) * (target - outcome);
    this.#strength = Math.min(1, Math.max(0, moved));
  }

  /** Forgets all outcomes: for another player. */
  reset(): void {
    this.#strength = this.#options.start;
    this.#side = 0;
    this.#settled = false;
  }

  #between(easiest: number, hardest: number): number {
    return easiest + (hardest - easiest) * this.#strength;
  }
}
