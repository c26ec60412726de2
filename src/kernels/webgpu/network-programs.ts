import type { TrainingConfig } from '../../model/config.ts';
import type { EmbedText } from './embed-wgsl.ts';
import { embedWgsl, embeddedWidth } from './embed-wgsl.ts';
import type { HeadsText } from './heads-wgsl.ts';
import { headsWgsl } from './heads-wgsl.ts';
import type { ProductText } from './product-wgsl.ts';
import { productWgsl } from './product-wgsl.ts';
import { recurrentBackwardWgsl } from './recurrent-backward-wgsl.ts';
import { recurrentForwardWgsl } from './recurrent-forward-wgsl.ts';
import { recurrentJobs } from './recurrent-jobs.ts';
import type { RecurrentText } from './recurrent-text.ts';
import type { Program } from './run-program.ts';
import type { StateLayout } from './state-layout.ts';
import type { Tuning } from './tuning.ts';
import { updateWgsl } from './update-wgsl.ts';
import type { UpdateText } from './update-wgsl.ts';
import type { WeightGradientsText } from './weight-gradients-wgsl.ts';
import { gradientGroups, weightGradientsWgsl } from './weight-gradients-wgsl.ts';

export interface LayerPrograms {
  readonly project: Program<ProductText>;
  readonly forward: Program<RecurrentText>;
  readonly backward: Program<RecurrentText>;
  /** The gradient of the layer's input; null where it is not needed. */
  readonly dInput: Program<ProductText> | null;
  readonly gradients: Program<WeightGradientsText>;
  /** Workgroups of the gradients of the layers before. */
  readonly firstGroup: number;
}

/** All programs of one network. They do not depend on N, so that batches of all sizes share them. */
export interface NetworkPrograms {
  readonly state: StateLayout;
  readonly dropout: boolean;
  /** Null where the features are the first layer's input. */
  readonly embed: Program<EmbedText> | null;
  readonly layers: readonly LayerPrograms[];
  readonly heads: Program<HeadsText>;
  readonly evaluation: Program<HeadsText>;
  readonly update: Program<UpdateText>;
}

export interface ProgramOptions {
  readonly state: StateLayout;
  /** Only optimizer, l1, l2, clipNorm and lossWeights are read. */
  readonly training: TrainingConfig;
  readonly tuning: Tuning;
  readonly dropout: boolean;
}

export function networkPrograms({
  state,
  training,
  tuning,
  dropout,
}: ProgramOptions): NetworkPrograms {
  const { shape, weights } = state;
  const embedding: EmbedText = {
    features: shape.features,
    embeddings: shape.embeddings.map((one, index) => ({
      ...one,
      table: weights.embeddings[index].offset,
    })),
    dropout,
  };
  const width = embeddedWidth(embedding);
  const hasEmbed = dropout || shape.embeddings.length > 0;
  let firstGroup = 0;
  const layers = weights.layers.map((_, layer): LayerPrograms => {
    const recurrent: RecurrentText = {
      cell: shape.cell,
      units: shape.units,
      dropout,
      tuning,
    };
    const gates = shape.cell === 'lstm' ? 4 : 3;
    const inner = layer ? shape.units : width;
    const columns = gates * shape.units;
    const both = shape.cell === 'lstm' ? 2 : 1;
    const project: ProductText = { inner, columns, biases: both, factors: false, tuning };
    const dInput: ProductText | null =
      state.transposedInput[layer] === null
        ? null
        : // With a layer below, that layer's backward pass multiplies by the factors.
          { inner: columns, columns: inner, biases: 0, factors: dropout && !layer, tuning };
    const gradients = gradientsText({ state, training, tuning, layer, width });
    const programs = {
      project: { text: project, wgsl: productWgsl(project) },
      forward: { text: recurrent, wgsl: recurrentForwardWgsl(recurrent) },
      backward: { text: recurrent, wgsl: recurrentBackwardWgsl(recurrent) },
      dInput: dInput && { text: dInput, wgsl: productWgsl(dInput) },
      gradients: { text: gradients, wgsl: weightGradientsWgsl(gradients) },
      firstGroup,
    };
    firstGroup += gradientGroups(gradients);
    return programs;
  });
  const heads = (gradient: boolean): Program<HeadsText> => {
    const text = {
      units: shape.units,
      outputs: weights.outputs,
      heads: weights.heads,
      lossWeights: training.lossWeights,
      gradient,
      tuning,
    };
    return { text, wgsl: headsWgsl(text) };
  };
  const update: UpdateText = {
    length: weights.length,
    optimizer: training.optimizer,
    clipNorm: training.clipNorm,
    lossWeights: training.lossWeights,
    gradientGroups: firstGroup,
    tuning,
  };
  return {
    state,
    dropout,
    embed: hasEmbed ? { text: embedding, wgsl: embedWgsl(embedding) } : null,
    layers,
    heads: heads(true),
    evaluation: heads(false),
    update: { text: update, wgsl: updateWgsl(update) },
  };
}

interface GradientsOf {
  readonly state: StateLayout;
  readonly training: TrainingConfig;
  readonly tuning: Tuning;
  readonly layer: number;
  /** Columns of the first layer's input. */
  readonly width: number;
}

/** The weight gradients of one layer's backward pass; the last layer adds the heads', the first the tables'. */
function gradientsText({
  state,
  training,
  tuning,
  layer,
  width,
}: GradientsOf): WeightGradientsText {
  const { shape, weights } = state;
  const { cell, units: H } = shape;
  const { inputWeights, recurrentWeights, inputBias, recurrentBias } = weights.layers[layer];
  const top = layer === shape.layers - 1;
  const tables = layer === 0 ? shape.embeddings : [];
  const jobs = recurrentJobs(
    { cell, inputs: inputWeights.rows, units: H, x: 'uniforms.x' },
    {
      inputWeights: inputWeights.offset,
      recurrentWeights: recurrentWeights.offset,
      inputBias: inputBias.offset,
      recurrentBias: recurrentBias.offset,
    },
  );
  if (top)
    jobs.push({
      rows: H,
      columns: weights.outputs,
      left: { buffer: 'trace', at: 'uniforms.output', stride: H },
      right: { buffer: 'losses', at: 'uniforms.dOutputs', stride: weights.outputs },
      before: false,
      place: weights.headWeights.offset,
      biases: [weights.headBias.offset],
    });
  let shift = 0;
  tables.forEach(({ offset, categories, units }, index) => {
    jobs.push({
      rows: categories,
      columns: units,
      left: { buffer: 'batch', at: `uniforms.features + ${offset}`, stride: shape.features },
      right: { buffer: 'dInput', at: `${offset + shift}`, stride: width },
      before: false,
      place: weights.embeddings[index].offset,
      biases: [],
    });
    shift += units - categories;
  });
  return {
    jobs,
    inputs: [
      'x',
      'trace',
      ...(top ? ['losses'] : []),
      ...(tables.length ? ['batch', 'dInput'] : []),
    ],
    uniforms: [
      'x',
      'hiddens',
      ...(top ? ['output', 'dOutputs'] : []),
      ...(tables.length ? ['features'] : []),
    ],
    l1: training.l1,
    l2: training.l2,
    tuning,
  };
}
