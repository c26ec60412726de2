import { mean } from '../../common/interval.ts';
import { ROWS, WINDOW_ENDS } from './measure-player.ts';
import type { PlayerResult, WindowScores } from './measure-player.ts';

/** Actions that a busy player begins in a second. */
const ACTIONS_A_SECOND = 2;

export interface Summary {
  /** Means over the players. */
  readonly rows: Readonly<Record<string, WindowScores>>;
  /** In the last window: for how many players learning on has a lower log-loss than each other row. */
  readonly better: Readonly<Record<string, number>>;
  /** Learning takes so much of one core at 2 actions a second, 0 to 1; and milliseconds an action. */
  readonly coreShare: number;
  readonly learningMs: number;
}

/** Summarises the results of several players. */
export function summarise(players: readonly PlayerResult[]): Summary {
  const [learning, ...others] = ROWS;
  const last = WINDOW_ENDS.length - 1;
  const means = (row: string, score: keyof WindowScores) =>
    WINDOW_ENDS.map((_, window) => mean(players.map(({ rows }) => rows[row][score][window])));
  const learningMs = mean(players.map((player) => player.learningMs));
  return {
    rows: Object.fromEntries(
      ROWS.map((row) => [row, { logLoss: means(row, 'logLoss'), top1: means(row, 'top1') }]),
    ),
    better: Object.fromEntries(
      others.map((row) => [
        row,
        players.filter(({ rows }) => rows[learning].logLoss[last] < rows[row].logLoss[last]).length,
      ]),
    ),
    learningMs,
    coreShare: (learningMs / 1000) * ACTIONS_A_SECOND,
  };
}
