import { requireSameSpec } from '../../src/record/spec.ts';
import type { ContextPlan } from '../../src/experts/symbol-source.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { ModelConfig } from '../../src/model/config.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import type { Step } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { LiveAccuracy } from './live-accuracy.ts';
import { loadPredicting, predicting } from './predicting.ts';
import type { Predicting } from './predicting.ts';

export interface LiveModelOptions {
  readonly spec: CharacterSpec;
  /** Weights to begin with; null = predicts nothing until it is trained. */
  readonly checkpoint: Checkpoint | null;
  /** Which network to build when it is trained without earlier weights. */
  readonly config?: Partial<ModelConfig>;
  /** Called when weights that had to wait cannot be used. */
  readonly onError?: (error: unknown) => void;
}

/** Steps kept per character while a model has no weights yet, so that its first ones know the past. */
const HISTORY_STEPS = 128;
/** Characters that left whose accuracy figures are kept, in case they come back. */
export const KEPT_ACCURACIES = 64;

/** Remembered steps that are replayed through new weights in a frame: about half a millisecond of work. */
export const REPLAYED_STEPS = 32;
/** Steps from before the first weights that are predicted from in a frame: as much work. */
const RELIVED_STEPS = 3;

/** What a model is at this moment: the weights it predicts with, and the characters it follows. */
export class LiveModel {
  readonly key: string;
  readonly spec: CharacterSpec;
  /** Which network to build when it is trained without earlier weights. */
  readonly config: Partial<ModelConfig>;
  #shipped: Checkpoint | null;
  #base: Checkpoint | null;
  #predictor: Predictor | null = null;
  /** Weights that cannot be used yet. */
  #waiting: Checkpoint | null = null;
  #ready: Promise<void> = Promise.resolve();
  /** Weights that its learner made while characters were still changing over to those before. */
  #learned: Checkpoint | null = null;
  readonly #onError: (error: unknown) => void;
  #generation = 0;
  #restores = 0;
  /** Steps that were not predicted from yet, by character. */
  readonly #histories = new Map<string, Step[]>();
  readonly #accuracies = new Map<string, LiveAccuracy>();
  /** Names of characters that left, the first to leave first. */
  readonly #left = new Set<string>();

  constructor(key: string, { spec, checkpoint, config = {}, onError }: LiveModelOptions) {
    this.key = key;
    this.spec = spec;
    this.config = config;
    this.#onError = onError ?? ((error) => console.error(error));
    this.#shipped = this.#base = checkpoint;
    if (checkpoint) this.swap(checkpoint);
  }

  /** The newest weights, see `swap`; null until first trained. */
  get checkpoint(): Checkpoint | null {
    return this.#waiting ?? this.#learned ?? this.#predictor?.checkpoint ?? null;
  }

  /** What predicts, under the names of its characters; null until first trained. */
  get predictor(): Predictor | null {
    return this.#predictor;
  }

  /** What predicts a character; null too while steps from before the first weights are left to predict from. */
  predictorOf(character: string): Predictor | null {
    return this.#histories.has(character) ? null : this.#predictor;
  }

  /**
   * Resolves once its newest weights are taken over, see `swap`: at once, unless what predicts is still being loaded,
   * or the experts' counts are so many that they are made in slices.
   */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** The weights that `restore` returns to; null for a model that was defined without weights. */
  get shipped(): Checkpoint | null {
    return this.#shipped;
  }

  /** What its learning in this visit continues from: the shipped weights, or those of an earlier visit. */
  get base(): Checkpoint | null {
    return this.#base;
  }

  /**
   * Rises whenever it gets or loses weights, but for those that its learner makes of its own: what is made of weights
   * of an earlier generation is outdated.
   */
  get generation(): number {
    return this.#generation;
  }

  /** Rises with every `restore`: what was read to be recalled before is to be forgotten. */
  get restores(): number {
    return this.#restores;
  }

  /** Adds a step of a character and predicts what follows it, as far as there are weights. */
  observe(character: string, step: Step): void {
    const predictor = this.predictorOf(character);
    if (predictor) {
      predictor.observe(character, step);
      return;
    }
    let history = this.#histories.get(character);
    if (!history) this.#histories.set(character, (history = []));
    history.push(step);
    if (history.length > HISTORY_STEPS) history.shift();
  }

  /** Whether it counts what each player does, so that it can recall one from earlier episodes. */
  get knowsPlayers(): boolean {
    return this.expertPlan !== null;
  }

  /** The contexts its experts count in: counts in other contexts mean nothing to them. Null without experts. */
  get expertPlan(): ContextPlan | null {
    return this.checkpoint?.experts?.plan ?? null;
  }

  /** A character's episode ended: the next step begins without a past. */
  reset(character: string): void {
    this.#histories.delete(character);
    this.#predictor?.reset(character);
  }

