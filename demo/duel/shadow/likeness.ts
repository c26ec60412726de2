import type { Episode } from '../../../src/core.ts';
import { jensenShannon, sharesOfEach } from '../../common/divergence.ts';
import { DUEL_OBSERVATION } from '../rules/index.ts';

/** Upper edges of bins of durations, ticks, and of distances, px. */
const TICK_EDGES = [3, 6, 9, 12, 16, 20, 25, 30, 40, 50, 70, 100] as const;
const DISTANCE_EDGES = [50, 62, 80, 100, 130, 170, 220, 300] as const;

const fieldOf = (name: (typeof DUEL_OBSERVATION)[number]['name']): number =>
  DUEL_OBSERVATION.findIndex((field) => field.name === name);
const [DISTANCE, OUTCOME, OPPONENT, LEFT] = (
  ['distance', 'outcome', 'opponentAction', 'secondsLeft'] as const
).map(fieldOf);

const bin = (value: number, edges: readonly number[]): number =>
  edges.filter((edge) => value > edge).length;

/** What is compared: for each, the symbol of the step that begins at `i`. */
const SYMBOLS = {
  actions: ({ actions }, i) => `${actions[i]}`,
  pairs: ({ actions }, i) => (i < 1 ? null : actions.subarray(i - 1, i + 1).join()),
  triples: ({ actions }, i) => (i < 2 ? null : actions.subarray(i - 2, i + 1).join()),
  timing: ({ actions, ticks, endTick }, i) =>
    `${actions[i]} ${bin((ticks[i + 1] ?? endTick) - ticks[i], TICK_EDGES)}`,
  /** Distance in each ten seconds of a round. */
  position: ({ columns }, i) =>
    `${bin(columns[DISTANCE][i], DISTANCE_EDGES)} ${Math.floor(columns[LEFT][i] / 10)}`,
  /** What it does after an outcome while the opponent does something. */
  replies: ({ actions, columns }, i) =>
    `${columns[OUTCOME][i]} ${columns[OPPONENT][i]} ${actions[i]}`,
} as const satisfies Record<string, (round: Episode, i: number) => string | null>;

export type Likeness = Readonly<Record<keyof typeof SYMBOLS, number>>;

export const LIKENESS = Object.keys(SYMBOLS) as (keyof typeof SYMBOLS)[];

/** Jensen-Shannon divergences between the rounds of two fighters, nats: 0 = the same, 0.69 = nothing in common. */
export function likeness(a: readonly Episode[], b: readonly Episode[]): Likeness {
  const shares = (rounds: readonly Episode[], kind: keyof Likeness) =>
    sharesOfEach(
      rounds.flatMap((round) =>
        Array.from(round.actions, (_, i) => SYMBOLS[kind](round, i)).filter((s) => s !== null),
      ),
    );
  return Object.fromEntries(
    LIKENESS.map((kind) => [kind, jensenShannon(shares(a, kind), shares(b, kind))]),
  ) as Likeness;
}
