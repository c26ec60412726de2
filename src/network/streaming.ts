import type { FloatArray } from '../util/math.ts';

/** What a network remembers between two steps. Plain arrays, which may be copied or cleared. */
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
  /** [K] weight of each expert's vote, >= 0. The logits do not include the votes. */
  readonly gate: A;
  /** [K] the same for the time logits; empty without a time head. */
  readonly timeGate: A;
}

/** A network that takes one step at a time. Many characters can share it: each has a state. */
export interface Streaming<A extends FloatArray = Float32Array> {
  /** WebAssembly, or plain TypeScript. */
  readonly engine: 'wasm' | 'cpu';
  /** The state at the beginning of an episode: zeros. */
  createState(): NetworkState<A>;
  /** Resets a state to the beginning of an episode. */
  resetState(state: NetworkState<A>): void;
  /**
   * Processes one step of [F] features and changes `state`. The result is valid until the next step of
   * any state.
   */
  step(state: NetworkState<A>, features: FloatArray): NetworkOutput<A>;
  /**
   * Processes one step of each of n characters: `features` is [n, F], `states` are n different ones.
   * Calls `each` with one output after the other, valid during the call; `each` must not take steps.
   */
  stepMany(
    states: readonly NetworkState<A>[],
    features: FloatArray,
    each: (output: NetworkOutput<A>, index: number) => void,
  ): void;
}
