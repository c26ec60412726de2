import { Encoder } from '../dataset/encoder.ts';
import type { EncoderState } from '../dataset/encoder.ts';
import type { FeatureLayout } from '../dataset/statistics.ts';
import { medianTicks } from '../dataset/time-bins.ts';
import { valueFields } from '../dataset/value-fields.ts';
import type { ValueField } from '../dataset/value-fields.ts';
import { valueOf } from '../dataset/value-target.ts';
import { addVotes } from '../experts/add-votes.ts';
import { ExpertBlend } from '../experts/expert-blend.ts';
import { ExpertFollower, followerOptions } from '../experts/expert-follower.ts';
import type { FollowerOptions } from '../experts/expert-follower.ts';
import { isSamePlan } from '../experts/same-plan.ts';
import { Safeguard } from '../experts/safeguard.ts';
import { copyPopulation } from '../experts/simple-models.ts';
import type { SimplePopulation } from '../experts/simple-models.ts';
import type { NetworkOutput, NetworkState, Streaming } from '../network/streaming.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { matchWidth, votedEdges } from '../network/shape.ts';
import type { Step } from '../record/episode.ts';
import { ForesightError } from '../util/error.ts';
import { allFinite, argmax, entropy, softmax } from '../util/math.ts';
import type { CreateStreaming } from './create-streaming.ts';
import { cacheSteps, NeuralCache } from './neural-cache.ts';
import type { Prediction } from './prediction.ts';
import { followValues } from './value-follower.ts';
import type { FollowerParts, ValueFollower } from './value-follower.ts';

/** What a network remembers about one character's episode. */
export interface StepState {
  readonly encoder: EncoderState;
  readonly network: NetworkState;
  /** The character's experts; null if the network has none. */
  readonly experts: ExpertFollower | null;
  /** Blends the network's probabilities of the next action with the experts'; null without experts. */
  readonly blend: ExpertBlend | null;
  /** Remembers what the player did; null where the model has none, see `ModelConfig.cache`, or nothing is blended. */
  readonly cache: NeuralCache | null;
  /** Follows the continuous targets; null without any. */
  readonly values: ValueFollower | null;
  /** Makes the final probabilities; null where nothing is blended. */
  readonly safeguard: Safeguard | null;
}

export interface StepNetworkOptions {
  /** The simple models that characters begin with; null where nothing is blended, see `PredictorOptions.blend`. */
  readonly population: SimplePopulation | null;
  readonly createStreaming: CreateStreaming;
  /** See `createStreaming`. */
  readonly spare?: Streaming | null;
}

/** One checkpoint at work: takes steps one by one and returns predictions. */
export class StepNetwork {
  readonly checkpoint: Checkpoint;
  readonly #encoder: Encoder;
  readonly #network: Streaming;
  readonly #features: Float32Array;
  /** How experts follow characters; null for a network without them. */
  readonly #experts: FollowerOptions | null;
  /** [n, F] features of many characters, and views of its rows. Grows. */
  #many = new Float32Array(0);
  #rows: Float32Array[] = [];
  /** The continuous targets, in the order of `NetworkOutput.values`. */
  readonly valueFields: readonly ValueField[];
  /** How continuous targets are followed; null without any, and for older files. */
  readonly #values: FollowerParts | null;
  readonly #population: SimplePopulation | null;

  /** Throws `bad-data` for a checkpoint whose parts do not fit together, and `no-wasm` as `createStreaming` does. */
  constructor(
    checkpoint: Checkpoint,
    { population, createStreaming, spare = null }: StepNetworkOptions,
  ) {
    this.#population = population;
    const { spec, statistics, shape, weights, experts, model } = checkpoint;
    this.checkpoint = checkpoint;
    this.#encoder = new Encoder(spec, statistics);
    const matches = matchWidth(shape);
    if (
      this.#encoder.width + matches !== shape.features ||
      spec.action.actions.length !== shape.actions
    )
      throw new ForesightError(
        'bad-data',
        `The model of "${spec.name}" takes ${shape.features} features and gives ${shape.actions} actions, but its spec makes ${this.#encoder.width + matches} and has ${spec.action.actions.length}. Load the checkpoint again or train a new one.`,
      );
    this.#network = createStreaming(shape, weights, spare);
    this.#features = new Float32Array(shape.features);
    this.#experts = experts ? followerOptions(spec, experts, votedEdges(shape, statistics)) : null;
    this.valueFields = valueFields(statistics, model.continuous);
    this.#values = checkpoint.values ? { targets: this.valueFields, checkpoint } : null;
  }

  /** The network itself, to be passed as `spare` when this object is no longer used. */
  get streaming(): Streaming {
    return this.#network;
  }

  /** Where each source is among the features; the experts' matches follow. */
  get layout(): FeatureLayout {
    return this.#encoder.layout;
  }

