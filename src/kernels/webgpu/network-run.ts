import * as tf from '@tensorflow/tfjs-core';
import { embed } from './embed.ts';
import { headSections } from './heads-wgsl.ts';
import type { HeadsText } from './heads-wgsl.ts';
import { heads } from './heads.ts';
import type { NetworkPrograms } from './network-programs.ts';
import type { PackedBatch } from './pack-batch.ts';
import { product } from './product.ts';
import { recurrentBackward } from './recurrent-backward.ts';
import { recurrentForward } from './recurrent-forward.ts';
import { traceSections } from './recurrent-text.ts';
import type { TraceSections } from './recurrent-text.ts';
import type { Program, Section } from './run-program.ts';
import { GRADIENT_SUMS } from './weight-gradients-wgsl.ts';
import { weightGradients } from './weight-gradients.ts';

/** What the backward pass of a layer needs of its forward pass. */
interface LayerRun {
  readonly x: Section;
  readonly trace: tf.Tensor1D;
  readonly sections: TraceSections;
}

/**
 * The forward and backward pass of one batch. Queues programs one after the other; the caller's
 * `tf.tidy` disposes the tensors.
 */
export class NetworkRun {
  readonly programs: NetworkPrograms;
  readonly batch: PackedBatch;
  /** N. */
  readonly places: number;
  readonly #state: tf.Tensor1D;
  readonly #batch: tf.Tensor1D;

  constructor(programs: NetworkPrograms, batch: PackedBatch, state: tf.Tensor1D) {
    this.programs = programs;
    this.batch = batch;
    this.places = batch.windows * batch.steps;
    this.#state = state;
    this.#batch = tf.tensor1d(batch.data);
  }

  /** Sums of each workgroup of the heads. */
  evaluate(): tf.Tensor1D {
    return this.#heads(this.programs.evaluation, this.#forward());
  }

  /** The heads' sums and gradients, and the flat gradient followed by its sums. */
  backward(): { losses: tf.Tensor1D; gradient: tf.Tensor1D } {
    const { state, layers, update, heads: top } = this.programs;
    const runs = this.#forward();
    const losses = this.#heads(top, runs);
    const { gradientGroups } = update.text;
    let gradient: tf.Tensor1D | number = state.weights.length + gradientGroups * GRADIENT_SUMS;
    let upper: Section = { tensor: losses, at: headSections(top.text, this.places).dHidden };
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      const run = runs[layer];
      const { windows, steps } = this.batch;
      recurrentBackward(layers[layer].backward, {
        trace: run.trace,
        windows,
        steps,
        turnedWeights: this.#weights(state.transposedRecurrent[layer]),
        upper,
        factors: this.#factors(layer + 1),
      });
      const dInput = this.#inputGradient(layer, run);
      gradient = this.#weightGradients(layer, { run, losses, dInput, gradient });
      if (dInput) upper = { tensor: dInput, at: 0 };
    }
    return { losses, gradient: gradient as tf.Tensor1D };
  }

  #forward(): LayerRun[] {
    const runs: LayerRun[] = [];
    let x = this.#embed();
    for (const layer of this.programs.layers.keys()) {
      const run = this.#layerForward(layer, x);
      runs.push(run);
      x = { tensor: run.trace, at: run.sections.output };
    }
    return runs;
  }

  #embed(): Section {
    const { sections } = this.batch;
    const features = { tensor: this.#batch, at: sections.features };
    if (!this.programs.embed) return features;
    const factors = sections.factors[0] ?? 0;
    const input = { features, factors, weights: this.#state, places: this.places };
    return { tensor: embed(this.programs.embed, input), at: 0 };
  }

  #layerForward(layer: number, x: Section): LayerRun {
    const { project, forward } = this.programs.layers[layer];
    const matrices = this.programs.state.weights.layers[layer];
    const { windows, steps } = this.batch;
    const sections = traceSections(forward.text, this.places);
    const trace = product(project, {
      x,
      stride: project.text.inner,
      rows: this.places,
      weights: this.#weights(matrices.inputWeights.offset),
      bias: this.#weights(matrices.inputBias.offset),
      secondBias: matrices.recurrentBias.offset,
      length: sections.length,
      outStride: 4 * forward.text.units,
    });
    recurrentForward(forward, {
      trace,
      windows,
      steps,
      recurrentWeights: this.#weights(matrices.recurrentWeights.offset),
      recurrentBias: this.#weights(matrices.recurrentBias.offset),
      factors: this.#factors(layer + 1),
    });
    return { x, trace, sections };
  }

  #heads(program: Program<HeadsText>, runs: readonly LayerRun[]): tf.Tensor1D {
    const { trace, sections } = runs[runs.length - 1];
    return heads(program, {
      hiddens: { tensor: trace, at: sections.output },
      state: this.#state,
      layout: this.programs.state,
      batch: this.#batch,
      packed: this.batch,
    });
  }

  #inputGradient(layer: number, { trace }: LayerRun): tf.Tensor1D | null {
    const { layers, state } = this.programs;
    const { dInput, backward } = layers[layer];
    const weights = state.transposedInput[layer];
    if (!dInput || weights === null) return null;
    const { columns } = dInput.text;
    return product(dInput, {
      x: { tensor: trace, at: 0 },
      stride: 4 * backward.text.units,
      rows: this.places,
      weights: this.#weights(weights),
      factors: this.#factors(layer),
      length: this.places * columns,
      outStride: columns,
    });
  }

  #weightGradients(layer: number, { run, losses, dInput, gradient }: GradientInput): tf.Tensor1D {
    const { layers, state, heads: top } = this.programs;
    const { gradients, firstGroup } = layers[layer];
    return weightGradients(gradients, {
      places: this.places,
      windows: this.batch.windows,
      inputs: {
        x: run.x.tensor,
        trace: run.trace,
        losses,
        batch: this.#batch,
        weights: this.#state,
        ...(dInput && { dInput }),
      },
      uniforms: {
        x: run.x.at,
        hiddens: run.sections.hidden,
        output: run.sections.output,
        dOutputs: headSections(top.text, this.places).dOutputs,
        features: this.batch.sections.features,
      },
      length: state.weights.length,
      firstGroup,
      output: gradient,
    });
  }

  #weights(at: number): Section {
    return { tensor: this.#state, at };
  }

  #factors(index: number): Section | undefined {
    const at = this.batch.sections.factors.at(index);
    return at === undefined ? undefined : { tensor: this.#batch, at };
  }
}

interface GradientInput {
  readonly run: LayerRun;
  readonly losses: tf.Tensor1D;
  readonly dInput: tf.Tensor1D | null;
  readonly gradient: tf.Tensor1D | number;
}