  /** Forgets a character. Returns its figures, see `accuracy`; null when it had none. */
  remove(character: string): LiveAccuracy | null {
    this.#histories.delete(character);
    this.#predictor?.remove(character);
    const accuracy = this.#accuracies.get(character);
    if (!accuracy) return null;
    this.#left.add(character);
    if (this.#left.size > KEPT_ACCURACIES) {
      const [first] = this.#left;
      this.#left.delete(first);
      this.#accuracies.delete(first);
    }
    return accuracy;
  }

  /**
   * Live figures of a character. They continue when a character of that name is tracked again: those of
   * the KEPT_ACCURACIES characters that were removed last are kept.
   */
  accuracy(character: string): LiveAccuracy {
    this.#left.delete(character);
    let accuracy = this.#accuracies.get(character);
    if (!accuracy) {
      accuracy = new LiveAccuracy(this.spec.action.actions.length);
      this.#accuracies.set(character, accuracy);
    }
    return accuracy;
  }

  /**
   * Takes over other weights, keeping what it knows of every character. So that no frame is late, `advance` has the
   * characters change over one by one, and the old weights predict a character until its turn comes. Throws
   * `spec-mismatch`, and `diverged` where the first step shows that weights which can be used at once are broken.
   *
   * @param forget whether everything known of the characters is forgotten instead: the old weights predict no longer,
   * and every character begins without a past at its next step, see `Predictor.swap`
   */
  swap(checkpoint: Checkpoint, forget?: boolean): void {
    requireSameSpec(this.spec, checkpoint.spec, `The checkpoint for "${this.key}"`);
    this.#set(checkpoint, forget);
    this.#generation++;
  }

  #set(checkpoint: Checkpoint, forget?: boolean): void {
    this.#waiting = this.#learned = null;
    this.#ready = Promise.resolve();
    const part = predicting();
    const prepared = part ? part.prepareSlowly(checkpoint) : loadPredicting();
    if (!part || prepared) {
      this.#useAfter(prepared, checkpoint, forget);
      return;
    }
    try {
      this.#use(part, checkpoint, forget);
    } catch (error) {
      if (!part.needsPlainEngine(error)) throw error;
      this.#useAfter(part.loadPlainEngine(), checkpoint, forget);
    }
  }

  /**
   * Takes over weights that were learned from those in use, as `swap` does; they are of the same generation. They wait
   * until all characters have changed over to those before, or the last ones would keep the old weights for ever.
   */
  learn(checkpoint: Checkpoint): void {
    if (!this.#predictor || this.#waiting) return;
    this.#learned = checkpoint;
    this.#follow(0);
  }

  /** Does a frame's share of the work of new weights. */
  advance(): void {
    this.#follow(REPLAYED_STEPS);
  }

  #follow(steps: number): void {
    const predictor = this.#predictor;
    if (!predictor) return;
    try {
      if (this.#histories.size && steps) this.#relive(predictor, RELIVED_STEPS);
      else if (predictor.continueSwap(steps) && this.#learned) this.#set(this.#learned);
    } catch (error) {
      this.#onError(error);
    }
  }

  /** Predicts from up to `most` steps that were observed before there were weights. */
  #relive(predictor: Predictor, most: number): void {
    let left = most;
    for (const [character, steps] of this.#histories) {
      for (const step of steps.splice(0, left)) {
        left--;
        predictor.observe(character, step);
      }
      if (steps.length) return;
      this.#histories.delete(character);
    }
  }

  #useAfter(work: Promise<unknown> | null, checkpoint: Checkpoint, forget?: boolean): void {
    this.#waiting = checkpoint;
    if (forget) this.#predictor = null;
    this.#ready = Promise.resolve(work)
      .then(() => {
        // Others may have come meanwhile.
        if (this.#waiting !== checkpoint) return undefined;
        this.#set(checkpoint, forget);
        return this.#ready;
      })
      .catch(this.#onError);
  }

  #use({ Predictor, createStreaming }: Predicting, checkpoint: Checkpoint, forget?: boolean): void {
    // Of what is left to `advance` one step is taken here: it shows whether the weights are broken.
    if (!this.#predictor) {
      const predictor = Predictor.from(checkpoint, { createStreaming });
      this.#relive(predictor, 1);
      this.#predictor = predictor;
    } else if (forget) this.#predictor.swap(checkpoint, true);
    else {
      this.#predictor.beginSwap(checkpoint);
      this.#predictor.continueSwap(1);
    }
  }

  /** Replaces the weights for good: `restore` returns to these from now on. */
  replace(checkpoint: Checkpoint): void {
    this.resumeFrom(checkpoint);
    this.#shipped = checkpoint;
  }

  /** Continues from weights of an earlier visit; `restore` still returns to the shipped ones. */
  resumeFrom(checkpoint: Checkpoint): void {
    this.swap(checkpoint);
    this.#base = checkpoint;
  }

  /** Returns to the shipped weights and forgets everything learned since, and what its experts know of each character. */
  restore(): void {
    this.#histories.clear();
    if (this.#shipped) this.swap(this.#shipped, true);
    else this.#predictor = this.#waiting = this.#learned = null;
    this.#base = this.#shipped;
    this.#generation++;
    this.#restores++;
    this.#accuracies.clear();
    this.#left.clear();
  }
}
