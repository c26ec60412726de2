import type { Episode } from '../record/episode.ts';
import { stepAt } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { chooseContexts } from './choose-contexts.ts';
import { ContextTree } from './context-tree.ts';
import { ExpertMixer } from './expert-mixer.ts';
import { SymbolHistory } from './symbol-history.ts';
import type { ContextPlan } from './symbol-source.ts';

/** Steps of one session in an ExpertTable. */
export interface TableSession {
  readonly session: string;
  readonly steps: number;
}

/**
 * What the population's experts learned from: at every step that had a successor what the plan's
 * sources saw, and the action that came. The counts are made from it (`growTrees`), so that any
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
  /** Weights of the mixer that needs no network; see `ExpertMixer`. */
  readonly mixer: Float32Array;
}

/** Chooses contexts on the episodes and notes what they saw there. The mixer is not fitted yet. */
export function fitExperts(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  { contexts }: { readonly contexts: number },
): ExpertTable {
  const plan = chooseContexts(spec, episodes, { contexts: contexts - 1 });
  const sources = plan.sources.length;
  const used = episodes.filter(({ length }) => length > 1);
  const steps = used.reduce((sum, { length }) => sum + length - 1, 0);
  const symbols = new Uint16Array(steps * sources);
  const next = new Uint16Array(steps);
  const history = new SymbolHistory(plan.sources, spec.observation.fields.length);
  let at = 0;
  for (const episode of used) {
    history.reset();
    for (let i = 0; i + 1 < episode.length; i++, at++) {
      history.push(stepAt(episode, i));
      symbols.set(history.symbols, at * sources);
      next[at] = episode.actions[i + 1];
    }
  }
  const sessions = used.map(({ session, length }) => ({ session, steps: length - 1 }));
  const experts = 2 * plan.contexts.length;
  const { weights: mixer } = new ExpertMixer({ experts, actions: spec.action.actions.length });
  return { plan, sessions, symbols, next, mixer };
}

/** The table without those sessions. */
export function withoutSessions(table: ExpertTable, left: ReadonlySet<string>): ExpertTable {
  const width = table.plan.sources.length;
  const parts: { symbols: Uint16Array; next: Uint16Array }[] = [];
  let at = 0;
  for (const { session, steps } of table.sessions) {
    if (!left.has(session))
      parts.push({
        symbols: table.symbols.subarray(at * width, (at + steps) * width),
        next: table.next.subarray(at, at + steps),
      });
    at += steps;
  }
  return {
    ...table,
    sessions: table.sessions.filter(({ session }) => !left.has(session)),
    symbols: joined(parts.map(({ symbols }) => symbols)),
    next: joined(parts.map(({ next }) => next)),
  };
}

function joined(parts: readonly Uint16Array[]): Uint16Array {
  const all = new Uint16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const grown = new WeakMap<ExpertTable, readonly ContextTree[]>();

/** `growTrees`, once for each table: the trees are shared, so read them only. */
export function populationOf(table: ExpertTable, actions: number): readonly ContextTree[] {
  const known = grown.get(table);
  if (known) return known;
  const trees = growTrees(table, actions);
  grown.set(table, trees);
  return trees;
}

/** Whether two plans read the same contexts, so that counts of one serve the other. */
export const isSamePlan = (a: ContextPlan, b: ContextPlan): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** One tree for each context of the plan, with the counts of the table. */
export function growTrees(table: ExpertTable, actions: number): ContextTree[] {
  const { plan, symbols, next } = table;
  const width = plan.sources.length;
  return plan.contexts.map((context) => {
    const tree = new ContextTree({ actions });
    const read = new Uint16Array(context.length);
    for (let step = 0; step < next.length; step++) {
      for (let i = 0; i < read.length; i++) read[i] = symbols[step * width + context[i]];
      tree.learn(read, read.length, next[step]);
    }
    return tree;
  });
}
