import { timeBin } from '../dataset/time-bins.ts';
import type { Episode } from '../record/episode.ts';
import { stepAt } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { concat } from '../util/concat.ts';
import type { Slices } from '../util/slices.ts';
import { chooseContexts } from './choose-contexts.ts';
import { ContextTree } from './context-tree.ts';
import { ExpertMixer } from './expert-mixer.ts';
import { SymbolHistory } from './symbol-history.ts';
import { countsRanks, expertCount } from './symbol-source.ts';
import type { ContextPlan } from './symbol-source.ts';

/** Steps of one session in an ExpertTable. */
export interface TableSession {
  readonly session: string;
  readonly steps: number;
}

/**
 * What the population's experts learned from: at every step that has a successor, the symbols of the
 * plan's sources and the action that came next. The counts are made from it (`growTrees`), so that any
 * session can be left out of them.
 */
export interface ExpertTable {
  readonly plan: ContextPlan;
  /** In the order of the rows. */
  readonly sessions: readonly TableSession[];
  /** [steps, sources]. */
  readonly symbols: Uint16Array;
  /** [steps]. */
  readonly next: Uint16Array;
  /** [steps] the rank that it had (`RecencyOrder`); empty where no context counts ranks. */
  readonly ranks: Uint16Array;
  /** [steps] bin of the time until it came (EncoderStatistics.timeEdges). */
  readonly times: Uint8Array;
  /** Weights of the mixer that needs no network; see `ExpertMixer`. */
  readonly mixer: Float32Array;
}

export interface FitExpertsOptions {
  /** How many contexts to choose. */
  readonly contexts: number;
  /** Upper edges of the bins of time, ticks. */
  readonly timeEdges: readonly number[];
}

/** Chooses contexts on the episodes and makes their table. The mixer is not fitted yet. */
export function fitExperts(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  { contexts, timeEdges }: FitExpertsOptions,
): ExpertTable {
  const plan = chooseContexts(spec, episodes, { contexts: contexts - 1 });
  const used = episodes.filter(({ length }) => length > 1);
  const sessions = used.map(({ session, length }) => ({ session, steps: length - 1 }));
  const sizes = { experts: expertCount(plan), actions: spec.action.actions.length };
  const { weights: mixer } = new ExpertMixer(sizes);
  return { plan, sessions, ...noteRows(plan, used, timeEdges), mixer };
}

type TableRows = Pick<ExpertTable, 'symbols' | 'next' | 'ranks' | 'times'>;

/** The rows of a table of these episodes, one for each step that has a successor. */
export function noteRows(
  { sources, ranked }: ContextPlan,
  episodes: readonly Episode[],
  timeEdges: readonly number[],
): TableRows {
  const steps = episodes.reduce((sum, { length }) => sum + length - 1, 0);
  const symbols = new Uint16Array(steps * sources.length);
  const next = new Uint16Array(steps);
  const ranks = new Uint16Array(ranked ? steps : 0);
  const times = new Uint8Array(steps);
  let at = 0;
  for (const episode of episodes) {
    const history = new SymbolHistory(sources, episode.columns.length);
    for (let i = 0; i + 1 < episode.length; i++, at++) {
      history.push(stepAt(episode, i));
      symbols.set(history.symbols, at * sources.length);
      next[at] = episode.actions[i + 1];
      if (ranked) ranks[at] = history.order.rankOf(next[at]);
      times[at] = timeBin(timeEdges, episode.ticks[i + 1] - episode.ticks[i]);
    }
  }
  return { symbols, next, ranks, times };
}

/** The table without those sessions. */
export function withoutSessions(table: ExpertTable, left: ReadonlySet<string>): ExpertTable {
  const width = table.plan.sources.length;
  const parts: TableRows[] = [];
  let at = 0;
  for (const { session, steps } of table.sessions) {
    if (!left.has(session))
      parts.push({
        symbols: table.symbols.subarray(at * width, (at + steps) * width),
        next: table.next.subarray(at, at + steps),
        ranks: table.ranks.subarray(at, at + steps),
        times: table.times.subarray(at, at + steps),
      });
    at += steps;
  }
  return {
    ...table,
    sessions: table.sessions.filter(({ session }) => !left.has(session)),
    symbols: concat(
      parts.map(({ symbols }) => symbols),
      Uint16Array,
    ),
    next: concat(
      parts.map(({ next }) => next),
      Uint16Array,
    ),
    ranks: concat(
      parts.map(({ ranks }) => ranks),
      Uint16Array,
    ),
    times: concat(
      parts.map(({ times }) => times),
      Uint8Array,
    ),
  };
}

