import type { Tuning } from './tuning.ts';

/** The sizes that the programs of a recurrent layer are made for. */
export interface RecurrentText {
  readonly cell: 'lstm' | 'gru';
  /** H. */
  readonly units: number;
  /** Whether the hidden states are also stored times dropout factors, for the next layer or the heads. */
  readonly dropout: boolean;
  readonly tuning: Tuning;
}

/**
 * Sections of a layer's trace, in elements, given N = B * T places; place n is t * B + b. The gates
 * come first, in rows of 4H for both cells: i, f, g, o of an LSTM, or r, z, n of a GRU and the hidden
 * state's share of n. Before the forward pass they hold the input's share of their sums, after the
 * backward pass gradients. Only an LSTM has `cell`. `output` is the next layer's or the heads' input:
 * `hidden`, times dropout factors if there are any.
 */
export interface TraceSections {
  readonly cell: number;
  readonly hidden: number;
  readonly output: number;
  /** Elements of the whole trace. */
  readonly length: number;
}

export function traceSections(
  { cell, units, dropout }: Omit<RecurrentText, 'tuning'>,
  places: number,
): TraceSections {
  const section = places * units;
  const hidden = (cell === 'lstm' ? 5 : 4) * section;
  const output = hidden + (dropout ? section : 0);
  return { cell: 4 * section, hidden, output, length: output + section };
}

/** `traceSections` in WGSL, from the uniforms `windows` (B) and `steps` (T). */
export function traceSectionsWgsl({ cell, units, dropout }: RecurrentText): string {
  const hidden = cell === 'lstm' ? 5 : 4;
  return `let section = uniforms.windows * uniforms.steps * ${units};
  ${cell === 'lstm' ? 'let cellAt = 4 * section;' : ''}
  let hiddenAt = ${hidden} * section;
  ${dropout ? `let outputAt = ${hidden + 1} * section;` : ''}`;
}

/** A loop over the units and rows of a lane; unrolled, unless `rolled`, to keep them in registers. */
export function visitUnits(
  { units, rows, rolled }: { units: number; rows: number; rolled: boolean },
  body: (unit: string, row: string) => string,
): string {
  if (rolled)
    return `for (var u = 0; u < ${units}; u++) {
    for (var row = 0; row < ${rows}; row++) {
    ${body('u', 'row')}
    }
    }`;
  const lines: string[] = [];
  for (let u = 0; u < units; u++)
    for (let r = 0; r < rows; r++) lines.push(`{\n${body(`${u}`, `${r}`)}\n}`);
  return lines.join('\n');
}

/** How rows are packed in workgroup memory: a vector type, the number of vectors, and rows in each. */
export function rowVectors(rows: number): { type: string; parts: number; width: number } {
  const width = Math.min(rows, 4);
  return { type: width === 1 ? 'f32' : `vec${width}<f32>`, parts: rows / width, width };
}

/** Row `row` within the vectors `name0 ...`. */
export function rowElement(name: string, rows: number, row: number): string {
  const { width } = rowVectors(rows);
  const part = Math.floor(row / width);
  return width === 1 ? `${name}${part}` : `${name}${part}[${row % width}]`;
}
