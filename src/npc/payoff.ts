import { ForesightError } from '../util/error.ts';

/**
 * payoff[reply][action]: what the NPC gains, in the game's own unit, when it plays `reply` and the other
 * plays `action`. Every row has the same columns. Actions that the table leaves out do not count.
 */
export type PayoffTable<R extends string = string, A extends string = string> = Readonly<
  Record<R, Readonly<Record<A, number>>>
>;

/** The type of a row or column whose name is neither a reply nor an action: no number or row fits it. */
export interface UnknownName<Name> {
  readonly isUnknown: Name;
}

type Checked<Name, Known extends string, Value> = string extends Name
  ? Value
  : Name extends Known
    ? Value
    : UnknownName<Name>;

/**
 * What a payoff table `P` must fit besides `PayoffTable`, so that a name which is no reply in `R` or no
 * action in `A` does not compile: TypeScript alone lets surplus names of a declared constant pass.
 */
export type ExactPayoff<P, R extends string, A extends string> = {
  readonly [Row in keyof P]: Checked<
    Row,
    R,
    { readonly [Column in keyof P[Row]]: Checked<Column, A, number> }
  >;
};

/** A payoff table as a matrix. */
export interface PayoffMatrix {
  /** The NPC's replies, in the order of the table. */
  readonly replies: readonly string[];
  /** The other's actions in the table, in the order of its first row. */
  readonly actions: readonly string[];
  /** [replies][actions] */
  readonly gains: readonly Float64Array[];
}

/** The names that a payoff table may use; any when absent. */
export interface KnownNames {
  readonly replies?: readonly string[];
  /** The actions of the opponent. */
  readonly actions?: readonly string[];
}

/**
 * Checks a payoff table and converts it to a matrix. Throws `bad-config`, naming reply and action, when
 * the table is empty, a cell is missing or not a finite number, a row has a cell that others lack,
 * or a reply or an action is unknown.
 */
export function readPayoff(payoff: PayoffTable, known: KnownNames = {}): PayoffMatrix {
  const replies = Object.keys(payoff);
  const actions = Object.keys(payoff[replies[0]] ?? {});
  if (!actions.length)
    throw new ForesightError(
      'bad-config',
      'The payoff table is empty. Give at least one reply with what it gains against each action: { block: { strike: 1, throw: -1 } }.',
    );
  for (const reply of replies) {
    if (known.replies && !known.replies.includes(reply))
      throw new ForesightError(
        'bad-config',
        `The payoff table has a row "${reply}", which is no reply. Use ${known.replies.join(', ')}, or name the actions of the NPC in the option "replies".`,
      );
    for (const action of new Set([...actions, ...Object.keys(payoff[reply])])) {
      if (known.actions && !known.actions.includes(action))
        throw new ForesightError(
          'bad-config',
          `The payoff of "${reply}" names the action "${action}", which the character does not have. Use its actions: ${known.actions.join(', ')}.`,
        );
      if (!Number.isFinite(payoff[reply][action]) || !actions.includes(action))
        throw new ForesightError(
          'bad-config',
          `The payoff of "${actions.includes(action) ? reply : replies[0]}" against "${action}" is missing or not a number. Fill every row of the table for the same actions.`,
        );
    }
  }
  return {
    replies,
    actions,
    gains: replies.map((reply) => Float64Array.from(actions, (action) => payoff[reply][action])),
  };
}
