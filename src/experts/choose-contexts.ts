import { columnsOf } from '../record/columns.ts';
import type { Episode } from '../record/episode.ts';
import { playerOf, stepAt } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { EXPERT_KINDS } from './expert-kinds.ts';
import { GrowingContext } from './growing-context.ts';
import type { SymbolColumn } from './growing-context.ts';
import { listSources } from './list-sources.ts';
import { SymbolHistory } from './symbol-history.ts';
import type { ContextPlan, SymbolSource } from './symbol-source.ts';

export interface ChooseContextsOptions {
  /** Contexts in addition to the one of the last actions alone. */
  readonly contexts?: number;
  /** Sources of a context at most. */
  readonly depth?: number;
}

export const CHOOSE_CONTEXTS_DEFAULTS: Required<ChooseContextsOptions> = { contexts: 8, depth: 5 };

/**
 * How much the tree of all players, and those of each player alone, count in the choice. The second likes short
 * contexts. Log-loss of the mixed experts, nats: on
 * three folds of rock-paper-scissors 0.908 at 0, 0.905 at 0.25 and 0.904 at 0.5; on two of Melee 1.596 at 0.25
 * and 1.598 at 0.5.
 */
const WEIGHTS = [0.75, 0.25] as const;
/** Nats that a further source must gain. */
const WORTHWHILE = 5e-4;
/** The context that is always there: the last actions, newest first. */
const OWN_ACTIONS = [0, 1, 2, 3];

/**
 * Chooses contexts that together predict the next action well. They grow one after the other, source
 * by source; each time the source is added that helps most, by the log-loss of the mean of all
 * contexts' predictions. Every step is predicted before it is learned. The first context is the last
 * actions. Each further one begins with the action and counts actions, or begins empty and counts ranks
 * (`ContextPlan.ranked`), whichever helps more.
 *
 * On the 24 Melee episodes (58 sources, cross-validated by game, a network of 64 units on top): 1.528
 * nats, against 1.533 with contexts made by hand, and 1.529 when contexts were judged by the product
 * of their predictions, which took ten times as long.
 */
export function chooseContexts(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  options: ChooseContextsOptions = {},
): ContextPlan {
  const { contexts: wanted, depth } = { ...CHOOSE_CONTEXTS_DEFAULTS, ...options };
  const sources = listSources(spec, episodes);
  const { columns, next, ranks, players } = readSymbols(spec, episodes, sources);
  const kinds = spec.action.actions.length;
  const growth = new Growth(next.length);
  const trees = (came: Uint16Array): GrowingContext[] => [
    GrowingContext.empty({ next: came, kinds }),
    GrowingContext.empty({ next: came, kinds, players, strength: EXPERT_KINDS[1].tree.strength }),
  ];
  const own = new Contexts(trees(next), { columns, depth, first: [0] });
  const ranked = new Contexts(trees(ranks), { columns, depth, first: [] });
  own.add(OWN_ACTIONS, growth);
  for (let i = 0; i < wanted; i++) {
    const tried = [own, ranked].map((contexts) => ({ contexts, ...contexts.best(growth) }));
    const { contexts, context } = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
    contexts.add(context, growth);
  }
  return onlyUsed(sources, own.all, ranked.all);
}

/** How the contexts so far predict together, and with one more. */
class Growth {
  /** By kind of tree, [steps] sum over the contexts of the probability of what came next. */
  readonly #sums: readonly Float64Array[];
  #contexts = 0;
  /** [steps] the same of the context that is tried. */
  readonly #shares: Float64Array;

  constructor(steps: number) {
    this.#sums = WEIGHTS.map(() => new Float64Array(steps));
    this.#shares = new Float64Array(steps);
  }

  add(grown: readonly GrowingContext[], column: SymbolColumn): void {
    grown.forEach((one, kind) => {
      one.predict(column, this.#shares);
      const sums = this.#sums[kind];
      for (let step = 0; step < sums.length; step++) sums[step] += this.#shares[step];
    });
    this.#contexts++;
  }

  /** Mean log-loss, nats, with one more context. */
  lossWith(grown: readonly GrowingContext[], column: SymbolColumn): number {
    const shares = this.#shares;
    const contexts = this.#contexts + 1;
    let loss = 0;
    grown.forEach((one, kind) => {
      one.predict(column, shares);
      const sums = this.#sums[kind];
      // Logarithms are slow: of many steps at once.
      let product = 1;
      for (let step = 0; step < sums.length; step++) {
        product *= (shares[step] + sums[step]) / contexts;
        if (product > 1e-200) continue;
        loss -= WEIGHTS[kind] * Math.log(product);
        product = 1;
      }
      loss -= WEIGHTS[kind] * Math.log(product);
    });
    return loss / shares.length;
  }
}

/** What contexts of one kind are made of. */
interface Materials {
  /** By source. */
  readonly columns: readonly SymbolColumn[];
  /** Sources of a context at most. */
  readonly depth: number;
  /** The sources that each context begins with. */
  readonly first: readonly number[];
}

/** A context that is not added yet, and the mean log-loss with it. */
interface Candidate {
  readonly context: readonly number[];
  readonly loss: number;
}

/** The contexts that count actions, or those that count ranks. */
class Contexts {
  readonly all: (readonly number[])[] = [];
  readonly #empty: readonly GrowingContext[];
  readonly #materials: Materials;

