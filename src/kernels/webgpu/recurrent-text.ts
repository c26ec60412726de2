import type { Tuning } from './tuning.ts';
import type { Place, Rows } from './wgsl.ts';

/**
 * What a recurrent layer keeps of the forward pass for the backward pass, in its programs' result. `gates` are
 * rows of 4H for both cells: i, f, g, o of an LSTM, or r, z, n of a GRU and the hidden state's share of n.
 * Before the forward pass they hold the input's share of their sums, after the backward pass gradients. Only an
 * LSTM has `cell` [N, H]. `output` [N, H] is `hidden` times dropout factors if there are any, else the same.
 */
export interface Trace {
  readonly gates: Place;
  readonly cell: Place;
  readonly hidden: Rows;
  readonly output: Place;
}

/** The sizes that the programs of a recurrent layer are made for. */
export interface RecurrentOptions {
  readonly cell: 'lstm' | 'gru';
  /** H. */
  readonly units: number;
  readonly trace: Trace;
  /** [N, H] dropout factors of the hidden states, for the next layer or the heads. */
  readonly factors: Place | null;
  readonly tuning: Tuning;
}

/** Declares where the parts of the trace are. */
export const traceWgsl = ({ gates, cell, hidden, output }: Trace): string => `
  let gatesAt = ${gates.at};
  let cellAt = ${cell.at};
  let hiddenAt = ${hidden.at};
  let outputAt = ${output.at};`;

/** A loop over the units and rows of a lane; unrolled, unless `rolled`, to keep them in registers. */
export function visitUnits(
  {
    lanes,
    perLane,
    rows,
    rolled,
  }: Record<'lanes' | 'perLane' | 'rows', number> & { rolled: boolean },
  body: (unit: string, row: string) => string,
): string {
  const visit = (u: string, r: string): string => `let j = lane + ${u} * ${lanes};
      if (j < H && first + ${r} < uniforms.windows) {
      let n = (t * uniforms.windows + first + ${r}) * H;
      let at = gatesAt + 4 * n + j;
      ${body(u, r)}
      }`;
  if (rolled)
    return `for (var u = 0; u < ${perLane}; u++) {
    for (var row = 0; row < ${rows}; row++) {
    ${visit('u', 'row')}
    }
    }`;
  const lines: string[] = [];
  for (let u = 0; u < perLane; u++)
    for (let r = 0; r < rows; r++) lines.push(`{\n${visit(`${u}`, `${r}`)}\n}`);
  return lines.join('\n');
}

/** How rows are packed in workgroup memory: a vector type, the number of vectors, and rows in each. */
export function rowVectors(rows: number) {
  const width = Math.min(rows, 4);
  /** The vector that holds a row, and WGSL of the row's component of it. */
  const part = (row: number | string): number => Math.floor(Number(row) / width);
  const component = (row: number | string): string => (width > 1 ? `[${Number(row) % width}]` : '');
  const type = width > 1 ? `vec${width}<f32>` : 'f32';
  return { type, parts: rows / width, width, part, component };
}
