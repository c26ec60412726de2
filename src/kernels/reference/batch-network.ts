import type { TrainingConfig } from '../../model/config.ts';
import type { NetworkShape } from '../../model/network-shape.ts';
import { inputWidth } from '../../model/network-shape.ts';
import type { FloatArray } from '../../util/math.ts';
import { dropOut } from './dropout.ts';
import { embed, embedBackward } from './embed.ts';
import { mixExperts, mixExpertsBackward } from './experts.ts';
import type { ExpertRun } from './experts.ts';
import { Layer } from './layer.ts';
import { linear, linearBackward } from './linear.ts';
import { transpose } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { networkParameters } from './network-parameters.ts';
import type { NetworkParameters } from './network-parameters.ts';
import type { NetworkLosses } from '../common/network-losses.ts';
import { Packer } from '../common/packing.ts';
import type { Packing, WindowBatch } from '../common/packing.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import type { HeadTargets } from './softmax-cross-entropy.ts';
import { squaredError } from './squared-error.ts';
import { Workspace } from './workspace.ts';

export interface RunOptions<A extends FloatArray> {
  readonly lossWeights: TrainingConfig['lossWeights'];
  /** Factors as `DropoutFactors` draws them; none without dropout. */
  readonly dropout?: readonly Float32Array[];
  /** Flat; overwritten with the gradient of `loss`. Without it there is no backward pass. */
  readonly gradient?: A;
}

const LOSSES = ['action', 'time', 'values', 'unaided'] as const;
const HEADS = [...LOSSES, 'gate', 'time_gate'] as const;
type LossName = (typeof LOSSES)[number];
type HeadName = (typeof HEADS)[number];
/** Outputs of the heads that there are, each [N, size]. */
type Outputs<A extends FloatArray> = Partial<Record<HeadName, Matrix<A>>>;

/**
 * The network over whole batches, forward and backward through time, every window from zero state.
 * Works in the precision of its weights; keeps its memory from batch to batch.
 */
export class BatchNetwork<A extends FloatArray> {
  readonly #shape: NetworkShape;
  readonly #parameters: NetworkParameters<A>;
  readonly #layers: readonly Layer<A>[];
  readonly #workspace: Workspace<A>;
  readonly #packer = new Packer();

  /** @param weights flat, in the order of `parameterLayout(shape)`; read at every run, not copied */
  constructor(shape: NetworkShape, weights: A) {
    this.#shape = shape;
    this.#parameters = networkParameters(shape, weights);
    this.#layers = this.#parameters.layers.map((layer) => new Layer(shape.cell, layer));
    this.#workspace = new Workspace(weights);
  }

  /** Losses of a batch and, if asked for, their gradient. */
  run(batch: WindowBatch, { lossWeights, dropout = [], gradient }: RunOptions<A>): NetworkLosses {
    const packing = this.#packer.pack(batch);
    const features = this.#gather(batch.features, packing);
    const drop = (x: Matrix<A>, at: number): Matrix<A> => this.#drop(x, packing, { dropout, at });
    let x = this.#embed(features);
    this.#layers.forEach((layer, at) => (x = layer.forward(drop(x, at), packing)));
    const top = drop(x, this.#layers.length);
    const outputs = this.#heads(top);
    const votes = this.#votes(outputs, batch, packing);
    for (const one of votes) mixExperts(one, this.#parameters[one.weights]!);
    const losses = this.#losses(outputs, { batch, packing, lossWeights });
    if (gradient) this.#backward(gradient, { packing, features, top, outputs, votes, dropout });
    return losses;
  }

  /** [N, F] features in the order of the packing. */
  #gather(features: Float32Array, { rows, places }: Packing): Matrix<A> {
    const width = this.#shape.features;
    const packed = this.#workspace.matrix('features', rows, width);
    for (let row = 0; row < rows; row++)
      for (let j = 0; j < width; j++)
        packed.data[row * width + j] = features[places[row] * width + j];
    return packed;
  }

  #embed(features: Matrix<A>): Matrix<A> {
    if (!this.#shape.embeddings.length) return features;
    const out = this.#workspace.matrix('embedded', features.rows, inputWidth(this.#shape));
    embed(out, features, this.#parameters.embeddings);
    return out;
  }

  /** What is left of the input of layer `at`, or of the heads. */
  #drop(x: Matrix<A>, packing: Packing, { dropout, at }: DropoutAt): Matrix<A> {
    if (!dropout.length) return x;
    const out = this.#workspace.matrix(`dropped ${at}`, x.rows, x.columns);
    dropOut(out, x, dropout[at], packing);
    return out;
  }

  #heads(top: Matrix<A>): Outputs<A> {
    const outputs: Outputs<A> = {};
    for (const name of HEADS) {
      const head = this.#parameters[name];
      if (!head) continue;
      const { rows: size, columns: units } = head.weights;
      const turned = this.#workspace.matrix(`${name} weights`, units, size);
      transpose(turned, head.weights);
      const out = this.#workspace.matrix(name, top.rows, size);
      linear(out, top, { weights: turned, bias: head.bias });
      outputs[name] = out;
    }
    return outputs;
  }

