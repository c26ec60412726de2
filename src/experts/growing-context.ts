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
 * the steps node by node, so that its counts are few and stay in the cache. A step that is alone in its
 * node has nothing to learn from there, whatever the source: a trial leaves it out.
 */
export class GrowingContext {
  /** The steps that share a last node with others, grouped by node, ascending in each. */
  readonly open: Int32Array;
  /** [steps] the estimate of what came next, above the last nodes. For a step that is not open it is the whole one. */
  readonly above: Float64Array;
  readonly #options: GrowingContextOptions;
  /** The end of each group of `open`. */
  readonly #ends: Int32Array;
  /** By place in `open`: what came next, and the estimate above. */
  readonly #openNext: Uint16Array;
  readonly #openAbove: Float64Array;

  private constructor(options: GrowingContextOptions, above: Float64Array, groups: Groups) {
    this.open = groups.steps;
    this.#options = options;
    this.above = above;
    this.#ends = groups.ends;
    this.#openNext = new Uint16Array(this.open.length);
    this.#openAbove = new Float64Array(this.open.length);
    for (let i = 0; i < this.open.length; i++) {
      this.#openNext[i] = options.next[this.open[i]];
      this.#openAbove[i] = above[this.open[i]];
    }
  }

  /** The context without sources. */
  static empty(options: GrowingContextOptions): GrowingContext {
    const { next, kinds, players } = options;
    const above = new Float64Array(next.length).fill(1 / kinds);
    const steps = Int32Array.from(next, (_, step) => step);
    const all = { steps, ends: Int32Array.of(next.length) };
    return new GrowingContext(options, above, players ? split(all, players) : all);
  }

  /** Writes to `shares`, [steps], the probability that the context with this source added gives to what came next. */
  predict(column: SymbolColumn, shares: Float64Array): void {
    shares.set(this.above);
    const found = new Float64Array(this.open.length);
    this.predictOpen(column, found);
    for (let i = 0; i < found.length; i++) shares[this.open[i]] = found[i];
  }

  /** Writes the same of the open steps alone, by place in `open`. */
  predictOpen(column: SymbolColumn, shares: Float64Array): void {
    this.#visit(column, shares, null);
  }

  /** The context with this source added. */
  longer(column: SymbolColumn): GrowingContext {
    const found = new Float64Array(this.open.length);
    this.#visit(column, null, found);
    const above = this.above.slice();
    for (let i = 0; i < found.length; i++) above[this.open[i]] = found[i];
    const groups = split({ steps: this.open, ends: this.#ends }, column);
    return new GrowingContext(this.#options, above, groups);
  }

  /**
   * Writes the estimates of the longer context to `shares` or, if given, those above its last nodes to `above`,
   * by place in `open`. Without branches on counts: the processor would guess most of them wrong.
   */
  #visit(column: SymbolColumn, shares: Float64Array | null, above: Float64Array | null): void {
    const { kinds, strength = STRENGTH } = this.#options;
    const { symbols, size } = column;
    const [steps, next, estimates] = [this.open, this.#openNext, this.#openAbove];
    // Counts of the node that all steps of a group share.
    const counts = new Int32Array(kinds);
    // Of each node below it, one for each symbol: their sum, how many are not 0, and the counts.
    const width = 2 + kinds;
    const below = new Int32Array(size * width);
    let at = 0;
    for (const end of this.#ends) {
      const begin = at;
      let [total, seen] = [0, 0];
      for (; at < end; at++) {
        const action = next[at];
        const node = symbols[steps[at]] * width;
        const cell = node + 2 + action;
        const [count, countBelow] = [counts[action], below[cell]];
        const [totalBelow, seenBelow] = [below[node], below[node + 1]];
        // 1 where the count is not 0.
        const [isSeen, isSeenBelow] = [-count >>> 31, -countBelow >>> 31];
        const [all, allBelow] = [total + strength, totalBelow + strength];
        const share =
          estimates[at] * ((strength + DISCOUNT * seen) / all) + (count - DISCOUNT * isSeen) / all;
        if (above) above[at] = share;
        else
          shares![at] =
            share * ((strength + DISCOUNT * seenBelow) / allBelow) +
            (countBelow - DISCOUNT * isSeenBelow) / allBelow;
        const isNew = 1 - isSeenBelow;
        below[node] = totalBelow + 1;
        below[node + 1] = seenBelow + isNew;
        below[cell] = countBelow + 1;
        counts[action] = count + isNew;
        total += isNew;
        seen += isNew & (1 - isSeen);
      }
      if (4 * (end - begin) > below.length) {
        below.fill(0);
        counts.fill(0);
        continue;
      }
      for (let i = begin; i < end; i++) {
        const node = symbols[steps[i]] * width;
        counts[next[i]] = below[node] = below[node + 1] = below[node + 2 + next[i]] = 0;
      }
    }
  }
}

/** Steps grouped by node; the end of each group. */
interface Groups {
  readonly steps: Int32Array;
  readonly ends: Int32Array;
}

/** Groups the steps of each group by symbol, without those that are then alone. */
function split({ steps, ends }: Groups, { symbols, size }: SymbolColumn): Groups {
  const sorted = new Int32Array(steps.length);
  const newEnds: number[] = [];
  const places = new Int32Array(size);
  let [begin, place] = [0, 0];
  for (const end of ends) {
    places.fill(0);
    for (let i = begin; i < end; i++) places[symbols[steps[i]]]++;
    for (let symbol = 0; symbol < size; symbol++) {
      const count = places[symbol];
      places[symbol] = count > 1 ? place : -1;
      if (count < 2) continue;
      place += count;
      newEnds.push(place);
    }
    for (let i = begin; i < end; i++) {
      const symbol = symbols[steps[i]];
      if (places[symbol] >= 0) sorted[places[symbol]++] = steps[i];
    }
    begin = end;
  }
  return { steps: sorted.slice(0, place), ends: Int32Array.from(newEnds) };
}
