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
/**
 * Sources that are tried for a place: those that did best at the place before. On Melee and rock-paper-scissors the
 * one chosen of 55 and 34 was always among the first 13; experts mixed without a network were as good (four random
 * quarters of the sessions left out, 1.553 instead of 1.554 nats and 0.903 either way), and the choice took a third to
 * half of the time.
 */
const SHORTLIST = 16;
/**
 * Nats by which the contexts that count ranks, or those that count actions, may be worse than the others. If they
 * were worse by more they are not tried again.
 */
const FAR_BEHIND = 0.1;
/**
 * From so many contexts on, counting the first, two are short, where any counts ranks: one that counts actions, and
 * one that counts ranks. The search prefers long ones, each of which a player comes to seldom. Mixed experts with 10
 * contexts, without and with short ones: rock-paper-scissors 0.9216 and 0.9172 nats (5 folds; the gain comes after a
 * player's first 50 steps). Where no context counts ranks a short one gained nothing: Melee 1.5854 and 1.5860 (2 of
 * 4 folds), invented players of the duel 1.4072 and 1.4073, and with 6 contexts 1.4077 and 1.4089.
 */
const MANY = 8;
/** The context that is always there: the last actions, newest first. */
const OWN_ACTIONS = [0, 1, 2, 3];

/**
 * Chooses contexts that together predict the next action well. They grow one after the other, source
 * by source; each time the source is added that helps most, by the log-loss of the mean of all
 * contexts' predictions. Every step is predicted before it is learned. The first context is the last
 * actions. Each further one begins with the action and counts actions, or begins empty and counts ranks
 * (`ContextPlan.ranked`), whichever helps more. The last ones, of eight or more, are short where ranks help: the
 * newest action or its rank, and the category or yes/no field that helps most.
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
  const newestRank = sources.findIndex(({ kind }) => kind === 'recency');
  const own = new Contexts(trees(next), { columns, depth, first: [0], newest: 0 });
  const ranked = new Contexts(trees(ranks), { columns, depth, first: [], newest: newestRank });
  own.add(OWN_ACTIONS, growth);
  let tried = [own, ranked];
  const search = (until: () => number): void => {
    while (growth.contexts < until()) {
      const found = tried.map((contexts) => ({ contexts, ...contexts.best(growth) }));
      const best = found.reduce((a, b) => (b.loss < a.loss ? b : a));
      best.contexts.add(best.context, growth);
      tried = found.flatMap(({ contexts, loss }) =>
        loss < best.loss + FAR_BEHIND ? contexts : [],
      );
    }
  };
  const all = wanted + 1;
  const kept = (): Contexts[] => (all < MANY || !ranked.all.length ? [] : [own, ranked]);
  search(() => all - kept().length);
  const places = [...sources.keys()].filter((source) => isPlace(sources[source]));
  for (const contexts of kept()) if (growth.contexts < all) contexts.addShort(places, growth);
  search(() => all);
  return onlyUsed(sources, own.all, ranked.all);
}

/** Whether a source is a category or yes/no field now. */
const isPlace = (source: SymbolSource): boolean => source.kind === 'place' && !source.back;

/** How the contexts so far predict together. */
class Growth {
  /** By kind of tree, [steps] sum over the contexts of the probability of what came next. */
  readonly sums: readonly Float64Array[];
  contexts = 0;

  constructor(steps: number) {
    this.sums = WEIGHTS.map(() => new Float64Array(steps));
  }

  add(grown: readonly GrowingContext[], column: SymbolColumn): void {
    this.sums.forEach((sums, kind) => {
      const shares = new Float64Array(sums.length);
      grown[kind].predict(column, shares);
      for (let step = 0; step < sums.length; step++) sums[step] += shares[step];
    });
    this.contexts++;
  }
}

/** How they predict with one more, which begins like `grown` and ends with any source. */
class Trial {
  readonly #grown: readonly GrowingContext[];
  /** By kind of tree, the sums of the open steps (`GrowingContext.open`), by place. */
  readonly #sums: readonly Float64Array[];
  readonly #contexts: number;
  readonly #steps: number;
  /** Log-loss of the other steps, weighted; it does not depend on the source. */
  readonly #settled: number;
  readonly #shares: Float64Array;

  constructor(grown: readonly GrowingContext[], { sums, contexts }: Growth) {
    this.#grown = grown;
    this.#contexts = contexts + 1;
    this.#steps = sums[0].length;
    this.#shares = new Float64Array(this.#steps);
    let settled = 0;
    this.#sums = grown.map(({ above, open }, kind) => {
      const all = sums[kind];
      const ofOpen = new Float64Array(open.length);
      for (let step = 0; step < all.length; step++) this.#shares[step] = all[step] + above[step];
      for (let i = 0; i < open.length; i++) {
        ofOpen[i] = all[open[i]];
        // The mean is then 1, which is no loss.
        this.#shares[open[i]] = this.#contexts;
      }
      settled += WEIGHTS[kind] * this.#lossOf(this.#shares);
      return ofOpen;
    });
    this.#settled = settled;
  }

  /** Mean log-loss, nats. */
  loss(column: SymbolColumn): number {
    let loss = this.#settled;
    for (let kind = 0; kind < this.#grown.length; kind++) {
      const sums = this.#sums[kind];
      const shares = this.#shares.subarray(0, sums.length);
      this.#grown[kind].predictOpen(column, shares);
      for (let i = 0; i < sums.length; i++) shares[i] += sums[i];
      loss += WEIGHTS[kind] * this.#lossOf(shares);
    }
    return loss / Math.max(1, this.#steps);
  }

  /** Log-loss of the means of these sums over all contexts, nats. */
  #lossOf(sums: Float64Array): number {
    // Logarithms are slow: of many steps at once.
    let [loss, product] = [0, 1];
    for (let i = 0; i < sums.length; i++) {
      product *= sums[i] / this.#contexts;
      if (product > 1e-200) continue;
      loss -= Math.log(product);
      product = 1;
    }
    return loss - Math.log(product);
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
  /** The newest action, or its rank. */
  readonly newest: number;
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
    let sources = [...columns.keys()].filter((source) => !first.includes(source));
    while (context.length < depth && sources.length) {
      const trial = new Trial(grown, growth);
      const tried = sources.map((source) => ({ source, loss: trial.loss(columns[source]) }));
      for (const one of tried)
        if (
          one.loss < (best?.loss ?? Infinity) - WORTHWHILE &&
          !this.#has([...context, one.source])
        )
          best = { context: [...context, one.source], loss: one.loss };
      const [found, ...others] = tried.slice().sort((a, b) => a.loss - b.loss);
      if (best && !(found.loss < loss - WORTHWHILE)) break;
      context.push(found.source);
      loss = found.loss;
      grown = grown.map((one) => one.longer(columns[found.source]));
      sources = others
        .slice(0, SHORTLIST)
        .map(({ source }) => source)
        .sort((a, b) => a - b);
    }
    return best ?? { context, loss };
  }

  /** Adds the newest action or rank with the best of these sources, or alone; nothing where that is there already. */
  addShort(sources: readonly number[], growth: Growth): void {
    const { columns, newest } = this.#materials;
    const trial = new Trial(this.#grow([newest]), growth);
    let [best, lowest]: [readonly number[], number] = [[newest], Infinity];
    for (const source of sources) {
      const loss = trial.loss(columns[source]);
      if (loss < lowest) [best, lowest] = [[newest, source], loss];
    }
    if (!this.#has(best)) this.add(best, growth);
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
