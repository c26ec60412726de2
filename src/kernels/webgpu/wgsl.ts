import type { WeightMatrix } from '../../network/parameters.ts';
import type { Tuning } from './tuning.ts';

/** B, T and N = B * T. */
export interface BatchSize {
  readonly windows: number;
  readonly steps: number;
  readonly places: number;
}

/** A program, made for a network's sizes, that serves batches of all sizes. */
export interface Program {
  /** Shown in errors and profiles. */
  readonly name: string;
  /** Read-only buffers in the order of their bindings; their types are those of the tensors. */
  readonly inputs: readonly string[];
  /** Lanes of a workgroup. */
  readonly lanes: number;
  /** Declarations and `fn main(index : i32)`, which reads and writes `result`. */
  readonly code: string;
  /** Workgroups for a batch. */
  groups(size: BatchSize): number;
}

/**
 * Fields of `uniforms`, in their order. All programs have the same: the size of the batch, whose place n is
 * t * B + b, 1 over the number of targets, and what only `updateProgram` reads.
 */
export const UNIFORMS = {
  places: 'i32',
  windows: 'i32',
  steps: 'i32',
  scale: 'f32',
  log: 'i32',
  rate: 'f32',
  firstScale: 'f32',
  secondScale: 'f32',
} as const;

export type UniformName = keyof typeof UNIFORMS;

/** The first element of a matrix in a buffer: one of the inputs, or `result`, which a program writes to. */
export interface Place {
  readonly buffer: string;
  /** WGSL of its index. */
  readonly at: string;
}

/** A matrix [N, ..], `stride` elements from row to row. */
export interface Rows extends Place {
  readonly stride: number;
}

/** Where the programs of a pass find what they read. */
export interface Sources {
  readonly tuning: Tuning;
  weights(matrix: WeightMatrix): Place;
  /** A matrix of the batch, see `BatchColumns`. Null, or throws RangeError, when it has no such one. */
  find(name: string): Rows | null;
  given(name: string): Rows;
  /** [N, width] dropout factors of a node's result; null without. */
  factors(node: { readonly dropout: number }): Rows | null;
}

/** WGSL of the element `index` after a place. */
export const element = ({ buffer, at }: Place, index: string): string =>
  `${buffer}[${at} + ${index}]`;

/** The inputs that these places are in, each once. */
export const inputsOf = (...places: readonly (Place | null | undefined)[]): string[] => [
  ...new Set(places.flatMap((one) => (one && one.buffer !== 'result' ? [one.buffer] : []))),
];

/** Bytes of workgroup memory that every WebGPU device has. */
const WORKGROUP_BYTES = 16384;

/** The most rows, at most `wanted`, with `bytesPerRow` of workgroup memory each; at least 1. */
export function fittingRows(wanted: number, bytesPerRow: number): number {
  let rows = wanted;
  while (rows > 1 && rows * bytesPerRow > WORKGROUP_BYTES) rows /= 2;
  return rows;
}

/** A number as a WGSL literal of type f32. */
export function literal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : `${value}`;
}

/** The results for each of 0 ... count - 1. */
export const times = <T>(count: number, result: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => result(index));

/** Their lines, joined. */
export const each = (count: number, line: (index: number) => string): string =>
  times(count, line).join('\n');

/**
 * A loop over `count` values of `name`, unrolled `by` at a time, so that loads of several iterations
 * overlap.
 */
export function unrolled(
  name: string,
  { count, by }: { count: number; by: number },
  body: (index: string) => string,
): string {
  const whole = Math.floor(count / by) * by;
  const iteration = (index: string): string => `{\n${body(index)}\n}`;
  const iterations = each(by, (i) => iteration(i ? `(${name} + ${i})` : name));
  const loop = `for (var ${name} = 0; ${name} < ${whole}; ${name} += ${by}) {\n${iterations}\n}`;
  return [whole ? loop : '', each(count - whole, (i) => iteration(`${whole + i}`))].join('\n');
}

/**
 * The rows and columns of a matrix product that one lane computes, in variables `s0_0 ...`: each
 * weight that it loads is used for all rows, and each element of a row for all columns.
 */
export class LaneTile {
  readonly columns: number;
  readonly rows: number;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  all(line: (column: number, row: number) => string): string {
    return each(this.columns, (q) => each(this.rows, (r) => line(q, r)));
  }

  declare(value: (column: number) => string = () => '0.0'): string {
    return this.all((q, r) => `var s${q}_${r} = ${value(q)};`);
  }

  /** Loads a weight for each column and an element of each row, and adds their products. */
  add(weight: (column: number) => string, input: (row: number) => string): string {
    return [
      each(this.columns, (q) => `let w${q} = ${weight(q)};`),
      each(this.rows, (r) => `let x${r} = ${input(r)};`),
      this.all((q, r) => `s${q}_${r} += w${q} * x${r};`),
    ].join('\n');
  }

  /**
   * Runs `body` for every element. `rolled` keeps the code short by loops over a copy in memory, which
   * is faster on adapters that compile for CPUs; else the code is unrolled, with elements in registers.
   */
  visit(
    rolled: boolean,
    body: (element: { column: string; row: string; value: string }) => string,
  ): string {
    const { columns, rows } = this;
    if (!rolled)
      return this.all(
        (q, r) => `{\n${body({ column: `${q}`, row: `${r}`, value: `s${q}_${r}` })}\n}`,
      );
    return `var sums : array<f32, ${columns * rows}>;
    ${this.all((q, r) => `sums[${q * rows + r}] = s${q}_${r};`)}
    for (var q = 0; q < ${columns}; q++) {
    for (var r = 0; r < ${rows}; r++) {
    ${body({ column: 'q', row: 'r', value: `sums[q * ${rows} + r]` })}
    }
    }`;
  }
}

/** WGSL of whether one of the rows from `first` on has a target. */
export const anyTarget = (mask: Place, rows: number): string =>
  times(rows, (r) => `${element(mask, `min(first + ${r}, uniforms.places - 1)`)} != 0.0`).join(
    ' || ',
  );

/** Sigmoid and tanh; arguments are limited because overflow is NaN on some drivers. */
export const ACTIVATIONS = `
fn sigmoid(x : f32) -> f32 {
  return 1.0 / (1.0 + exp(-clamp(x, -40.0, 40.0)));
}
fn squash(x : f32) -> f32 {
  return 1.0 - 2.0 / (1.0 + exp(2.0 * clamp(x, -20.0, 20.0)));
}`;

/** `fn total`: the sum of the shares of all lanes of a workgroup, a power of two, in each of them. */
export const totalOf = (lanes: number): string => `
var<workgroup> shares : array<vec4<f32>, ${lanes}>;
fn total(lane : i32, share : vec4<f32>) -> vec4<f32> {
  shares[lane] = share;
  for (var reach = ${lanes / 2}; reach > 0; reach = reach / 2) {
    workgroupBarrier();
    if (lane < reach) {
      shares[lane] += shares[lane + reach];
    }
  }
  workgroupBarrier();
  return shares[0];
}`;
