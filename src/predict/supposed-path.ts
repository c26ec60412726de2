import { medianTicks, ticksInBin } from '../dataset/time-bins.ts';
import type { NetworkOutput } from '../network/streaming.ts';
import type { Step } from '../record/episode.ts';
import { indexAt, softmax } from '../util/math.ts';
import type { Rng } from '../util/rng.ts';
import type { Prediction } from './prediction.ts';
import type { StepNetwork, StepState } from './step-network.ts';

/** A character's state after its last step, and the prediction made there. */
export interface PathOrigin {
  readonly state: StepState;
  readonly prediction: Prediction;
}

/**
 * One way in which play may continue after a character's last step. Its steps are only supposed: they are
 * taken with a copy of the character's state, so the character does not change and nothing is learned.
 *
 * `take` fills the observation of a step: the continuous targets have their predicted values, all other
 * fields their last known ones. `suppose` gets the whole step.
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
  /** Ticks from each step to the next one; NaN where they are predicted. */
  readonly #fixedTicks: number;

  /** @param state a fork, which belongs to the path from now on */
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

  /** Another path of the same network. Call `start` or `copyFrom` before it is used. */
  fork(): SupposedPath {
    return new SupposedPath(this.#network, this.#network.fork(this.#state, this.#state));
  }

  /** Resets the path to the character's last step. */
  start({ state, prediction }: PathOrigin): void {
    this.#network.resetFork(this.#state, state);
    this.#step.tick = prediction.tick;
    this.probabilities.set(prediction.probabilities);
    this.timeProbabilities.set(prediction.timeProbabilities);
    this.#network.valueFields.forEach(
      ({ field }, i) => (this.values[i] = prediction.values[field.name]),
    );
  }

  /** Takes over the state of another path of the same network. */
  copyFrom(other: SupposedPath): void {
    this.#network.resetFork(this.#state, other.#state);
    this.#step.tick = other.#step.tick;
    this.probabilities.set(other.probabilities);
    this.timeProbabilities.set(other.timeProbabilities);
    this.values.set(other.values);
  }

  /** Whether the ticks to the next action are predicted; if not, they are always the same. */
  get isTimed(): boolean {
    return !this.#fixedTicks;
  }

  /** Ticks to the next action, drawn from their prediction. */
  drawTicks(rng: Rng): number {
    if (this.#fixedTicks) return this.#fixedTicks;
    const bin = indexAt(this.timeProbabilities, rng.next());
    return ticksInBin(this.#timeEdges, bin, rng.next());
  }

  /** Median ticks to the next action. */
  get medianTicks(): number {
    return this.#fixedTicks || medianTicks(this.#timeEdges, this.timeProbabilities);
  }

  /** Supposes that `action` comes next, after `ticks`, with the predicted values. */
  take(action: number, ticks: number): void {
    const step = this.#step;
    step.tick += ticks;
    step.action = action;
    step.values.set(this.#state.encoder.known);
    const fields = this.#network.valueFields;
    for (let i = 0; i < fields.length; i++) step.values[fields[i].column] = this.values[i];
    this.#read(this.#network.suppose(this.#state, step));
  }

  /** Supposes that this step comes next, whatever was predicted. The step is copied. */
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
 * Reusable paths of one network: after the first roll-out of its size, a roll-out allocates none. There
 * are two rows, used alternately, so that the paths of a step can continue those of the step before.
 */
export class PathPool {
  static readonly #pools = new WeakMap<StepNetwork, PathPool>();
  readonly network: StepNetwork;
  #root: SupposedPath | null = null;
  readonly #rows: readonly SupposedPath[][] = [[], []];

  private constructor(network: StepNetwork) {
    this.network = network;
  }

  /** The pool of a network. */
  static of(network: StepNetwork): PathPool {
    let pool = PathPool.#pools.get(network);
    if (!pool) PathPool.#pools.set(network, (pool = new PathPool(network)));
    return pool;
  }

  /** The path without steps. All paths are valid until the next call. */
  begin(origin: PathOrigin): SupposedPath {
    this.#root ??= new SupposedPath(this.network, this.network.fork(origin.state));
    this.#root.start(origin);
    return this.#root;
  }

  /** The paths for step k, which differ from those for step k - 1. Call `begin` first. */
  row(k: number): (index: number) => SupposedPath {
    const row = this.#rows[k % 2];
    return (index) => (row[index] ??= this.#root!.fork());
  }
}
