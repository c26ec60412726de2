import { medianTicks, ticksInBin } from '../dataset/time-bins.ts';
import type { NetworkOutput } from '../kernels/common/streaming.ts';
import type { Step } from '../record/episode.ts';
import { indexAt, softmax } from '../util/math.ts';
import type { Rng } from '../util/rng.ts';
import type { Prediction } from './prediction.ts';
import type { StepNetwork, StepState } from './step-network.ts';

/** Where a character is: what is remembered of its episode, and what was predicted from there. */
export interface PathOrigin {
  readonly state: StepState;
  readonly prediction: Prediction;
}

/**
 * One way that play may go on from where a character is. Steps that are only supposed are taken into
 * a copy of its memory, so the character's own stays as it is and nothing is learned of them.
 *
 * At a step that is taken the continuous targets are what was predicted of them, and all other fields what
 * was last known; of one that is supposed the game says all.
 */
export class SupposedPath {
  /** [actions] probabilities of the action after the path; overwritten by the next step. */
  readonly probabilities: Float32Array;
  /** [timeBins] of the time until then; empty without a time head. Overwritten likewise. */
  readonly timeProbabilities: Float32Array;
  /** [targets] values expected then, in the fields' units. Overwritten likewise. */
  readonly values: Float32Array;
  readonly #network: StepNetwork;
  readonly #state: StepState;
  readonly #step: { tick: number; action: number; readonly values: Float32Array };
  readonly #timeEdges: readonly number[];
  /** Ticks to every next step where they are not predicted. */
  readonly #fixedTicks: number;

  /** @param state a fork, from now on the path's own */
  constructor(network: StepNetwork, state: StepState) {
    const { spec, shape, statistics } = network.checkpoint;
    this.#network = network;
    this.#state = state;
    this.probabilities = new Float32Array(shape.actions);
    this.timeProbabilities = new Float32Array(shape.timeBins);
    this.values = new Float32Array(network.valueFields.length);
    this.#step = { tick: 0, action: 0, values: new Float32Array(statistics.fields.length) };
    this.#timeEdges = statistics.timeEdges;
    this.#fixedTicks =
      spec.sampling.kind === 'everyTicks'
        ? spec.sampling.ticks
        : shape.timeBins
          ? NaN
          : Math.max(1, Math.round(Math.expm1(statistics.duration.mean)));
  }

  /** Another path of the same network; it is nowhere until it starts or copies one. */
  fork(): SupposedPath {
    return new SupposedPath(this.#network, this.#network.fork(this.#state, this.#state));
  }

  /** Back to where the character is. */
  start({ state, prediction }: PathOrigin): void {
    this.#network.resetFork(this.#state, state);
    this.#step.tick = prediction.tick;
    this.probabilities.set(prediction.probabilities);
    this.timeProbabilities.set(prediction.timeProbabilities);
    this.#network.valueFields.forEach(
      ({ field }, i) => (this.values[i] = prediction.values[field.name]),
    );
  }

  /** Goes to where another path of the same network is. */
  copyFrom(other: SupposedPath): void {
    this.#network.resetFork(this.#state, other.#state);
    this.#step.tick = other.#step.tick;
    this.probabilities.set(other.probabilities);
    this.timeProbabilities.set(other.timeProbabilities);
    this.values.set(other.values);
  }

  /** Whether the ticks to the next action are predicted, and not always the same. */
  get isTimed(): boolean {
    return !this.#fixedTicks;
  }

  /** Ticks to the next action, drawn from what is predicted of them. */
  drawTicks(rng: Rng): number {
    if (this.#fixedTicks) return this.#fixedTicks;
    const bin = indexAt(this.timeProbabilities, rng.next());
    return ticksInBin(this.#timeEdges, bin, rng.next());
  }

  /** Median ticks to the next action. */
  get medianTicks(): number {
    return this.#fixedTicks || medianTicks(this.#timeEdges, this.timeProbabilities);
  }

  /** Supposes that `action` comes next, after `ticks`. */
  take(action: number, ticks: number): void {
    const step = this.#step;
    step.tick += ticks;
    step.action = action;
    step.values.set(this.#state.encoder.known);
    const fields = this.#network.valueFields;
    for (let i = 0; i < fields.length; i++) step.values[fields[i].index] = this.values[i];
    this.#read(this.#network.suppose(this.#state, step));
  }

  /** Supposes that this step comes next, whatever was predicted. Copies what it keeps. */
  suppose({ tick, action, values }: Step): void {
    const step = this.#step;
    step.tick = tick;
    step.action = action;
    step.values.set(values);
    this.#read(this.#network.suppose(this.#state, step));
  }

  #read({ actionLogits, timeLogits, values }: NetworkOutput): void {
    softmax(actionLogits, this.probabilities);
    this.#network.blend(this.#state, this.probabilities);
    if (timeLogits.length) softmax(timeLogits, this.timeProbabilities);
    this.values.set(values);
  }
}

/**
 * Paths of one network that are used again and again: a roll-out allocates none after the first one of
 * its size. Two rows take turns, so that the paths of a step can go on from those of the step before.
 */
export class PathPool {
  readonly network: StepNetwork;
  #root: SupposedPath | null = null;
  readonly #rows: readonly SupposedPath[][] = [[], []];

  constructor(network: StepNetwork) {
    this.network = network;
  }

  /** The path without steps. Valid, as all others are, until the next call. */
  begin(origin: PathOrigin): SupposedPath {
    this.#root ??= new SupposedPath(this.network, this.network.fork(origin.state));
    this.#root.start(origin);
    return this.#root;
  }

  /** The paths to be led k steps on: not those of k - 1. After `begin`. */
  row(k: number): (index: number) => SupposedPath {
    const row = this.#rows[k % 2];
    return (index) => (row[index] ??= this.#root!.fork());
  }
}