  constructor(empty: readonly GrowingContext[], materials: Materials) {
    this.#empty = empty;
    this.#materials = materials;
  }

  add(context: readonly number[], growth: Growth): void {
    this.all.push(context);
    const { columns } = this.#materials;
    growth.add(this.#grow(context.slice(0, -1)), columns[context[context.length - 1]]);
  }

  /** The context to add next: one that is not there yet, if there is any. */
  best(growth: Growth): Candidate {
    const { columns, depth, first } = this.#materials;
    const context = [...first];
    let grown = this.#grow(first);
    let loss = Infinity;
    let best: Candidate | null = null;
    while (context.length < depth) {
      let [found, least] = [-1, Infinity];
      for (let source = 0; source < columns.length; source++) {
        if (context.includes(source)) continue;
        const tried = growth.lossWith(grown, columns[source]);
        if (tried < least) [found, least] = [source, tried];
        if (tried < (best?.loss ?? Infinity) - WORTHWHILE && !this.#has([...context, source]))
          best = { context: [...context, source], loss: tried };
      }
      if (found < 0 || (best && !(least < loss - WORTHWHILE))) break;
      context.push(found);
      loss = least;
      grown = grown.map((one) => one.longer(columns[found]));
    }
    return best ?? { context, loss };
  }

  /** Whether there is a context of the same sources, in any order. */
  #has(context: readonly number[]): boolean {
    return this.all.some(
      (one) => one.length === context.length && one.every((source) => context.includes(source)),
    );
  }

  #grow(context: readonly number[]): readonly GrowingContext[] {
    const { columns } = this.#materials;
    return this.#empty.map((empty) =>
      context.reduce((grown, source) => grown.longer(columns[source]), empty),
    );
  }
}

/** What all sources read at every step that has a successor, and the actions that came next. */
function readSymbols(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  sources: readonly SymbolSource[],
): { columns: SymbolColumn[]; next: Uint16Array; ranks: Uint16Array; players: SymbolColumn } {
  const steps = episodes.reduce((sum, { length }) => sum + Math.max(0, length - 1), 0);
  const all = sources.map(() => new Uint16Array(steps));
  const next = new Uint16Array(steps);
  const ranks = new Uint16Array(steps);
  const whose = new Uint16Array(steps);
  const known = new Map<string, number>();
  const history = new SymbolHistory(sources, columnsOf(spec).length);
  let at = 0;
  for (const episode of episodes) {
    history.reset();
    const player = playerOf(episode);
    if (!known.has(player)) known.set(player, known.size);
    whose.fill(known.get(player) ?? 0, at, at + Math.max(0, episode.length - 1));
    for (let i = 0; i + 1 < episode.length; i++, at++) {
      history.push(stepAt(episode, i));
      for (let s = 0; s < sources.length; s++) all[s][at] = history.symbols[s];
      next[at] = episode.actions[i + 1];
      ranks[at] = history.order.rankOf(next[at]);
    }
  }
  const columns = all.map((symbols) => ({
    symbols,
    size: 1 + symbols.reduce((a, b) => (b > a ? b : a), 0),
  }));
  return { columns, next, ranks, players: { symbols: whose, size: Math.max(1, known.size) } };
}

/** The plan without the sources that no context uses. */
function onlyUsed(
  sources: readonly SymbolSource[],
  counting: readonly (readonly number[])[],
  ranked: readonly (readonly number[])[],
): ContextPlan {
  const contexts = [...counting, ...ranked];
  const used = [...new Set(contexts.flat())].sort((a, b) => a - b);
  return {
    sources: used.map((source) => sources[source]),
    contexts: contexts.map((context) => context.map((source) => used.indexOf(source))),
    ...(ranked.length && { ranked: ranked.length }),
  };
}
