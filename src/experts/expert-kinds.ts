import type { ContextTreeOptions } from './context-tree.ts';

/** One way to count what follows a context: whose steps, how, and when. */
interface ExpertKind {
  readonly name: string;
  /** How its trees count. */
  readonly tree: Omit<ContextTreeOptions, 'actions'>;
  /** Whether it counts each step of the character in play. If not, its counts belong to the model and never change. */
  readonly learns: boolean;
  /** Whether it also counts the character's earlier episodes; see `ExpertFollower.recall`. */
  readonly recalls: boolean;
}

/**
 * The kinds of n-gram experts. Each context of a plan has one expert of each kind, and experts are numbered in
 * this order: first those of the population, one for each context, then those of the next kind.
 */
export const EXPERT_KINDS = [
  // All players of the training data.
  { name: 'population', tree: {}, learns: false, recalls: false },
  // This player alone: few observations, so each counts for more.
  { name: 'player', tree: { strength: 2 }, learns: true, recalls: true },
  // This player's recent actions: the last visits of a context make up nearly all of its counts.
  {
    name: 'recent',
    tree: { discount: 0, strength: 0.5, retention: 0.7 },
    learns: true,
    recalls: false,
  },
] as const satisfies readonly ExpertKind[];

export type ExpertKindName = (typeof EXPERT_KINDS)[number]['name'];

/** Experts of a context: one of each kind. */
export const EXPERTS_PER_CONTEXT = EXPERT_KINDS.length;

/** The kind of an expert, 0 to K - 1, of a plan with that many contexts. */
export const expertKind = (expert: number, contexts: number): ExpertKindName =>
  EXPERT_KINDS[Math.floor(expert / contexts)].name;

/** The first expert of a kind. A kind has as many experts as there are contexts, numbered in a row. */
export const firstOfKind = (name: ExpertKindName, contexts: number): number =>
  contexts * EXPERT_KINDS.findIndex((kind) => kind.name === name);
