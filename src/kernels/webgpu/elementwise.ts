import { element, inputsOf } from './wgsl.ts';
import type { Place, Program, Rows } from './wgsl.ts';

const LANES = 64;

interface Elementwise {
  readonly name: string;
  /** [N, width] in the program's result, which `line` changes at `index`. */
  readonly changed: Rows;
  readonly inputs: readonly string[];
  readonly line: string;
}

const elementwise = ({ name, changed: { stride }, inputs, line }: Elementwise): Program => ({
  groups: ({ places }) => Math.ceil((places * stride) / LANES),
  name,
  inputs,
  lanes: LANES,
  code: `
fn main(index : i32) {
  if (index < uniforms.places * ${stride}) {
    ${line}
  }
}`,
});

/** Makes `a` the mean of both; [N, width] in the program's result. */
export const meanProgram = (a: Rows, b: Rows): Program =>
  elementwise({
    name: 'Mean',
    changed: a,
    inputs: [],
    line: `${element(a, 'index')} = 0.5 * (${element(a, 'index')} + ${element(b, 'index')});`,
  });

export interface DropBackwardOptions {
  /** [N, width] gradient of a layer's result, in the program's result; changed to that before dropout. */
  readonly dOut: Rows;
  /** [N, width] dropout factors. */
  readonly factors: Place | null;
  /** [N, width] the result of rectified units, after dropout: where it is 0, so is the gradient. */
  readonly rectified: Place | null;
}

/** The gradient of a layer's result before rectifying and dropout. */
export function dropBackwardProgram({ dOut, factors, rectified }: DropBackwardOptions): Program {
  const factor = factors ? ` * ${element(factors, 'index')}` : '';
  const value = `${element(dOut, 'index')}${factor}`;
  return elementwise({
    name: 'DropBackward',
    changed: dOut,
    inputs: inputsOf(factors),
    line: `${element(dOut, 'index')} = ${rectified ? `select(0.0, ${value}, ${element(rectified, 'index')} > 0.0)` : value};`,
  });
}