  /** Length of the experts' matches at each step, which `replayStep` needs. */
  get matchWidth(): number {
    return matchWidth(this.checkpoint.shape);
  }

  /**
   * The state at the beginning of an episode.
   *
   * @param before the character's state so far, of this or another network: its safeguard is kept, its experts if the
   * contexts are the same, and its cache if it is of the same size
   */
  createState(before?: StepState): StepState {
    const blend = this.#follow(before?.blend);
    const network = this.#network.createState();
    return {
      encoder: this.#encoder.createState(),
      network,
      experts: blend?.follower ?? null,
      blend,
      cache: this.#remember(network, before?.cache),
      values: this.#values && followValues(this.#values, before?.values),
      safeguard: before ? before.safeguard : this.#createSafeguard(),
    };
  }

  #remember({ hidden }: NetworkState, before?: NeuralCache | null): NeuralCache | null {
    const steps = cacheSteps(this.checkpoint);
    if (!steps || !this.#population) return null;
    const options = { steps, hidden: hidden.length, actions: this.checkpoint.shape.actions };
    return before?.fits(options) ? before : new NeuralCache(options);
  }

  #createSafeguard(): Safeguard | null {
    if (!this.#population) return null;
    const { shape, spec } = this.checkpoint;
    return new Safeguard({
      population: copyPopulation(this.#population),
      actions: shape.actions,
      changes: spec.sampling.kind === 'everyTicks',
    });
  }

  #follow(before: ExpertBlend | null | undefined): ExpertBlend | null {
    const { experts, shape } = this.checkpoint;
    if (!this.#experts || !experts) return null;
    if (before && isSamePlan(before.follower.plan, this.#experts.plan)) return before;
    const follower = new ExpertFollower(this.#experts);
    return new ExpertBlend({ follower, actions: shape.actions, mixer: experts.mixer });
  }

  /**
   * A copy of a state that shares the experts' counts. Advance it only with `suppose`, which does not learn.
   *
   * @param votesOf a fork to share the arrays of votes with: the next step of the new fork overwrites them
   */
  fork(state: StepState, votesOf?: StepState): StepState {
    const blend = state.blend?.fork(votesOf?.experts) ?? null;
    const fork = {
      encoder: this.#encoder.createState(),
      network: this.#network.createState(),
      experts: blend?.follower ?? null,
      blend,
      cache: state.cache?.fork() ?? null,
      values: this.#values && followValues(this.#values, state.values),
      safeguard: state.safeguard?.fork() ?? null,
    };
    this.resetFork(fork, state);
    return fork;
  }

  /** Resets a fork to a state or to another fork, without allocating. */
  resetFork(fork: StepState, state: StepState): void {
    const { encoder, network, blend, cache, values, safeguard } = state;
    fork.encoder.steps = encoder.steps;
    fork.encoder.previousTick = encoder.previousTick;
    fork.encoder.known.set(encoder.known);
    fork.network.hidden.set(network.hidden);
    fork.network.cell.set(network.cell);
    if (blend) fork.blend?.copyFrom(blend);
    if (cache) fork.cache?.copyFrom(cache);
    if (values) fork.values?.copyFrom(values);
    if (safeguard) fork.safeguard?.copyFrom(safeguard);
  }

  /** Takes a supposed step with a fork: nothing learns from it. The result is valid until the next call. */
  suppose(fork: StepState, step: Step): NetworkOutput {
    fork.experts?.suppose(step);
    fork.safeguard?.suppose(step);
    return this.replayStep(fork, step, fork.experts?.matches);
  }

  /** Makes the experts of another network's state vote with the population of this one. */
  setPopulationOf({ experts }: StepState): void {
    if (this.#experts) experts?.setPopulation(this.#experts.population);
  }

  /** Takes a step and learns from it. The result is valid until the next call. */
  step(state: StepState, step: Step): NetworkOutput {
    learnOutcome(state, step);
    return this.relearnStep(state, step);
  }

  /** Takes a step that all but the experts have learned from. */
  relearnStep(state: StepState, step: Step): NetworkOutput {
    teachExperts(state, step);
    return this.replayStep(state, step, state.experts?.matches);
  }

  /**
   * Takes a step that the experts have already observed, with their matches of that time. Their votes in
   * the result are those of their newest step.
   */
  replayStep(state: StepState, step: Step, matches?: Float32Array): NetworkOutput {
    state.values?.push(step.values);
    this.encode(state, step, this.#features, matches);
    return this.#finish(state, this.#network.step(state.network, this.#features));
  }

  /** Takes a step like `replayStep`, but without a result. */
  advanceState(state: StepState, step: Step, matches?: Float32Array): void {
    state.values?.push(step.values);
    this.encode(state, step, this.#features, matches);
    this.#network.step(state.network, this.#features);
  }

  /** Writes the features [F] of the episode's next step. */
  encode(
    state: Pick<StepState, 'encoder'>,
    step: Step,
    features: Float32Array,
    matches?: Float32Array,
  ): void {
    this.#encoder.encode(state.encoder, step, features);
    if (matches) features.set(matches, this.#encoder.width);
  }

  /** Converts the values to their fields' units and adds the experts' votes to the logits. */
  #finish({ experts, encoder, values }: StepState, output: NetworkOutput): NetworkOutput {
    const starts = values?.starts();
    this.valueFields.forEach(({ column, field }, i) => {
      const start = starts ? starts[i] : encoder.known[column];
      output.values[i] = valueOf(field, start, output.values[i]);
    });
    if (this.#population) values?.expect(output.values);
    if (!experts) return output;
    addVotes(output.actionLogits, output.gate, experts.logs);
    addVotes(output.timeLogits, output.timeGate, experts.timeLogs);
    return output;
  }

  /**
   * Takes one step of each of many characters; the network computes all of them at once. Calls `each` with
   * every output, which is valid during the call.
   *
   * @param states one for each of `steps`, all different
   */
  stepMany(
    states: readonly StepState[],
    steps: readonly Step[],
    each: (output: NetworkOutput, index: number) => void,
  ): void {
    const width = this.#features.length;
    if (this.#rows.length < steps.length) {
      this.#many = new Float32Array(steps.length * width);
      this.#rows = steps.map((_, i) => this.#many.subarray(i * width, (i + 1) * width));
    }
    steps.forEach((step, i) => {
      learnOutcome(states[i], step);
      teachExperts(states[i], step);
      states[i].values?.push(step.values);
      this.encode(states[i], step, this.#rows[i], states[i].experts?.matches);
    });
    const networks = states.map(({ network }) => network);
    this.#network.stepMany(networks, this.#many.subarray(0, steps.length * width), (output, i) =>
      each(this.#finish(states[i], output), i),
    );
  }

  /**
   * Takes one row of features [n, F] with each of n states of the network, for `explain`. Calls `each` with
   * every output, without the experts' votes; it is valid during the call.
   */
  branch(
    networks: readonly NetworkState[],
    features: Float32Array,
    each: (output: NetworkOutput, index: number) => void,
  ): void {
    this.#network.stepMany(networks, features, each);
  }

  /** The prediction made from `output`, the newest one of `state`. Throws `diverged` when it has values that are not finite. */
  prediction(
    state: StepState,
    output: NetworkOutput,
    { tick, steps }: Pick<Prediction, 'tick' | 'steps'>,
  ): Prediction {
    const { spec, statistics, metrics } = this.checkpoint;
    this.check(output);
    const probabilities = new Float32Array(output.actionLogits.length);
    softmax(output.actionLogits, probabilities);
    this.blend(state, probabilities);
    const actionIndex = argmax(probabilities);
    const timeProbabilities = new Float32Array(output.timeLogits.length);
    if (timeProbabilities.length) softmax(output.timeLogits, timeProbabilities);
    const values: Record<string, number> = {};
    const deviations: Record<string, number> = {};
    this.valueFields.forEach(({ field: { name } }, i) => {
      values[name] = output.values[i];
      const deviation = state.values ? state.values.deviation(i) : metrics.values?.deviations[name];
      if (deviation) deviations[name] = deviation;
    });
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
      deviations,
    };
  }

  /** The network's share in the character's predictions, in [0, 1]. */
  trustIn({ blend, cache, safeguard }: StepState): number {
    if (!safeguard) return 1;
    return safeguard.trust[0] * (cache?.modelShare ?? 1) * (blend?.trust[0] ?? 1);
  }

  /** Turns the network's probabilities [A] after the newest step of `state` into the final ones. */
  blend({ blend, cache, network, safeguard }: StepState, probabilities: Float32Array): void {
    if (!safeguard) return;
    blend?.blend(probabilities);
    cache?.mix(network.hidden, probabilities);
    safeguard.mix(probabilities);
  }

  /** Throws `diverged` for an output whose logits of actions are not finite. */
  check({ actionLogits }: NetworkOutput): void {
    if (allFinite(actionLogits)) return;
    throw new ForesightError(
      'diverged',
      `The model of "${this.checkpoint.spec.name}" gives results that are not numbers: its weights are broken. Load an earlier checkpoint, or train again with a lower learning rate.`,
    );
  }
}

/** Has all but the experts learn from a step how well it was predicted. */
function learnOutcome({ cache, safeguard, values }: StepState, step: Step): void {
  cache?.learn(step.action);
  safeguard?.observe(step);
  values?.learn(step.values);
}

function teachExperts({ blend }: StepState, step: Step): void {
  blend?.learn(step.action);
  blend?.follower.observe(step);
}
