import { element } from './element.ts';
import type { Child, Markup } from './element.ts';

export interface DataTableOptions {
  /** The first column holds names, aligned left; the others hold numbers, aligned right. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly Child[])[];
  /** Index of a row to highlight. */
  readonly strong?: number;
}

/** A table that scrolls on its own where it is too wide. */
export const dataTable = ({ head, rows, strong }: DataTableOptions): Markup =>
  element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head.map((name) => element('th', { scope: 'col' }, name)),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map((cells, row) =>
          element(
            'tr',
            { class: row === strong && 'strong' },
            cells.map((cell, column) =>
              column ? element('td', {}, cell) : element('th', { scope: 'row' }, cell),
            ),
          ),
        ),
      ),
    ),
  );
