import { productProgram } from './product.ts';
import { recurrentBackwardProgram } from './recurrent-backward.ts';
import { recurrentForwardProgram } from './recurrent-forward.ts';
import { recurrentJobs } from './recurrent-jobs.ts';
import type { RecurrentMatrix } from './recurrent-jobs.ts';
import type { Tuning } from './tuning.ts';
import { weightGradientsProgram } from './weight-gradients.ts';
import type { Place, Program } from './wgsl.ts';

export interface RecurrentLayerShape {
  readonly cell: 'lstm' | 'gru';
  /** I and H. */
  readonly inputs: number;
  readonly units: number;
}

/** Programs of a single layer, and where they leave what. */
export interface RecurrentLayerPrograms {
  readonly programs: Readonly<
    Record<'project' | 'forward' | 'backward' | 'dInput' | 'gradients', Program>
  >;
  /** Elements of the trace for each place, and of them those before the hidden states. */
  readonly trace: number;
  readonly hidden: number;
  /** The gradient is [I, G], [H, G], [G], [G] one after the other: where each begins, and elements of all. */
  readonly into: Readonly<Record<RecurrentMatrix | 'end', number>>;
}

const made = new Map<string, RecurrentLayerPrograms>();

/** The programs of a shape; repeated calls return the same ones. */
export function recurrentLayerPrograms(
  shape: RecurrentLayerShape,
  tuning: Tuning,
): RecurrentLayerPrograms {
  const key = JSON.stringify([shape.cell, shape.inputs, shape.units, tuning]);
  let programs = made.get(key);
  if (!programs) made.set(key, (programs = make(shape, tuning)));
  return programs;
}

const input = (buffer: string, at = '0'): Place => ({ buffer, at });

function make(
  { cell, inputs, units }: RecurrentLayerShape,
  tuning: Tuning,
): RecurrentLayerPrograms {
  const columns = (cell === 'lstm' ? 4 : 3) * units;
  const hidden = (cell === 'lstm' ? 5 : 4) * units;
  const traceIn = (buffer: string) => ({
    gates: input(buffer),
    cell: input(buffer, `${4 * units} * uniforms.places`),
    hidden: input(buffer, `${hidden} * uniforms.places`),
    output: input(buffer, `${hidden} * uniforms.places`),
  });
  const trace = traceIn('result');
  const recurrent = { cell, units, trace, factors: null, tuning };
  const recurrentWeights = inputs * columns;
  const inputBias = recurrentWeights + units * columns;
  const recurrentBias = inputBias + columns;
  const into = { inputWeights: 0, recurrentWeights, inputBias, recurrentBias };
  const end = recurrentBias + columns;
  const jobs = recurrentJobs({
    cell,
    inputs,
    units,
    x: input('x'),
    trace: traceIn('trace'),
    into: (matrix) => into[matrix],
  });
  const weights = input('weights');
  return {
    programs: {
      project: productProgram({
        x: input('x'),
        inner: inputs,
        columns,
        weights,
        biases: [input('bias')],
        out: trace.gates,
        outStride: 4 * units,
        tuning,
      }),
      forward: recurrentForwardProgram({
        ...recurrent,
        recurrentWeights: weights,
        recurrentBias: input('bias'),
      }),
      backward: recurrentBackwardProgram({
        ...recurrent,
        turnedWeights: weights,
        upper: input('upper'),
      }),
      dInput: productProgram({
        x: input('trace'),
        stride: 4 * units,
        inner: columns,
        columns: inputs,
        weights,
        out: input('result'),
        tuning,
      }),
      gradients: weightGradientsProgram({ jobs, length: end, weights, l1: 0, l2: 0, tuning }),
    },
    trace: hidden + units,
    hidden,
    into: { ...into, end },
  };
}
