import type { Episode } from '../../../src/core.ts';
import { DUEL_ACTIONS } from '../rules/index.ts';

/** Consecutive actions of one round, as numbers that a classifier can compare. */
export interface PlayWindow {
  /** Number of the round, from 0. */
  readonly round: number;
  /** In the second half of its round. */
  readonly late: boolean;
  readonly actions: Uint16Array;
  /** Ticks for which each action lasted. */
  readonly lasted: Int32Array;
}

/** Actions in a window. */
export const WINDOW_LENGTH = 20;

/** Pairs of neighbouring actions that count as features. */
const PAIRS = 60;

const ACTIONS = DUEL_ACTIONS.length;

/** Cuts rounds into windows, without overlap. What is left at the end of a round is not used. */
export function cutWindows(rounds: readonly Episode[]): PlayWindow[] {
  return rounds.flatMap(({ length, actions, ticks, endTick }, round) => {
    const count = Math.floor(length / WINDOW_LENGTH);
    return Array.from({ length: count }, (_window, i): PlayWindow => {
      const [from, to] = [i * WINDOW_LENGTH, (i + 1) * WINDOW_LENGTH];
      const ends = Array.from({ length: WINDOW_LENGTH }, (_, j) => ticks[from + j + 1] ?? endTick);
      return {
        round,
        late: i >= count / 2,
        actions: actions.slice(from, to),
        lasted: Int32Array.from(ends, (end, j) => end - ticks[from + j]),
      };
    });
  });
}

/**
 * Features [windows, 2 A + 60] of windows: how often each of the A actions begins, its mean duration, and the
 * counts of the pairs that are commonest in all of them.
 */
export function windowFeatures(windows: readonly PlayWindow[]): number[][] {
  const pairsOf = ({ actions }: PlayWindow): number[] =>
    Array.from(actions.subarray(1), (action, i) => actions[i] * ACTIONS + action);
  const totals = new Map<number, number>();
  for (const pair of windows.flatMap(pairsOf)) totals.set(pair, (totals.get(pair) ?? 0) + 1);
  const commonest = [...totals].sort(([a, m], [b, n]) => n - m || a - b).slice(0, PAIRS);
  const columns = new Map(commonest.map(([pair], i) => [pair, 2 * ACTIONS + i]));
  return windows.map((window) => {
    const row = Array.from({ length: 2 * ACTIONS + PAIRS }, () => 0);
    window.actions.forEach((action, i) => {
      row[action]++;
      row[ACTIONS + action] += window.lasted[i];
    });
    for (let action = 0; action < ACTIONS; action++)
      row[ACTIONS + action] /= Math.max(1, row[action]);
    for (const pair of pairsOf(window)) {
      const column = columns.get(pair);
      if (column !== undefined) row[column]++;
    }
    return row;
  });
}
