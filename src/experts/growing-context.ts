import { CONTEXT_TREE_DEFAULTS } from './context-tree.ts';

const { discount: DISCOUNT, strength: STRENGTH } = CONTEXT_TREE_DEFAULTS;

export interface GrowingContextOptions {
  /** [steps] what came next, below `kinds`. */
  readonly next: Uint16Array;
  /** How many different things may come next. */
  readonly kinds: number;
  /** Whose step each is, where each player has an own tree; one tree for all unless given. */
  readonly players?: SymbolColumn;
  /** See `ContextTreeOptions`. */
  readonly strength?: number;
}

/** One source read at every step. */
export interface SymbolColumn {
  /** [steps]. */
  readonly symbols: Uint16Array;
  /** Symbols are below this. */
  readonly size: number;
}

/**
 * A context that grows source by source, and how well it predicts each of many steps from the steps
 * before it: bit for bit as a `ContextTree` that learns them one by one, at a small part of the cost when
 * many sources are tried for the next place.
 *
 * A node of the tree counts an action only where it is new to the node below, and it is new there once,
 * whatever lies further below. So a further source changes nothing above the last nodes of the context:
 * the estimate down to there is kept for each step, and a trial counts only the last two levels. It takes
 * the steps node by node, so that its counts are few and stay in the cache.
 */
export class GrowingContext {
  readonly #next: Uint16Array;
  readonly #actions: number;
  readonly #strength: number;
  /** [steps] the estimate of what came next, above the last nodes. */
  readonly #above: Float64Array;
  /** [steps] grouped by last node, ascending in each; and the end of each group. */
  readonly #order: Int32Array;
  readonly #ends: Int32Array;

  private constructor(
    { next, kinds, strength = STRENGTH }: GrowingContextOptions,
    nodes: { readonly above: Float64Array; readonly order: Int32Array; readonly ends: Int32Array },
  ) {
    this.#next = next;
    this.#actions = kinds;
    this.#strength = strength;
    this.#above = nodes.above;
    this.#order = nodes.order;
    this.#ends = nodes.ends;
  }

  /** The context without sources. */
  static empty(options: GrowingContextOptions): GrowingContext {
    const { next, kinds, players } = options;
    const above = new Float64Array(next.length).fill(1 / kinds);
    const all = new GrowingContext(options, {
      above,
      order: Int32Array.from(next, (_, step) => step),
      ends: Int32Array.of(next.length),
    });
    return players ? new GrowingContext(options, { above, ...all.#split(players) }) : all;
  }

  /** Writes to `shares`, [steps], the probability that the context with this source added gives to what came next. */
  predict(column: SymbolColumn, shares: Float64Array): void {
    this.#visit(column, shares);
  }

  /** The context with this source added. */
  longer(column: SymbolColumn): GrowingContext {
    const above = new Float64Array(this.#next.length);
    this.#visit(column, null, above);
    return new GrowingContext(
      { next: this.#next, kinds: this.#actions, strength: this.#strength },
      { above, ...this.#split(column) },
    );
  }

  /** Writes the estimates of the longer context to `shares`, and those above its last nodes to `above`. */
  #visit(
    { symbols, size }: SymbolColumn,
    shares: Float64Array | null,
    above: Float64Array | null = null,
  ): void {
    const [next, actions, order] = [this.#next, this.#actions, this.#order];
    const strength = this.#strength;
    // Of the node that all steps of a group share, and of the nodes below it, one for each symbol.
    const counts = new Int32Array(actions);
    const totals = new Int32Array(size);
    const kinds = new Int32Array(size);
    const below = new Int32Array(size * actions);
    let at = 0;
    for (const end of this.#ends) {
      const begin = at;
      let [total, kindsHere] = [0, 0];
      for (; at < end; at++) {
        const step = order[at];
        const action = next[step];
        const symbol = symbols[step];
        const cell = symbol * actions + action;
        let share = this.#above[step];
        if (total) {
          share *= (strength + DISCOUNT * kindsHere) / (total + strength);
          if (counts[action]) share += (counts[action] - DISCOUNT) / (total + strength);
        }
        if (above) above[step] = share;
        if (shares) {
          const all = totals[symbol];
          if (all) {
            share *= (strength + DISCOUNT * kinds[symbol]) / (all + strength);
            if (below[cell]) share += (below[cell] - DISCOUNT) / (all + strength);
          }
          shares[step] = share;
        }
        totals[symbol]++;
        if (below[cell]++) continue;
        kinds[symbol]++;
        total++;
        if (!counts[action]++) kindsHere++;
      }
      for (let i = begin; i < end; i++) {
        const [action, symbol] = [next[order[i]], symbols[order[i]]];
        counts[action] = totals[symbol] = kinds[symbol] = below[symbol * actions + action] = 0;
      }
    }
  }

  /** Groups the steps by last node and symbol. */
  #split({ symbols, size }: SymbolColumn): { order: Int32Array; ends: Int32Array } {
    const order = new Int32Array(this.#order.length);
    const ends: number[] = [];
    const places = new Int32Array(size);
    let begin = 0;
    for (const end of this.#ends) {
      places.fill(0);
      for (let i = begin; i < end; i++) places[symbols[this.#order[i]]]++;
      let place = begin;
      for (let symbol = 0; symbol < size; symbol++) {
        const count = places[symbol];
        places[symbol] = place;
        place += count;
        if (count) ends.push(place);
      }
      for (let i = begin; i < end; i++) order[places[symbols[this.#order[i]]]++] = this.#order[i];
      begin = end;
    }
    return { order, ends: Int32Array.from(ends) };
  }
}
