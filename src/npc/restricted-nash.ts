import { solveMatrixGame, worstCase } from './matrix-game.ts';
import type { MatrixGame } from './matrix-game.ts';

export interface RestrictedNashOptions {
  /** [replies][actions] what the NPC gains. */
  readonly gains: readonly Float64Array[];
  /** [actions] what the other will probably do; sums to 1. */
  readonly belief: Float64Array;
  /** What the NPC may lose, at most, on the game's value against one who sees through it; >= 0. */
  readonly maxExploitability: number;
  /** Most that the belief may be trusted, 0 to 1. */
  readonly maxTrust?: number;
  /** The game without a belief, where it is known. */
  readonly game?: MatrixGame;
}

export const RESTRICTED_NASH_DEFAULTS = { maxTrust: 1 } as const;

/** A way to play between the equilibrium and the best reply to a belief. */
export interface RestrictedNash {
  /** [replies] probabilities that sum to 1. */
  readonly mix: Float64Array;
  /** The p it was found for: how far the belief could be trusted, 0 to 1. */
  readonly trust: number;
  /** What it gains on average where the belief is right. */
  readonly gain: number;
  /** The game's value less its own worst case: what it loses to one who sees through it; >= 0. */
  readonly exploitability: number;
}

/** Gains this small, in shares of the payoffs' size, are rounding. */
const TINY = 1e-10;
/** More turns than any table should need: they end when the two ends are neighbours. */
const MOST_TURNS = 50;

/**
 * A restricted Nash response (Johanson, Zinkevich and Bowling, "Computing Robust Counter-Strategies",
 * 2007): the best play against one who with probability p does what we believe, and else the worst
 * for us. p is the largest, up to `maxTrust`, that keeps the exploitability within its limit. Where
 * the best play jumps at that p, the two ends of the jump are mixed so that the limit is used up: no
 * play within the limit gains more then.
 *
 * The exploitability is never above the limit, and the gain never below that of the equilibrium, up
 * to 1e-9 of the payoffs' size; payoffs that differ by less than that count as equal. Each turn solves one matrix game: about 0.1 ms for a table of 9 x 9.
 */
export function restrictedNash(options: RestrictedNashOptions): RestrictedNash {
  const { gains, belief, maxExploitability } = options;
  const maxTrust = options.maxTrust ?? RESTRICTED_NASH_DEFAULTS.maxTrust;
  const game = options.game ?? solveMatrixGame(gains);
  const size = Math.max(...gains.map((row) => Math.max(...row.map(Math.abs))));
  const expected = Float64Array.from(gains, (row) => dot(row, belief));
  const describe = (mix: Float64Array, trust: number): RestrictedNash => ({
    mix,
    trust,
    gain: dot(mix, expected),
    exploitability: Math.max(0, game.value - worstCase(gains, mix)),
  });
  const at = (p: number): RestrictedNash => {
    const mixed = gains.map((row, r) => row.map((gain) => p * expected[r] + (1 - p) * gain));
    return describe(solveMatrixGame(mixed).mix, p);
  };
  const within = ({ exploitability }: RestrictedNash): boolean =>
    exploitability <= maxExploitability + TINY * size;

  let low = describe(game.mix, 0);
  if (!(maxTrust > 0)) return low;
  let high = at(maxTrust);
  if (within(high)) return high;
  // What can be had is a concave chain of lines from the equilibrium to the best reply, exploitability
  // across and gain up. The p that values two of its points alike finds what lies above their chord.
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const risk = high.exploitability - low.exploitability;
    const p = risk / (risk + Math.max(0, high.gain - low.gain));
    const between = at(p);
    const worth = (end: RestrictedNash): number => p * end.gain - (1 - p) * end.exploitability;
    if (worth(between) - worth(low) <= TINY * size) break;
    if (within(between)) low = between;
    else high = between;
  }
  const risk = high.exploitability - low.exploitability;
  const share = Math.max(0, maxExploitability - low.exploitability) / risk;
  // The exploitability is convex and the gain linear in the mix: a mix of the ends stays within.
  const mix = low.mix.map((weight, r) => (1 - share) * weight + share * high.mix[r]);
  const p = risk / (risk + Math.max(0, high.gain - low.gain));
  return describe(mix, Math.min(p, maxTrust));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
