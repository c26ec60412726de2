import { columnsPerLane } from './tuning.ts';
import type { Tuning } from './tuning.ts';
import { anyTarget, each, element, inputsOf, LaneTile, unrolled } from './wgsl.ts';
import type { Place, Program, Rows } from './wgsl.ts';

export interface ProductOptions {
  /** [N, K], or more columns. */
  readonly x: Rows;
  /** K and C. */
  readonly inner: number;
  readonly columns: number;
  /** [K, C]. */
  readonly weights: Place;
  /** [C] each, added. */
  readonly biases?: readonly Place[];
  /** Whether negative results become 0. */
  readonly rectify?: boolean;
  /** [N, C] that the result is multiplied by. */
  readonly factors?: Place | null;
  /** [N]: tiles of rows in which all are 0 are not multiplied. */
  readonly mask?: Place | null;
  /** [N, C], or more columns, in the program's result. */
  readonly out: Rows;
  /** Whether to add to what is there. */
  readonly add?: boolean;
  readonly tuning: Tuning;
}

/**
 * out [N, C] = x [N, K] weights [K, C] + biases, rectified, times factors. A lane computes several rows of
 * several columns; rows past the end are copies of the last one, which are dropped.
 *
 * Staging rows in workgroup memory, with two barriers, took 8 times as long on SwiftShader.
 */
export function productProgram(options: ProductOptions): Program {
  const {
    x,
    inner,
    columns,
    weights,
    biases = [],
    factors,
    mask,
    out,
    add,
    tuning,
    rectify,
  } = options;
  const { rows, serial } = tuning;
  const perLane = columnsPerLane(columns, tuning);
  const lanes = Math.min(tuning.lanes, Math.ceil(columns / perLane));
  const across = Math.ceil(columns / (lanes * perLane));
  const tile = new LaneTile(perLane, rows);
  const bias = (q: number): string =>
    biases.map((one) => element(one, `c${q}`)).join(' + ') || '0.0';
  const sums = unrolled('k', { count: inner, by: serial ? 1 : 4 }, (k) => {
    const at = `let at = ${weights.at} + ${k} * ${columns};`;
    return `${at}\n${tile.add(
      (q) => `${weights.buffer}[at + c${q}]`,
      (r) => `${x.buffer}[n${r} + ${k}]`,
    )}`;
  });
  const store = tile.visit(serial, ({ column, row, value }) => {
    const sum = rectify ? `max(0.0, ${value})` : value;
    const factor = factors ? ` * ${element(factors, `n * ${columns} + c`)}` : '';
    return `let c = column + ${column} * ${lanes};
    let n = first + ${row};
    if (c < ${columns} && n < uniforms.places) {
      ${element(out, `n * ${out.stride} + c`)} ${add ? '+=' : '='} ${sum}${factor};
    }`;
  });
  return {
    groups: ({ places }) => Math.ceil(places / rows) * across,
    name: 'Product',
    inputs: inputsOf(x, weights, ...biases, factors, mask),
    lanes,
    code: `
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / ${lanes};
  let first = (group / ${across}) * ${rows};
  let column = (group % ${across}) * ${lanes * perLane} + lane;
  ${each(rows, (r) => `let n${r} = ${x.at} + min(first + ${r}, uniforms.places - 1) * ${x.stride};`)}
  ${each(perLane, (q) => `let c${q} = min(column + ${q * lanes}, ${columns - 1});`)}
  ${tile.declare(bias)}
  ${mask ? `if (${anyTarget(mask, rows)}) {\n${sums}\n}` : sums}
  ${store}
}`,
  };
}
