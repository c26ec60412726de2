import type * as tf from '@tensorflow/tfjs-core';
import type { EmbedText } from './embed-wgsl.ts';
import { embeddedWidth, embedGroups } from './embed-wgsl.ts';
import { fusedKernel } from './run-program.ts';
import type { Program, Section } from './run-program.ts';

export const embedKernel = fusedKernel('Embed');

export interface EmbedInput {
  /** [N, F]; `factors` is the first element of the dropout factors [N, I] in the same tensor. */
  readonly features: Section;
  readonly factors: number;
  readonly weights: tf.Tensor;
  /** N. */
  readonly places: number;
}

/** Embeds one-hot blocks and drops inputs: [N, I], which the caller disposes. */
export function embed(
  { text, wgsl }: Program<EmbedText>,
  { features, factors, weights, places }: EmbedInput,
): tf.Tensor1D {
  return embedKernel.launch({
    wgsl,
    inputs: { batch: features.tensor, weights },
    uniforms: { places, features: features.at, factors },
    groups: embedGroups(text, places),
    output: places * embeddedWidth(text),
  });
}