/** The table's newest `steps` rows, or the whole table if it has no more. */
export function newestRows(table: ExpertTable, steps: number): ExpertTable {
  const left = Math.max(0, table.next.length - steps);
  if (!left) return table;
  const sessions: TableSession[] = [];
  let end = 0;
  for (const one of table.sessions) {
    end += one.steps;
    if (end > left) sessions.push({ ...one, steps: Math.min(one.steps, end - left) });
  }
  return {
    ...table,
    sessions,
    symbols: table.symbols.slice(left * table.plan.sources.length),
    next: table.next.slice(left),
    ranks: table.ranks.slice(left),
    times: table.times.slice(left),
  };
}

/** Experts' counts: one tree for each context of a plan, for actions and for bins of time. */
export interface ExpertTrees {
  readonly actions: readonly ContextTree[];
  /** Empty where time has no bins. */
  readonly times: readonly ContextTree[];
}

/** Numbers of actions, and of bins of time; 0 = time is not predicted. */
export interface ExpertSizes {
  readonly actions: number;
  readonly timeBins: number;
}

const grown = new WeakMap<ExpertTable, ExpertTrees>();

/** `growTrees`, once for each table. The trees are shared: only read them. */
export function* populationOf(table: ExpertTable, sizes: ExpertSizes): Slices<ExpertTrees> {
  let trees = grown.get(table);
  if (!trees) grown.set(table, (trees = yield* growTrees(table, sizes)));
  return trees;
}

/** Rows that are counted in a slice, each for one context. */
const ROWS_AT_ONCE = 256;

/** New trees with the counts of the table. */
export function* growTrees(
  table: ExpertTable,
  { actions, timeBins }: ExpertSizes,
): Slices<ExpertTrees> {
  const { contexts } = table.plan;
  const empty = (kinds: number) =>
    kinds ? contexts.map(() => new ContextTree({ actions: kinds })) : [];
  const trees = { actions: empty(actions), times: empty(timeBins) };
  const { length: steps } = table.next;
  for (const k of contexts.keys())
    for (let from = 0; from < steps; from += ROWS_AT_ONCE) {
      if (from) yield;
      countRows(trees, table, { k, from, end: Math.min(from + ROWS_AT_ONCE, steps), how: 'learn' });
    }
  return trees;
}

/** Takes sessions of the table out of trees that have counted them, or counts them again. */
export function countSessions(
  trees: ExpertTrees,
  table: ExpertTable,
  { sessions, how }: { readonly sessions: ReadonlySet<string>; readonly how: Counting },
): void {
  let from = 0;
  for (const { session, steps } of table.sessions) {
    const end = from + steps;
    if (sessions.has(session))
      for (const k of table.plan.contexts.keys()) countRows(trees, table, { k, from, end, how });
    from = end;
  }
}

type Counting = 'learn' | 'unlearn';

interface CountedRows {
  /** Index of the context. */
  readonly k: number;
  readonly from: number;
  readonly end: number;
  readonly how: Counting;
}

function countRows(
  trees: ExpertTrees,
  { plan, symbols, next, ranks, times }: ExpertTable,
  { k, from, end, how }: CountedRows,
): void {
  const width = plan.sources.length;
  const context = plan.contexts[k];
  const read = new Uint16Array(context.length);
  const counted = countsRanks(plan, k) ? ranks : next;
  const time = trees.times.length ? trees.times[k] : null;
  for (let row = from; row < end; row++) {
    for (let i = 0; i < read.length; i++) read[i] = symbols[row * width + context[i]];
    trees.actions[k][how](read, read.length, counted[row]);
    time?.[how](read, read.length, times[row]);
  }
}
