import type { FloatArray } from '../../util/math.ts';

/** What a network remembers between two steps. Plain arrays: copy or clear them as you like. */
export interface NetworkState<A extends FloatArray = Float32Array> {
  /** [layers * H] hidden states. */
  readonly hidden: A;
  /** [layers * H] cell states; empty for GRU. */
  readonly cell: A;
}

/** Raw outputs of one step; views that the next step overwrites. Empty where there is no such head. */
export interface NetworkOutput<A extends FloatArray = Float32Array> {
  /** [A]. */
  readonly actionLogits: A;
  /** [K]. */
  readonly timeLogits: A;
  /** [C] normalised values. */
  readonly values: A;
  /** [K] what each expert's vote weighs, >= 0. Their votes are not in the logits. */
  readonly gate: A;
  /** [K] the same for the time's logits; empty without a time head. */
  readonly timeGate: A;
}

/** A network that takes one step at a time. Many characters can share it: each has a state. */
export interface Streaming<A extends FloatArray = Float32Array> {
  /** WebAssembly, or plain TypeScript. */
  readonly engine: 'wasm' | 'cpu';
  /** The state at the beginning of an episode: zeros. */
  createState(): NetworkState<A>;
  /** Back to the beginning of an episode. */
  resetState(state: NetworkState<A>): void;
  /**
   * Takes one step of [F] features in, changing `state`. The result is valid until the next step,
   * of whatever state.
   */
  step(state: NetworkState<A>, features: FloatArray): NetworkOutput<A>;
  /**
   * Takes one step of each of n characters in: `features` is [n, F], `states` are n different ones.
   * Gives `each` their outputs in turn, valid during the call; `each` must not take steps.
   */
  stepMany(
    states: readonly NetworkState<A>[],
    features: FloatArray,
    each: (output: NetworkOutput<A>, index: number) => void,
  ): void;
}
