import { columnsOf } from '../record/columns.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { EXPERTS_PER_CONTEXT } from './expert-kinds.ts';

/**
 * Something about the moment an action begins that may predict what comes next, as one of a few
 * symbols (whole numbers). Symbol 0 means "not known". Fields are given by their columns. Plain JSON.
 */
export type SymbolSource =
  /** The action `back` steps ago; 0 = the one that begins now. */
  | { readonly kind: 'action'; readonly back: number }
  /** The rank of the action `back` steps ago, when it came; see `RecencyOrder`. */
  | { readonly kind: 'recency'; readonly back: number }
  /** Ticks between the steps `back + 1` and `back` steps ago, in the bins of `edges`. */
  | { readonly kind: 'duration'; readonly back: number; readonly edges: readonly number[] }
  /** A number field now, in the bins of `edges`. */
  | {
      readonly kind: 'number';
      readonly field: number;
      /** The value is multiplied by this number field, the direction that the character faces; see `facingFields`. */
      readonly by?: number;
      readonly edges: readonly number[];
    }
  /** A boolean or category field `back` steps ago. */
  | {
      readonly kind: 'place';
      readonly field: number;
      readonly back: number;
      readonly size: number;
    };

/** The contexts of the experts: each a list of sources, the most informative first. Plain JSON. */
export interface ContextPlan {
  readonly sources: readonly SymbolSource[];
  /** Indices into `sources`; none = how often each action comes, whatever is before it. */
  readonly contexts: readonly (readonly number[])[];
  /**
   * So many contexts, the last ones, count the rank of the action that comes next instead of the action
   * (`RecencyOrder`): "the same again" is then one habit, whatever the action. 0 unless given.
   */
  readonly ranked?: number;
}

/** Number of experts of a plan, K: one of each kind for each context. */
export const expertCount = ({ contexts }: ContextPlan): number =>
  EXPERTS_PER_CONTEXT * contexts.length;

/** Whether context k of a plan counts ranks. */
export const countsRanks = ({ contexts, ranked = 0 }: ContextPlan, k: number): boolean =>
  k >= contexts.length - ranked;

/** The most steps that a source looks back. */
export const HISTORY = 4;

/** Name of the field that a source reads; "x × facing" when it is multiplied by the facing direction. */
export const numberName = (
  { field, by }: Extract<SymbolSource, { kind: 'number' }>,
  spec: Pick<CharacterSpec, 'observation'>,
): string => {
  const columns = columnsOf(spec);
  return columns[field].name + (by === undefined ? '' : ` × ${columns[by].name}`);
};

/** The name of a source in reports, for example "action, 2 before" or "distance (6 bins)". */
export function sourceName(source: SymbolSource, spec: CharacterSpec): string {
  const ago = (back: number): string => (back ? `, ${back} before` : '');
  switch (source.kind) {
    case 'action':
      return `action${ago(source.back)}`;
    case 'recency':
      return `recency${ago(source.back)}`;
    case 'duration':
      return `duration${ago(source.back)} (${source.edges.length + 1} bins)`;
    case 'number':
      return `${numberName(source, spec)} (${source.edges.length + 1} bins)`;
    case 'place':
      return `${columnsOf(spec)[source.field].name}${ago(source.back)}`;
    default:
      return source satisfies never;
  }
}

/**
 * The name of a context of a plan in reports, for example "action + low"; one without sources is "in general", and
 * one that counts ranks ends in ", by recency".
 */
export function contextName(
  context: readonly number[],
  plan: ContextPlan,
  spec: CharacterSpec,
): string {
  const names = context.map((source) => sourceName(plan.sources[source], spec));
  const name = names.join(' + ') || 'in general';
  return countsRanks(plan, plan.contexts.indexOf(context)) ? `${name}, by recency` : name;
}
