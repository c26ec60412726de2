import type * as tf from '@tensorflow/tfjs-core';
import type { HeadsText } from './heads-wgsl.ts';
import { headGroups, headSections } from './heads-wgsl.ts';
import type { PackedBatch } from './pack-batch.ts';
import { fusedKernel } from './run-program.ts';
import type { Program, Section } from './run-program.ts';
import type { StateLayout } from './state-layout.ts';

export const headsKernel = fusedKernel('Heads');

export interface HeadsInput {
  /** [N, H] input of the heads. */
  readonly hiddens: Section;
  readonly state: tf.Tensor;
  readonly layout: StateLayout;
  readonly batch: tf.Tensor;
  readonly packed: PackedBatch;
}

/** The heads' losses and, if computed, gradients: see `headSections`. The caller disposes it. */
export function heads(
  { text, wgsl }: Program<HeadsText>,
  { hiddens, state, layout, batch, packed }: HeadsInput,
): tf.Tensor1D {
  const places = packed.windows * packed.steps;
  const { mask, actions, timeBins, values, known } = packed.sections;
  const { dOutputs, dHidden, length } = headSections(text, places);
  return headsKernel.launch({
    wgsl,
    inputs: { hiddens: hiddens.tensor, weights: state, batch, turnedWeights: state },
    uniforms: {
      places,
      hiddens: hiddens.at,
      weights: layout.weights.headWeights.offset,
      bias: layout.weights.headBias.offset,
      turnedWeights: layout.transposedHeads,
      mask,
      actions,
      timeBins,
      values,
      known,
      dOutputs,
      dHidden,
      scale: 1 / (packed.targets || 1),
    },
    groups: headGroups(text, places),
    output: length,
  });
}
