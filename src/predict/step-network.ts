import { Encoder } from '../dataset/encoder.ts';
import type { EncoderState } from '../dataset/encoder.ts';
import { medianTicks } from '../dataset/time-bins.ts';
import type { NetworkOutput, NetworkState, Streaming } from '../kernels/common/streaming.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Step } from '../record/episode.ts';
import { ForesightError } from '../util/error.ts';
import { argmax, entropy, softmax } from '../util/math.ts';
import { createStreaming } from './create-streaming.ts';
import type { Prediction } from './prediction.ts';

/** What the network remembers of one character's episode. */
export interface StepState {
  readonly encoder: EncoderState;
  readonly network: NetworkState;
}

/** A continuous target and how to bring it back to its field's unit. */
interface ValueField {
  readonly name: string;
  readonly mean: number;
  readonly scale: number;
}

/** One checkpoint at work: takes steps in, one by one, and gives predictions. */
export class StepNetwork {
  readonly checkpoint: Checkpoint;
  readonly #encoder: Encoder;
  readonly #network: Streaming;
  readonly #features: Float32Array;
  /** [n, F] features of many characters, and its rows. Grows. */
  #many = new Float32Array(0);
  #rows: Float32Array[] = [];
  readonly #values: readonly ValueField[];

  /** Throws `bad-data` for a checkpoint whose parts do not fit together. */
  constructor(checkpoint: Checkpoint) {
    const { spec, statistics, shape, weights, model } = checkpoint;
    this.checkpoint = checkpoint;
    this.#encoder = new Encoder(spec, statistics);
    if (this.#encoder.width !== shape.features || spec.action.actions.length !== shape.actions)
      throw new ForesightError(
        'bad-data',
        `The model of "${spec.name}" takes ${shape.features} features and gives ${shape.actions} actions, but its spec makes ${this.#encoder.width} and has ${spec.action.actions.length}. Load the checkpoint again or train a new one.`,
      );
    this.#network = createStreaming(shape, weights);
    this.#features = new Float32Array(this.#encoder.width);
    this.#values = model.continuous.flatMap((name) => {
      const field = statistics.fields.find((other) => other.name === name);
      return field?.kind === 'number' ? [{ name, mean: field.mean, scale: field.scale }] : [];
    });
  }

  /** The memory at the beginning of an episode. */
  createState(): StepState {
    return { encoder: this.#encoder.createState(), network: this.#network.createState() };
  }

  /** Takes a step in without predicting. The result is valid until the next call. */
  step(state: StepState, step: Step): NetworkOutput {
    this.#encoder.encode(state.encoder, step, this.#features);
    return this.#network.step(state.network, this.#features);
  }

  /**
   * Takes one step of each of many characters in, the network's part all at once. Gives `each` their
   * outputs in turn, valid during the call.
   *
   * @param states as many different ones as `steps`
   */
  stepMany(
    states: readonly StepState[],
    steps: readonly Step[],
    each: (output: NetworkOutput, index: number) => void,
  ): void {
    const width = this.#encoder.width;
    if (this.#rows.length < steps.length) {
      this.#many = new Float32Array(steps.length * width);
      this.#rows = steps.map((_, i) => this.#many.subarray(i * width, (i + 1) * width));
    }
    steps.forEach((step, i) => this.#encoder.encode(states[i].encoder, step, this.#rows[i]));
    const networks = states.map(({ network }) => network);
    this.#network.stepMany(networks, this.#many.subarray(0, steps.length * width), each);
  }

  /** The prediction that `output` means. Throws `diverged` when it is not made of numbers. */
  prediction(output: NetworkOutput, tick: number, steps: number): Prediction {
    const { spec, statistics } = this.checkpoint;
    const probabilities = new Float32Array(output.actionLogits.length);
    softmax(output.actionLogits, probabilities);
    const actionIndex = argmax(probabilities);
    // One NaN or infinite logit makes the sum, and with it every probability, NaN.
    if (!Number.isFinite(probabilities[0])) throw this.#diverged();
    const timeProbabilities = new Float32Array(output.timeLogits.length);
    if (timeProbabilities.length) softmax(output.timeLogits, timeProbabilities);
    const values: Record<string, number> = {};
    for (let i = 0; i < this.#values.length; i++) {
      const { name, mean, scale } = this.#values[i];
      values[name] = output.values[i] * scale + mean;
    }
    return {
      tick,
      steps,
      action: spec.action.actions[actionIndex],
      actionIndex,
      probability: probabilities[actionIndex],
      probabilities,
      entropy: entropy(probabilities),
      inTicks: medianTicks(statistics.timeEdges, timeProbabilities),
      timeProbabilities,
      values,
    };
  }

  #diverged(): ForesightError {
    return new ForesightError(
      'diverged',
      `The model of "${this.checkpoint.spec.name}" gives no numbers: its weights are broken. Load an earlier checkpoint, or train again with a lower learning rate.`,
    );
  }
}
