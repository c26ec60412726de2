import * as tf from '@tensorflow/tfjs-core';
import { backwardGroups } from './recurrent-backward-wgsl.ts';
import { embedGroups, embeddedWidth } from './embed-wgsl.ts';
import { forwardGroups } from './recurrent-forward-wgsl.ts';
import { headGroups, headSections } from './heads-wgsl.ts';
import type { HeadsText } from './heads-wgsl.ts';
import { KERNELS } from './kernels.ts';
import type { LayerPrograms, NetworkPrograms, Program } from './network-programs.ts';
import type { PackedBatch } from './pack-batch.ts';
import { productGroups } from './product-wgsl.ts';
import { traceSections } from './recurrent-text.ts';
import type { TraceSections } from './recurrent-text.ts';
import { GRADIENT_SUMS, gradientGroups } from './weight-gradients-wgsl.ts';

/** Part of a tensor. */
interface Section {
  readonly tensor: tf.Tensor1D;
  readonly at: number;
}

/** What a layer's forward pass leaves behind. */
interface LayerRun {
  readonly x: Section;
  readonly trace: tf.Tensor1D;
  readonly sections: TraceSections;
}

/**
 * The way of one batch through a network and back. Queues one program after the other, and leaves
 * disposing to the scope it is used in.
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

  /** The heads' sums and gradients, and the flat gradient with its sums behind it. */
  backward(): { losses: tf.Tensor1D; gradient: tf.Tensor1D } {
    const { state, heads, layers, update } = this.programs;
    const runs = this.#forward();
    const losses = this.#heads(heads, runs);
    const { length } = state.weights;
    let gradient: tf.Tensor1D | number = length + update.text.gradientGroups * GRADIENT_SUMS;
    let upper: Section = { tensor: losses, at: headSections(heads.text, this.places).dHidden };
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      const run = runs[layer];
      this.#layerBackward(layer, run, upper);
      const dInput = this.#inputGradient(layer, run);
      gradient = this.#weightGradients(layer, { run, losses, dInput, gradient });
      if (dInput) upper = { tensor: dInput, at: 0 };
    }
    return { losses, gradient: gradient as tf.Tensor1D };
  }

  #forward(): LayerRun[] {
    const runs: LayerRun[] = [];
    let x = this.#embed();
    for (const [layer, programs] of this.programs.layers.entries()) {
      const run = this.#layerForward(layer, programs, x);
      runs.push(run);
      x = { tensor: run.trace, at: run.sections.output };
    }
    return runs;
  }

  #embed(): Section {
    const { embed } = this.programs;
    const { sections } = this.batch;
    if (!embed) return { tensor: this.#batch, at: sections.features };
    const tensor = KERNELS.embed.launch({
      wgsl: embed.wgsl,
      inputs: { batch: this.#batch, weights: this.#state },
      uniforms: {
        places: this.places,
        features: sections.features,
        factors: sections.factors[0] ?? 0,
      },
      groups: embedGroups(embed.text, this.places),
      output: this.places * embeddedWidth(embed.text),
    });
    return { tensor, at: 0 };
  }

  #layerForward(layer: number, programs: LayerPrograms, x: Section): LayerRun {
    const { project, recurrent, forward } = programs;
    const matrices = this.programs.state.weights.layers[layer];
    const { windows, steps } = this.batch;
    const sections = traceSections(recurrent, this.places);
    const trace = KERNELS.product.launch({
      wgsl: project.wgsl,
      inputs: { x: x.tensor, weights: this.#state, bias: this.#state },
      uniforms: {
        rows: this.places,
        x: x.at,
        xStride: project.text.inner,
        weights: matrices.inputWeights.offset,
        bias: matrices.inputBias.offset,
        bias2: matrices.recurrentBias.offset,
        outStride: 4 * recurrent.units,
      },
      groups: productGroups(project.text, this.places),
      output: sections.length,
    });
    KERNELS.recurrentForward.launch({
      wgsl: forward,
      inputs: {
        recurrentWeights: this.#state,
        recurrentBias: this.#state,
        factors: this.#batch,
      },
      uniforms: {
        windows,
        steps,
        recurrentWeights: matrices.recurrentWeights.offset,
        recurrentBias: matrices.recurrentBias.offset,
        factors: this.#factors(layer + 1),
      },
      groups: forwardGroups(recurrent, windows),
      output: trace,
    });
    return { x, trace, sections };
  }

  #heads({ text, wgsl }: Program<HeadsText>, runs: readonly LayerRun[]): tf.Tensor1D {
    const { state } = this.programs;
    const { sections, targets } = this.batch;
    const { trace, sections: traced } = runs[runs.length - 1];
    const { dOutputs, dHidden, length } = headSections(text, this.places);
    return KERNELS.heads.launch({
      wgsl,
      inputs: {
        hiddens: trace,
        weights: this.#state,
        batch: this.#batch,
        turnedWeights: this.#state,
      },
      uniforms: {
        places: this.places,
        hiddens: traced.output,
        weights: state.weights.headWeights.offset,
        bias: state.weights.headBias.offset,
        turnedWeights: state.turnedHeads,
        mask: sections.mask,
        actions: sections.actions,
        timeBins: sections.timeBins,
        values: sections.values,
        known: sections.known,
        dOutputs,
        dHidden,
        scale: 1 / (targets || 1),
      },
      groups: headGroups(text, this.places),
      output: length,
    });
  }

  #layerBackward(layer: number, { trace }: LayerRun, upper: Section): void {
    const { layers, state } = this.programs;
    const { windows, steps } = this.batch;
    KERNELS.recurrentBackward.launch({
      wgsl: layers[layer].backward,
      inputs: { turnedWeights: this.#state, upper: upper.tensor, factors: this.#batch },
      uniforms: {
        windows,
        steps,
        turnedWeights: state.turnedRecurrent[layer],
        upper: upper.at,
        factors: this.#factors(layer + 1),
      },
      groups: backwardGroups(layers[layer].recurrent, windows),
      output: trace,
    });
  }

  #inputGradient(layer: number, { trace }: LayerRun): tf.Tensor1D | null {
    const { layers, state } = this.programs;
    const { dInput, recurrent } = layers[layer];
    const turned = state.turnedInput[layer];
    if (!dInput || turned === null) return null;
    const { text, wgsl } = dInput;
    return KERNELS.product.launch({
      wgsl,
      inputs: { x: trace, weights: this.#state, factors: this.#batch },
      uniforms: {
        rows: this.places,
        xStride: 4 * recurrent.units,
        weights: turned,
        factors: this.#factors(layer),
        outStride: text.columns,
      },
      groups: productGroups(text, this.places),
      output: this.places * text.columns,
    });
  }

  #weightGradients(layer: number, { run, losses, dInput, gradient }: GradientInput): tf.Tensor1D {
    const { layers, state, heads } = this.programs;
    const { gradients, firstGroup } = layers[layer];
    return KERNELS.weightGradients.launch({
      wgsl: gradients.wgsl,
      inputs: {
        x: run.x.tensor,
        trace: run.trace,
        losses,
        batch: this.#batch,
        dInput: dInput ?? losses,
        weights: this.#state,
      },
      uniforms: {
        places: this.places,
        windows: this.batch.windows,
        sums: state.weights.length + firstGroup * GRADIENT_SUMS,
        x: run.x.at,
        hiddens: run.sections.hidden,
        output: run.sections.output,
        dOutputs: headSections(heads.text, this.places).dOutputs,
        features: this.batch.sections.features,
      },
      groups: gradientGroups(gradients.text),
      output: gradient,
    });
  }

  #factors(index: number): number {
    return this.batch.sections.factors[index] ?? 0;
  }
}

interface GradientInput {
  readonly run: LayerRun;
  readonly losses: tf.Tensor1D;
  readonly dInput: tf.Tensor1D | null;
  readonly gradient: tf.Tensor1D | number;
}
