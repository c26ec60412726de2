import { ForesightError } from '../util/error.ts';
import type { PayoffTable } from './controller.ts';

/** A payoff table as a matrix. */
export interface PayoffMatrix {
  /** The NPC's replies, in the order of the table. */
  readonly replies: readonly string[];
  /** The other's actions in the table, in the order of its first row. */
  readonly actions: readonly string[];
  /** [replies][actions] */
  readonly gains: readonly Float64Array[];
}

/**
 * Checks a payoff table and converts it to a matrix. Throws `bad-config`, naming reply and action, when
 * the table is empty, a cell is missing or not a finite number, a row has a cell that others lack,
 * or an action is not among `known` (the actions of the opponent).
 */
export function readPayoff(payoff: PayoffTable, known?: readonly string[]): PayoffMatrix {
  const replies = Object.keys(payoff);
  const actions = Object.keys(payoff[replies[0]] ?? {});
  if (!actions.length)
    throw new ForesightError(
      'bad-config',
      'The payoff table is empty. Give at least one reply with what it gains against each action: { block: { strike: 1, throw: -1 } }.',
    );
  for (const reply of replies)
    for (const action of new Set([...actions, ...Object.keys(payoff[reply])])) {
      if (known && !known.includes(action))
        throw new ForesightError(
          'bad-config',
          `The payoff of "${reply}" names the action "${action}", which the character does not have. Use its actions: ${known.join(', ')}.`,
        );
      if (!Number.isFinite(payoff[reply][action]) || !actions.includes(action))
        throw new ForesightError(
          'bad-config',
          `The payoff of "${actions.includes(action) ? reply : replies[0]}" against "${action}" is missing or not a number. Fill every row of the table for the same actions.`,
        );
    }
  return {
    replies,
    actions,
    gains: replies.map((reply) => Float64Array.from(actions, (action) => payoff[reply][action])),
  };
}
