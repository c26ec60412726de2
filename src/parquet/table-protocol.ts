import type { Cell, RowRange } from './parquet-table.ts';

/** What the thread that reads Parquet is asked. */
export type TableRequest = { readonly id: number } & (
  | { readonly kind: 'open'; readonly path: string }
  | {
      readonly kind: 'read';
      readonly table: number;
      readonly column: string;
      readonly range: RowRange;
    }
  | { readonly kind: 'close'; readonly table: number }
);

export interface OpenedTable {
  readonly table: number;
  readonly columns: readonly string[];
  readonly groupRows: readonly number[];
}

export type TableReply = { readonly id: number } & (
  | { readonly ok: true; readonly output: OpenedTable | Cell[] | null }
  | { readonly ok: false; readonly message: string }
);