  /** Turns the outputs into the gradients of `loss`. */
  #losses(
    { action, time, values, unaided }: Outputs<A>,
    { batch, packing, lossWeights }: LossInput,
  ): NetworkLosses {
    const { mask } = batch;
    let targets = 0;
    for (let place = 0; place < mask.length; place++) targets += mask[place];
    const mean = 1 / (targets || 1);
    const head = <T>(name: LossName, of: T): HeadTargets<T> => ({
      packing,
      mask,
      targets: of,
      scale: lossWeights[name] * mean,
    });
    const none = { loss: 0, correct: 0 };
    const soft = batch.softActions;
    const actions = action
      ? softmaxCrossEntropy(action, { ...head('action', batch.actions), soft })
      : none;
    const alone = unaided
      ? softmaxCrossEntropy(unaided, { ...head('unaided', batch.actions), soft })
      : none;
    const times = time ? softmaxCrossEntropy(time, head('time', batch.timeBins)) : none;
    const deviation = values ? squaredError(values, head('values', batch.values)) : 0;
    const means = {
      action: actions.loss * mean,
      time: times.loss * mean,
      values: deviation * mean,
    };
    const parts = { ...means, unaided: alone.loss * mean };
    const loss = LOSSES.reduce((sum, name) => sum + lossWeights[name] * parts[name], 0);
    return { loss, ...means, targets, correct: actions.correct };
  }

  /** The heads that experts vote in. */
  #votes(outputs: Outputs<A>, batch: WindowBatch, packing: Packing): ExpertRun[] {
    const { action, time, gate, time_gate: timeGate } = outputs;
    const run = { shape: this.#shape, batch, packing };
    const votes: ExpertRun[] = [];
    if (action && gate && batch.experts)
      votes.push({ ...run, logits: action, gate, logs: batch.experts, weights: 'gateMatches' });
    if (time && timeGate && batch.timeExperts)
      votes.push({
        ...run,
        logits: time,
        gate: timeGate,
        logs: batch.timeExperts,
        weights: 'timeGateMatches',
      });
    return votes;
  }

  #backward(flat: A, { packing, features, top, outputs, votes, dropout }: BackwardInput<A>): void {
    flat.fill(0);
    const gradient = networkParameters(this.#shape, flat);
    for (const one of votes) mixExpertsBackward(one, gradient[one.weights]!);
    let dHidden = this.#workspace.zeros('dTop', top.rows, top.columns);
    for (const name of HEADS) {
      const [head, headGradient, dOut] = [this.#parameters[name], gradient[name], outputs[name]];
      if (!head || !headGradient || !dOut) continue;
      const { weights } = head;
      linearBackward({ dOut, x: top, weights, gradient: headGradient, dX: dHidden });
    }
    const layers = this.#layers.length;
    if (dropout.length) dropOut(dHidden, dHidden, dropout[layers], packing);
    for (let at = layers - 1; at >= 0; at--) {
      const below = at ? this.#shape.units : inputWidth(this.#shape);
      const needed = at > 0 || gradient.embeddings.length > 0;
      const dX = needed ? this.#workspace.zeros(`dX ${at}`, top.rows, below) : null;
      this.#layers[at].backward(dHidden, gradient.layers[at], dX);
      if (!dX) return;
      if (dropout.length) dropOut(dX, dX, dropout[at], packing);
      dHidden = dX;
    }
    embedBackward(dHidden, features, gradient.embeddings);
  }
}

interface DropoutAt {
  readonly dropout: readonly Float32Array[];
  readonly at: number;
}

interface LossInput {
  readonly batch: WindowBatch;
  readonly packing: Packing;
  readonly lossWeights: TrainingConfig['lossWeights'];
}

interface BackwardInput<A extends FloatArray> {
  readonly packing: Packing;
  /** [N, F]. */
  readonly features: Matrix<A>;
  /** [N, H] input of the heads. */
  readonly top: Matrix<A>;
  /** Gradients of the heads' outputs. */
  readonly outputs: Outputs<A>;
  readonly votes: readonly ExpertRun[];
  readonly dropout: readonly Float32Array[];
}
