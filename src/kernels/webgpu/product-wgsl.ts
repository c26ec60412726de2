import { columnsPerLane } from './tuning.ts';
import type { Tuning } from './tuning.ts';
import { each, LaneTile, unrolled } from './wgsl.ts';
import type { Wgsl } from './wgsl.ts';

export interface ProductText {
  /** K, columns of `x`. */
  readonly inner: number;
  /** C, columns of `weights` and of the result. */
  readonly columns: number;
  /** Bias rows added: 0, 1, or 2 for an LSTM. */
  readonly biases: 0 | 1 | 2;
  /** The result is multiplied by `factors` [N, C]. */
  readonly factors: boolean;
  readonly tuning: Tuning;
}

/** Columns that one workgroup computes, and in how many lanes. */
function columnTile({ columns, tuning }: ProductText) {
  const perLane = columnsPerLane(columns, tuning);
  const lanes = Math.min(tuning.lanes, Math.ceil(columns / perLane));
  return { lanes, perLane, tiles: Math.ceil(columns / (lanes * perLane)) };
}

/** Workgroups for `rows` rows of `x`. */
export function productGroups(text: ProductText, rows: number): number {
  return Math.ceil(rows / text.tuning.rows) * columnTile(text).tiles;
}

/**
 * result[N, C] = (x[N, K] weights[K, C] + biases) * factors. A lane computes several rows
 * of several columns; rows past the end are copies of the last one, written twice by the same lane.
 *
 * Staging rows in workgroup memory, with two barriers, took 8 times as long on SwiftShader.
 */
export function productWgsl(text: ProductText): Wgsl {
  const { inner, columns, biases, factors, tuning } = text;
  const { lanes, perLane, tiles } = columnTile(text);
  const tile = new LaneTile(perLane, tuning.rows);
  const bias = (q: number): string =>
    [
      '0.0',
      `bias[uniforms.bias + c${q}]`,
      `bias[uniforms.bias + c${q}] + bias[uniforms.bias2 + c${q}]`,
    ][biases];
  const store = tile.visit(tuning.serial, ({ column, row, value }) => {
    const factor = factors ? ` * factors[uniforms.factors + n * ${columns} + c]` : '';
    return `let c = column + ${column} * ${lanes};
    if (c < ${columns}) {
      let n = min(first + ${row}, uniforms.rows - 1);
      result[uniforms.out + n * uniforms.outStride + c] = ${value}${factor};
    }`;
  });
  return {
    name: 'Product',
    inputs: ['x', 'weights', ...(biases ? ['bias'] : []), ...(factors ? ['factors'] : [])],
    uniforms: {
      rows: 'i32',
      x: 'i32',
      xStride: 'i32',
      weights: 'i32',
      bias: 'i32',
      bias2: 'i32',
      factors: 'i32',
      out: 'i32',
      outStride: 'i32',
    },
    lanes,
    code: `
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / ${lanes};
  let first = (group / ${tiles}) * ${tuning.rows};
  let column = (group % ${tiles}) * ${lanes * perLane} + lane;
  ${each(tuning.rows, (r) => `let n${r} = uniforms.x + min(first + ${r}, uniforms.rows - 1) * uniforms.xStride;`)}
  ${each(perLane, (q) => `let c${q} = min(column + ${q * lanes}, ${columns - 1});`)}
  ${tile.declare(bias)}
  ${unrolled('k', { count: inner, by: tuning.serial ? 1 : 4 }, (k) => {
    const at = `let at = uniforms.weights + ${k} * ${columns};`;
    return `${at}\n${tile.add(
      (q) => `weights[at + c${q}]`,
      (r) => `x[n${r} + ${k}]`,
    )}`;
  })}
  ${store}
}`,
  };
}
