import { element, inputsOf } from './wgsl.ts';
import type { Place, Program } from './wgsl.ts';

const LANES = 64;

interface Elementwise {
  readonly name: string;
  /** Columns of all matrices. */
  readonly width: number;
  /** [N, width] in the program's result, which `line` changes at `index`. */
  readonly inputs: readonly string[];
  readonly line: string;
}

const elementwise = ({ name, width, inputs, line }: Elementwise): Program => ({
  groups: ({ places }) => Math.ceil((places * width) / LANES),
  name,
  inputs,
  lanes: LANES,
  code: `
fn main(index : i32) {
  if (index < uniforms.places * ${width}) {
    ${line}
  }
}`,
});

/** Makes `a` the mean of both; [N, width] in the program's result. */
export const meanProgram = (a: Place, b: Place, width: number): Program =>
  elementwise({
    name: 'Mean',
    width,
    inputs: [],
    line: `${element(a, 'index')} = 0.5 * (${element(a, 'index')} + ${element(b, 'index')});`,
  });

export interface DropBackwardOptions {
  /** [N, width] gradient of a layer's result, in the program's result; changed to that before dropout. */
  readonly dOut: Place;
  readonly width: number;
  /** [N, width] dropout factors. */
  readonly factors: Place | null;
  /** [N, width] the result of rectified units, after dropout: where it is 0, so is the gradient. */
  readonly rectified: Place | null;
}

/** The gradient of a layer's result before rectifying and dropout. */
export function dropBackwardProgram(options: DropBackwardOptions): Program {
  const { dOut, width, factors, rectified } = options;
  const factor = factors ? ` * ${element(factors, 'index')}` : '';
  const value = `${element(dOut, 'index')}${factor}`;
  return elementwise({
    name: 'DropBackward',
    width,
    inputs: inputsOf(factors),
    line: `${element(dOut, 'index')} = ${rectified ? `select(0.0, ${value}, ${element(rectified, 'index')} > 0.0)` : value};`,
  });
}
