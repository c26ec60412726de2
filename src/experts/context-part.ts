import { columnsOf } from '../record/columns.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { numberName } from './symbol-source.ts';
import type { SymbolSource } from './symbol-source.ts';

/** What one source of a context read. Null: nothing yet, or not known. Plain JSON. */
export type ContextPart =
  /** The action `back` steps ago; 0 = the one that begins now. */
  | { readonly kind: 'action'; readonly back: number; readonly action: string | null }
  /** How many other actions had come since the action `back` steps ago was last done; see `RecencyOrder`. */
  | { readonly kind: 'recency'; readonly back: number; readonly rank: number | null }
  /** Ticks between the steps `back + 1` and `back` steps ago. */
  | { readonly kind: 'duration'; readonly back: number; readonly range: ValueRange | null }
  /** A number field now. */
  | {
      readonly kind: 'number';
      readonly field: string;
      readonly unit?: string;
      readonly range: ValueRange | null;
    }
  /** A boolean or category field `back` steps ago. */
  | {
      readonly kind: 'place';
      readonly field: string;
      readonly back: number;
      readonly value: boolean | string | null;
    };

/** Values above `above` and up to `upTo`; -Infinity and Infinity where there is no end. */
export interface ValueRange {
  readonly above: number;
  readonly upTo: number;
}

/** What a symbol of a source stands for. */
export function contextPart(
  source: SymbolSource,
  symbol: number,
  { observation, action }: CharacterSpec,
): ContextPart {
  switch (source.kind) {
    case 'action':
      return {
        kind: 'action',
        back: source.back,
        action: symbol ? action.actions[symbol - 1] : null,
      };
    case 'recency':
      return { kind: 'recency', back: source.back, rank: symbol ? symbol - 1 : null };
    case 'duration':
      return { kind: 'duration', back: source.back, range: rangeOf(source.edges, symbol) };
    case 'number': {
      const field = columnsOf({ observation })[source.field];
      return {
        kind: 'number',
        field: numberName(source, { observation }),
        ...(field.kind === 'number' && field.unit && { unit: field.unit }),
        range: rangeOf(source.edges, symbol),
      };
    }
    case 'place': {
      const field = columnsOf({ observation })[source.field];
      const value = field.kind === 'category' ? field.categories[symbol - 1] : symbol === 2;
      return {
        kind: 'place',
        field: field.name,
        back: source.back,
        value: symbol ? value : null,
      };
    }
    default:
      return source satisfies never;
  }
}

/** The bin of a symbol; the first one of `edges` has symbol 1. */
const rangeOf = (edges: readonly number[], symbol: number): ValueRange | null =>
  symbol ? { above: edges[symbol - 2] ?? -Infinity, upTo: edges[symbol - 1] ?? Infinity } : null;
