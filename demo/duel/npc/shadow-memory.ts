import type { Episode } from '../../../src/core.ts';
import { SETTLE_TICKS } from '../action-watcher.ts';
import { DUEL_ACTIONS, DUEL_OBSERVATION, observe } from '../rules/index.ts';
import type { DuelAction, DuelState, Side } from '../rules/index.ts';

/** A recorded change to another action. */
export interface Change {
  readonly to: DuelAction;
  /** Ticks from the action before until its controls were moved. */
  readonly ticks: number;
  /** [fields] what the player saw then. */
  readonly seen: Float32Array;
}

/** Standing and walking are recorded late; all other controls take effect a tick after they were moved. */
const LATE: Readonly<Partial<Record<DuelAction, number>>> = {
  idle: SETTLE_TICKS,
  advance: SETTLE_TICKS,
  retreat: SETTLE_TICKS,
};

/** Attacks that came that much sooner or later after a guard was raised count too, ticks. */
const GUARD_TICKS = 2;

/** A different category counts as much as numbers this many deviations apart (squared, halved). */
const OTHER_CATEGORY = 1.5;

/**
 * What a player did after each action, when, and in which situation. A network predicts the next action from the
 * moment in which the last one began; what the player does then also depends on what happens in between.
 */
export class ShadowMemory {
  readonly #changes: Readonly<Record<string, Change[]>>;
  readonly #deviations: readonly number[];

  constructor(rounds: readonly Episode[]) {
    this.#changes = Object.fromEntries(DUEL_ACTIONS.map((action) => [action, []]));
    for (const { length, actions, ticks, columns } of rounds)
      for (let i = 1; i < length; i++) {
        const to = DUEL_ACTIONS[actions[i]];
        this.#changes[DUEL_ACTIONS[actions[i - 1]]].push({
          to,
          ticks: ticks[i] - ticks[i - 1] - (LATE[to] ?? 1),
          seen: Float32Array.from(columns, (column) => column[i]),
        });
      }
    this.#deviations = DUEL_OBSERVATION.map((_, field) =>
      deviation(rounds.flatMap(({ columns }) => Array.from(columns[field]))),
    );
  }

  /** What followed an action, in the order of the recordings. */
  after(action: DuelAction): readonly Change[] {
    return this.#changes[action];
  }

  /** How often a guard was still up so many ticks after it was raised, when an attack came: 0 to 1. */
  guards(ticks: number): number {
    const near = this.#changes.block.filter((change) => {
      const isAttacked = change.to === 'block-stun' || change.to === 'hit';
      return isAttacked && Math.abs(change.ticks - ticks) <= GUARD_TICKS;
    });
    // With few attacks it is rather up.
    return (near.filter(({ to }) => to === 'block-stun').length + 0.5) / (near.length + 0.5);
  }

  /** How alike two situations are, 0 to 1. */
  likeness(a: Float32Array, b: Float32Array): number {
    let distance = 0;
    DUEL_OBSERVATION.forEach(({ kind }, i) => {
      if (kind === 'number') distance += ((a[i] - b[i]) / this.#deviations[i]) ** 2 / 2;
      else if (a[i] !== b[i]) distance += OTHER_CATEGORY;
    });
    return Math.exp(-distance);
  }
}

/** What the fighter on `side` sees, as in a `Change`. */
export function sees(state: DuelState, side: Side): Float32Array {
  const seen = observe(state, side);
  return Float32Array.from(DUEL_OBSERVATION, (field) =>
    field.kind === 'category'
      ? (field.categories as readonly string[]).indexOf(seen[field.name] as string)
      : Number(seen[field.name]),
  );
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) || 1;
}
