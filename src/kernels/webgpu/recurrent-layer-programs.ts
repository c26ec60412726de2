import type { ProductText } from './product-wgsl.ts';
import { productWgsl } from './product-wgsl.ts';
import { recurrentBackwardWgsl } from './recurrent-backward-wgsl.ts';
import { recurrentForwardWgsl } from './recurrent-forward-wgsl.ts';
import { recurrentJobs } from './recurrent-jobs.ts';
import type { RecurrentText } from './recurrent-text.ts';
import type { Program } from './run-program.ts';
import type { Tuning } from './tuning.ts';
import type { WeightGradientsText } from './weight-gradients-wgsl.ts';
import { weightGradientsWgsl } from './weight-gradients-wgsl.ts';

export interface RecurrentLayerShape {
  readonly cell: 'lstm' | 'gru';
  /** I and H. */
  readonly inputs: number;
  readonly units: number;
}

/** Programs of a single layer, whose gradient is [I, G], [H, G], [G], [G] one after the other. */
export interface RecurrentLayerPrograms {
  readonly project: Program<ProductText>;
  readonly forward: Program<RecurrentText>;
  readonly backward: Program<RecurrentText>;
  readonly dInput: Program<ProductText>;
  readonly gradients: Program<WeightGradientsText>;
  /** First elements of the second to fourth gradient, and elements of all. */
  readonly lengths: Readonly<
    Record<'recurrentWeights' | 'inputBias' | 'recurrentBias' | 'all', number>
  >;
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

function make(
  { cell, inputs, units }: RecurrentLayerShape,
  tuning: Tuning,
): RecurrentLayerPrograms {
  const columns = (cell === 'lstm' ? 4 : 3) * units;
  const recurrent: RecurrentText = { cell, units, dropout: false, tuning };
  const project = { inner: inputs, columns, biases: 1, factors: false, tuning } as const;
  const dInput = { inner: columns, columns: inputs, biases: 0, factors: false, tuning } as const;
  const recurrentAt = inputs * columns;
  const inputBias = recurrentAt + units * columns;
  const recurrentBias = inputBias + columns;
  const gradients: WeightGradientsText = {
    jobs: recurrentJobs(
      { cell, inputs, units, x: '0' },
      { inputWeights: 0, recurrentWeights: recurrentAt, inputBias, recurrentBias },
    ),
    inputs: ['x', 'trace'],
    uniforms: ['hiddens'],
    l1: 0,
    l2: 0,
    tuning,
  };
  return {
    project: { text: project, wgsl: productWgsl(project) },
    forward: { text: recurrent, wgsl: recurrentForwardWgsl(recurrent) },
    backward: { text: recurrent, wgsl: recurrentBackwardWgsl(recurrent) },
    dInput: { text: dInput, wgsl: productWgsl(dInput) },
    gradients: { text: gradients, wgsl: weightGradientsWgsl(gradients) },
    lengths: {
      recurrentWeights: recurrentAt,
      inputBias,
      recurrentBias,
      all: recurrentBias + columns,
    },
  };
}
