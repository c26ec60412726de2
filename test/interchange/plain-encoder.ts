import type { EncodedColumn } from '../../src/interchange/encoding.ts';
import type { Step } from '../../src/record/episode.ts';

/** Encodes the steps of an episode as programs in other languages do: from the recipe of the columns alone. */
export class PlainEncoder {
  readonly #columns: readonly EncodedColumn[];
  readonly #known: (number | null)[] = [];
  #tick: number | null = null;

  constructor(columns: readonly EncodedColumn[]) {
    this.#columns = columns;
  }

  encode({ tick, action, values }: Step): number[] {
    const ticks = this.#tick === null ? null : tick - this.#tick;
    this.#tick = tick;
    const changes = Array.from(values, (value, field) => {
      const before = this.#known[field] ?? null;
      if (Number.isNaN(value)) return 0;
      this.#known[field] = value;
      return before === null ? 0 : value - before;
    });
    return this.#columns.map((column) => this.#column(column, { action, ticks, changes }));
  }

  #column(
    column: EncodedColumn,
    step: { action: number; ticks: number | null; changes: readonly number[] },
  ): number {
    const known = (field: number): number | null => this.#known[field] ?? null;
    switch (column.from) {
      case 'action':
        return step.action === column.index ? 1 : 0;
      case 'duration':
        return step.ticks === null
          ? 0
          : (Math.log(1 + step.ticks) - column.subtract) / column.divide;
      case 'value':
        return clip(known(column.field) ?? column.missing, column);
      case 'change':
        return clip(step.changes[column.field], column);
      case 'product': {
        const [a, b] = [known(column.field), known(column.by ?? column.field)];
        return clip(a === null || b === null ? 0 : a * b, column);
      }
      case 'flag':
        return (known(column.field) ?? column.missing) === 0 ? 0 : 1;
      case 'equal':
        return (known(column.field) ?? column.missing) === column.value ? 1 : 0;
      case 'other': {
        const id = known(column.field);
        return id !== null && column.values.includes(id) ? 0 : 1;
      }
      case 'nothing':
        return 0;
      default:
        return column satisfies never;
    }
  }
}

const clip = (
  x: number,
  scale: { low: number; high: number; subtract: number; divide: number },
): number => (Math.min(scale.high, Math.max(scale.low, x)) - scale.subtract) / scale.divide;
