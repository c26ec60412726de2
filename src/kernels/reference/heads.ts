import type { TrainingConfig } from '../../model/config.ts';
import type { NetworkShape } from '../../network/shape.ts';
import type { FloatArray } from '../../util/math.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import { mixExperts, mixExpertsBackward } from './experts.ts';
import type { ExpertRun } from './experts.ts';
import { linear, linearBackward } from './linear.ts';
import { transpose } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { ReadoutParameters } from './network-parameters.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import type { HeadTargets } from './softmax-cross-entropy.ts';
import { squaredError } from './squared-error.ts';
import { Workspace } from './workspace.ts';

const LOSSES = ['action', 'time', 'values', 'unaided'] as const;
const HEADS = [...LOSSES, 'gate', 'time_gate'] as const;
type LossName = (typeof LOSSES)[number];
type HeadName = (typeof HEADS)[number];
/** Outputs of the network's heads, each [N, size]. */
type Outputs<A extends FloatArray> = Partial<Record<HeadName, Matrix<A>>>;

/** One pass through the heads of one network. */
export interface HeadRun<A extends FloatArray> {
  readonly batch: WindowBatch;
  readonly packing: Packing;
  /** [N, H] input of the heads. */
  readonly top: Matrix<A>;
  /** With the experts' votes; `losses` overwrites them with their gradients. */
  readonly outputs: Outputs<A>;
  readonly votes: readonly ExpertRun[];
}

/** The linear heads on top of one network, with the experts' votes, and their losses. */
export class Heads<A extends FloatArray> {
  readonly #shape: NetworkShape;
  readonly #parameters: ReadoutParameters<A>;
  readonly #workspace: Workspace<A>;

  constructor(shape: NetworkShape, parameters: ReadoutParameters<A>, weights: A) {
    this.#shape = shape;
    this.#parameters = parameters;
    this.#workspace = new Workspace(weights);
  }

  forward(top: Matrix<A>, batch: WindowBatch, packing: Packing): HeadRun<A> {
    const outputs: Outputs<A> = {};
    for (const name of HEADS) {
      const head = this.#parameters[name];
      if (!head) continue;
      const { rows: size, columns: units } = head.weights;
      const transposed = this.#workspace.matrix(`${name} weights`, units, size);
      transpose(transposed, head.weights);
      const out = this.#workspace.matrix(name, top.rows, size);
      linear(out, top, { weights: transposed, bias: head.bias });
      outputs[name] = out;
    }
    const votes = this.#votes(outputs, batch, packing);
    for (const one of votes) mixExperts(one, this.#parameters[one.weights]!);
    return { batch, packing, top, outputs, votes };
  }

  /** Overwrites the outputs with the gradients of `loss`. */
  losses(
    { batch, packing, outputs }: HeadRun<A>,
    lossWeights: TrainingConfig['lossWeights'],
  ): NetworkLosses {
    const { action, time, values, unaided } = outputs;
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
    const unaidedLoss = unaided
      ? softmaxCrossEntropy(unaided, { ...head('unaided', batch.actions), soft })
      : none;
    const times = time ? softmaxCrossEntropy(time, head('time', batch.timeBins)) : none;
    const deviation = values ? squaredError(values, head('values', batch.values)) : 0;
    const means = {
      action: actions.loss * mean,
      time: times.loss * mean,
      values: deviation * mean,
    };
    const parts = { ...means, unaided: unaidedLoss.loss * mean };
    const loss = LOSSES.reduce((sum, name) => sum + lossWeights[name] * parts[name], 0);
    return { loss, ...means, targets, correct: actions.correct };
  }

  /** Adds the gradients of the heads' weights and returns that of `top` [N, H]. */
  backward({ top, outputs, votes }: HeadRun<A>, gradient: ReadoutParameters<A>): Matrix<A> {
    for (const one of votes) mixExpertsBackward(one, gradient[one.weights]!);
    const dX = this.#workspace.zeros('dTop', top.rows, top.columns);
    for (const name of HEADS) {
      const [head, headGradient, dOut] = [this.#parameters[name], gradient[name], outputs[name]];
      if (!head || !headGradient || !dOut) continue;
      linearBackward({ dOut, x: top, weights: head.weights, gradient: headGradient, dX });
    }
    return dX;
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
}

/** Overwrites the outputs of `a` with the mean of both networks' outputs. */
export function meanOutputs<A extends FloatArray>(a: HeadRun<A>, b: HeadRun<A>): void {
  for (const name of HEADS) {
    const [to, from] = [a.outputs[name], b.outputs[name]];
    if (!to || !from) continue;
    for (let i = 0; i < to.rows * to.columns; i++)
      to.data[to.offset + i] = (to.data[to.offset + i] + from.data[from.offset + i]) / 2;
  }
}
