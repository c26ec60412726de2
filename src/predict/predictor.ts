import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { isSamePlan } from '../experts/same-plan.ts';
import type { Safeguard } from '../experts/safeguard.ts';
import { simplePopulation } from '../experts/simple-models.ts';
import type { SimplePopulation } from '../experts/simple-models.ts';
import type { Streaming } from '../network/streaming.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { checkEpisodes } from '../record/check-episodes.ts';
import type { Episode, Step } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import type { ActionOf, CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { loadPart } from '../util/load-part.ts';
import { finish } from '../util/slices.ts';
import { checkStep } from './check-step.ts';
import type { CreateStreaming, PredictionEngine } from './create-streaming.ts';
import { expectedValues } from './dynamics.ts';
import type { ExpectedValue } from './dynamics.ts';
import { LastOutput } from './last-output.ts';
import { prepareSlowly } from './prepare-predictor.ts';
import type { Prediction } from './prediction.ts';
import { StepNetwork } from './step-network.ts';
import { StepRing } from './step-ring.ts';
import { GradualReplay, note } from './track.ts';
import type { Followed, Track } from './track.ts';

export interface PredictorOptions<S extends CharacterSpec = CharacterSpec> {
  /** The spec that the checkpoint was made for: with it, predictions name its actions and no others. */
  readonly spec?: S;
  /** Steps of each character that are kept, to be replayed through new weights at a swap. */
  readonly memory?: number;
  /**
   * Whether the network is blended with its experts and with simple models by how well each has predicted
   * so far (`ExpertBlend`, `Safeguard`). If not, the final probabilities are the network's, with the experts' votes.
   */
  readonly blend?: boolean;
}

export const PREDICTOR_DEFAULTS: Required<Omit<PredictorOptions, 'spec'>> = {
  memory: 128,
  blend: true,
};

/** What a predictor is made of besides a checkpoint. */
export interface PredictorParts<
  S extends CharacterSpec = CharacterSpec,
> extends PredictorOptions<S> {
  readonly createStreaming: CreateStreaming;
}

/**
 * Predicts the next action of any number of characters, step by step, on the calling thread. Each
 * character has a hidden state of its own, from the first `observe` or `reset` to `remove`.
 *
 * A prediction is a new object at each step (it may be kept). Apart from that `observe` allocates next to nothing;
 * `observeMany` makes a few lists of characters.
 */
export class Predictor<S extends CharacterSpec = CharacterSpec> {
  readonly #createStreaming: CreateStreaming;
  #network: StepNetwork;
  /** The network from before the last swap: the next swap uses its memory. */
  #spare: Streaming | null = null;
  /** The network that still predicts some characters while a gradual swap is under way. */
  #old: StepNetwork | null = null;
  #replay: GradualReplay | null = null;
  readonly #memory: number;
  /** Fitted once: while a game runs, a swap has no time for it. Null where nothing is blended. */
  readonly #population: SimplePopulation | null;
  readonly #tracks = new Map<string, Track>();
  /** Of the character that was observed last. */
  #lastSafeguard: Safeguard | null = null;

  /**
   * Makes a predictor. Loads what it computes with first: WebAssembly or, where that does not run (for example for
   * lack of `wasm-unsafe-eval` in a Content-Security-Policy), plain TypeScript. Rejects with `bad-config`, with
   * `spec-mismatch` for a checkpoint that was made for another spec, and with `not-ready` where the code that
   * computes cannot be loaded. On a page it counts what its experts and simple models know in slices, and the page
   * draws in between.
   */
  static async create<S extends CharacterSpec = CharacterSpec>(
    checkpoint: Checkpoint,
    options: PredictorOptions<S> = {},
  ): Promise<Predictor<S>> {
    const streaming = await loadPart('What predicts', () => import('./create-streaming.ts'));
    const parts = { ...options, ...streaming };
    // The constructor would make it too, but at once.
    await prepareSlowly(checkpoint, parts.blend);
    try {
      return new Predictor(checkpoint, parts);
    } catch (error) {
      if (!streaming.needsPlainEngine(error)) throw error;
      await streaming.loadPlainEngine();
      return new Predictor(checkpoint, parts);
    }
  }

  /** @internal A predictor at once, see `createPredictor`. */
  static from<S extends CharacterSpec>(
    checkpoint: Checkpoint,
    parts: PredictorParts<S>,
  ): Predictor<S> {
    return new Predictor(checkpoint, parts);
  }

  private constructor(checkpoint: Checkpoint, options: PredictorParts<S>) {
    if (options.spec) requireSameSpec(options.spec, checkpoint.spec, 'The checkpoint');
    this.#memory = options.memory ?? PREDICTOR_DEFAULTS.memory;
    if (!(Number.isInteger(this.#memory) && this.#memory > 0))
      throw new ForesightError(
        'bad-config',
        `The predictor's memory is ${this.#memory}. Give a whole number of steps of at least 1.`,
      );
    const blend = options.blend ?? PREDICTOR_DEFAULTS.blend;
    this.#population = blend ? finish(simplePopulation(checkpoint)) : null;
    this.#createStreaming = options.createStreaming;
    this.#network = this.#createNetwork(checkpoint);
  }

  /** What it predicts for; the same after every `swap`. */
  get spec(): S {
    return this.checkpoint.spec as S;
  }

  /** The checkpoint in use; while a gradual swap is under way, the one that it changes to. */
  get checkpoint(): Checkpoint {
    return this.#network.checkpoint;
  }

  /**
   * What it predicts with: WebAssembly, or plain TypeScript where there is none, which takes about 12 times as
   * long and is reported once on the console. Chosen again at each `swap`.
   */
  get engine(): PredictionEngine {
    return this.#network.streaming.engine;
  }

  /** Names of the characters that are followed. */
  get characters(): readonly string[] {
    return [...this.#tracks.keys()];
  }

  /**
   * Observes a character's next step and predicts the action after it. `step.values` is read, not
   * kept; NaN in it means "missing".
   *
   * Throws, and leaves the character as it was: `bad-data` when the tick falls within an episode,
   * `unknown-action` and `bad-observation` for a step of another spec. Throws `diverged` when the
   * weights are broken; the step has been observed then, and counts after a `swap` to sound ones.
   */
  observe(character: string, step: Step): Prediction<ActionOf<S>> {
    this.#check(character, step);
    const track = this.#take(character, step);
    const output = track.network.step(track.state, step);
    note(track, output);
    track.prediction = track.network.prediction(track.state, output, {
      tick: step.tick,
      steps: track.steps,
    });
    return track.prediction as Prediction<ActionOf<S>>;
  }

  /**
   * Observes the next step of each of many characters, by their names, and returns the predictions in
   * the same order. Has the same result as `observe` for each, in less time: the network works on all of
   * them at once.
   *
   * Throws the errors of `observe`; when one of the steps is refused, all characters stay as they were.
   */
  observeMany(observed: ReadonlyMap<string, Step>): Prediction<ActionOf<S>>[] {
    for (const [character, step] of observed) this.#check(character, step);
    if (this.#old)
      return Array.from(observed, ([character, step]) => this.observe(character, step));
    const steps = [...observed.values()];
    const tracks = Array.from(observed, ([character, step]) => this.#take(character, step));
    const states = tracks.map(({ state }) => state);
    this.#network.stepMany(states, steps, (output, i) => {
      const track = tracks[i];
      note(track, output);
      track.prediction = this.#network.prediction(track.state, output, {
        tick: steps[i].tick,
        steps: track.steps,
      });
    });
    return tracks.map(({ prediction }) => prediction as Prediction<ActionOf<S>>);
  }

  /**
   * Lets a character's experts and simple models learn from the player's earlier episodes, oldest first, so
   * that they know the player from the first step of a new session on. Pass episodes that neither they nor the
   * model's own counts have seen. The current episode and prediction do not change. Takes about 10
   * microseconds per step. Throws `bad-data` for episodes of another spec.
   */
  recall(character: string, episodes: readonly Episode[]): void {
    checkEpisodes(this.checkpoint.spec, episodes);
    const track = this.#tracks.get(character) ?? this.#follow(character);
    // The experts that it changes over to may be others.
    if (track.network !== this.#network) this.#advance(track, Infinity);
    track.state.experts?.recall(episodes);
    track.state.safeguard?.recall(episodes);
  }

  /** The prediction made at the character's last step; null before the first one of an episode. */
  prediction(character: string): Prediction<ActionOf<S>> | null {
    const prediction = this.#tracks.get(character)?.prediction ?? null;
    return prediction as Prediction<ActionOf<S>> | null;
  }

  /**
   * The model's dynamics: the last value of every continuous target, and its expected value at the next
   * step. Empty before the first step of an episode, and for a model without such targets.
   */
  dynamics(character: string): ExpectedValue[] {
    const followed = this.followed(character);
    return followed ? expectedValues(followed) : [];
  }

  /**
   * The experts' votes at the character's last step: matches [MATCHES * K] and log-probabilities [K, A] and
   * [K, bins], as views that the next step overwrites. Null without experts, before the first step, and
   * until the character has changed over to experts with other contexts.
   *
   * @internal
   */
  experts(character: string): ExpertVotes | null {
    const track = this.#tracks.get(character);
    if (!track?.state.experts) return null;
    const { plan, matches, logs, timeLogs } = track.state.experts;
    const next = track.network === this.#network ? plan : this.checkpoint.experts?.plan;
    return next && isSamePlan(plan, next) ? { matches, logs, timeLogs } : null;
  }

  /**
   * [K] how much each expert counts in the newest prediction, >= 0. Null without experts or before the
   * first step.
   */
  expertWeights(character: string): Float32Array | null {
    const track = this.#tracks.get(character);
    return track?.prediction && track.state.experts ? track.output.gate.slice() : null;
  }

  /**
   * The character as `explain`, `rollout` and their like read it; null before the first step of an episode.
   *
   * @internal
   */
  followed(character: string): Followed | null {
    const track = this.#tracks.get(character);
    return track?.prediction ? { ...track, prediction: track.prediction } : null;
  }

  /**
   * Begins an episode of the character: its context is forgotten. What the experts and the simple models know
   * about the player stays, until `remove`.
   */
  reset(character: string): void {
    const track = this.#tracks.get(character);
    if (!track) return;
    track.state.blend?.reset();
    track.state.cache?.reset();
    track.state.safeguard?.reset();
    track.ring.clear();
    track.steps = 0;
    if (this.#replay?.track === track) this.#replay = null;
    new GradualReplay(this.#network, track).changeOver();
  }

  /** Stops following a character and frees its state. */
  remove(character: string): void {
    if (this.#replay?.track === this.#tracks.get(character)) this.#replay = null;
    this.#tracks.delete(character);
  }

  /**
   * Continues with another checkpoint of the same spec. Every character keeps its context: its last
   * steps are replayed through the new weights (the whole episode, if that is not longer than the
   * memory), and its prediction is made again.
   *
   * Throws `spec-mismatch` for another spec, `diverged` for broken weights, and `no-wasm` where
   * memory for WebAssembly runs out; the old checkpoint stays in use then. Takes about as long as observing the
   * replayed steps: a game that must not wait uses `beginSwap`. Swaps between weights of equal
   * shape need no further memory: the memory of the network before the last swap is used again.
   *
   * @param forget whether everything known of the characters is forgotten instead, also of the running episodes. At
   * their next step they begin without a past; until then they have no prediction
   */
  swap(checkpoint: Checkpoint, forget = false): void {
    requireSameSpec(this.checkpoint.spec, checkpoint.spec, 'The new checkpoint');
    const network = this.#createNetwork(checkpoint);
    if (forget) {
      this.#tracks.clear();
      this.#lastSafeguard = null;
    }
    const replays = Array.from(this.#tracks.values(), (track) => new GradualReplay(network, track));
    for (const replay of replays) replay.advance(Infinity);
    for (const replay of replays) replay.changeOver();
    this.#spare = this.#network.streaming;
    this.#network = network;
    this.#old = this.#replay = null;
  }

  /**
   * Begins a `swap` that a game need not wait for: `continueSwap` does the rest, a few steps at a time. A character
   * is predicted by the old weights until its steps were replayed, then by the new ones. One that begins an episode
   * meanwhile changes over without a replay: experts with other contexts learn nothing from its steps before. While
   * another gradual swap is under way, characters change over to these weights and no longer to those.
   *
   * Throws `spec-mismatch` and `no-wasm` as `swap` does.
   */
  beginSwap(checkpoint: Checkpoint): void {
    requireSameSpec(this.checkpoint.spec, checkpoint.spec, 'The new checkpoint');
    const network = this.#createNetwork(checkpoint);
    this.#spare = this.#replay = null;
    this.#old = this.#network;
    this.#network = network;
  }

  /**
   * Continues a gradual swap: replays up to `steps` remembered steps, or fewer where experts with other contexts learn
   * them, which takes longer. Returns true when no swap is under way any more. Throws `diverged` for broken weights:
   * those before stay in use then, and characters that had changed over return to them in the calls that follow.
   */
  continueSwap(steps: number): boolean {
    if (!this.#old) return true;
    let left = steps;
    for (const track of this.#tracks.values()) {
      if (track.network === this.#network) continue;
      if (left <= 0) return false;
      left -= Math.max(1, this.#advance(track, left));
      if (track.network !== this.#network) return false;
    }
    this.#spare = this.#old.streaming;
    this.#old = null;
    return true;
  }

  /** Advances the replay of a character that is still to change over, and has it do so when no step is left. */
  #advance(track: Track, most: number): number {
    if (this.#replay?.track !== track) this.#replay = new GradualReplay(this.#network, track);
    const replay = this.#replay;
    try {
      const steps = replay.advance(most);
      if (!replay.isDone) return steps;
      replay.changeOver();
      this.#replay = null;
      return steps;
    } catch (error) {
      [this.#network, this.#old] = [this.#old!, this.#network];
      this.#replay = null;
      throw error;
    }
  }

  /** Throws when a step cannot be the character's next one. */
  #check(character: string, step: Step): void {
    checkStep(this.checkpoint, character, step);
    const known = this.#tracks.get(character);
    if (known?.steps && !(step.tick >= known.lastTick))
      throw new ForesightError(
        'bad-data',
        `Tick ${step.tick} of "${character}" comes after tick ${known.lastTick}. Call reset('${character}') when an episode starts.`,
      );
  }

  /** Adds a checked step to the character's track. */
  #take(character: string, step: Step): Track {
    const track = this.#tracks.get(character) ?? this.#follow(character);
    track.ring.push(step);
    track.steps++;
    track.lastTick = step.tick;
    track.prediction = null;
    this.#lastSafeguard = track.state.safeguard;
    return track;
  }

  #createNetwork(checkpoint: Checkpoint): StepNetwork {
    return new StepNetwork(checkpoint, {
      population: this.#population,
      createStreaming: this.#createStreaming,
      spare: this.#spare,
    });
  }

  #follow(character: string): Track {
    const network = this.#network;
    const { length: fields } = this.checkpoint.statistics.fields;
    const track: Track = {
      network,
      state: network.createState(),
      ring: new StepRing(this.#memory, fields, network.matchWidth),
      output: new LastOutput(),
      steps: 0,
      lastTick: 0,
      prediction: null,
    };
    if (this.#lastSafeguard) track.state.safeguard?.follow(this.#lastSafeguard);
    this.#tracks.set(character, track);
    return track;
  }
}
