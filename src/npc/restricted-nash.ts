import { solveMatrixGame, worstCase } from './matrix-game.ts';
import type { MatrixGame } from './matrix-game.ts';

export interface RestrictedNashOptions {
  /** [replies][actions] gains of the NPC. */
  readonly gains: readonly Float64Array[];
  /** [actions] probabilities of the other's next action; sum 1. */
  readonly belief: Float64Array;
  /** The most that the NPC may lose, relative to the game's value, against an opponent who knows its mix; >= 0. */
  readonly maxExploitability: number;
  /** Upper limit of the trust in the belief, 0 to 1. */
  readonly maxTrust?: number;
  /** The game without a belief, where it is known. */
  readonly game?: MatrixGame;
}

export const RESTRICTED_NASH_DEFAULTS = { maxTrust: 1 } as const;

/** A mix between the equilibrium and the best reply to a belief. */
export interface RestrictedNash {
  /** [replies] probabilities that sum to 1. */
  readonly mix: Float64Array;
  /** The p it was found for: the trust in the belief, 0 to 1. */
  readonly trust: number;
  /** Its average gain if the belief is right. */
  readonly gain: number;
  /** The game's value minus its own worst case: its loss against an opponent who knows it; >= 0. */
  readonly exploitability: number;
}

/** Differences of gains below this, relative to the payoffs' size, are rounding errors. */
const TINY = 1e-10;
/** More iterations than any table should need: they end when the two ends are neighbours. */
const MAX_ITERATIONS = 50;

/**
 * A restricted Nash response (Johanson, Zinkevich and Bowling, "Computing Robust Counter-Strategies",
 * 2007): the best play against an opponent who follows the belief with probability p, and otherwise does
 * the worst for us. p is the largest, up to `maxTrust`, that keeps the exploitability within its limit.
 * Where the best play jumps at that p, the two ends of the jump are mixed so that the limit is used up;
 * no play within the limit then gains more.
 *
 * The exploitability is never above the limit, and the gain never below that of the equilibrium, up
 * to 1e-9 of the payoffs' size; payoffs that differ by less than that count as equal. Each iteration
 * solves one matrix game: about 0.1 ms for a table of 9 x 9.
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
  // Plotted as gain over exploitability, the best plays form a concave chain of lines from the
  // equilibrium to the best reply. The p that values two of its points alike finds a point above their chord.
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
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
