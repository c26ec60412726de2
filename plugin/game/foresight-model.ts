import { ForesightError } from '../../src/util/error.ts';
import { writeCheckpoint } from '../../src/model/load-checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import type { PlayerProfile } from '../../src/profile/player-profile.ts';
import type { Episode } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { loadPart } from '../../src/util/load-part.ts';
import type { TrainingRun, WorkerSource } from '../../src/worker/client.ts';
import type { LearnOptions, Learner } from '../training/learner.ts';
import type { TrainOptions, TrainingDesk } from '../training/training-desk.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { ErrorReporter } from './error-reporter.ts';
import type { ForesightEvents, TrainedResult, TypedEmitter } from './events.ts';
import type { KeptModels } from './kept-models.ts';
import type { LiveModel } from './live-model.ts';
import type { ImportOptions } from './import-file.ts';
import { readWeights } from './model-weights.ts';
import type { OtherTabs } from './other-tabs.ts';
import type { ModelWeights } from './model-weights.ts';

/** What the models of a game share. */
export interface ModelServices {
  readonly events: TypedEmitter<ForesightEvents>;
  readonly reporter: ErrorReporter;
  readonly desk: TrainingDesk;
  /** What reads imported files. */
  readonly worker: WorkerSource | undefined;
  readonly recordings: Recordings;
  /** Null: what models learn is lost with the page. */
  readonly kept: KeptModels | null;
  /** Null: other tabs know nothing of what is learned here. */
  readonly tabs: OtherTabs | null;
}

export interface ExportProfileOptions {
  /** What the player typed to be known by. Nothing when absent: then nothing in the file names them. */
  readonly name?: string;
  /** What they played. Everything that was recorded and may be learned from when absent. */
  readonly episodes?: readonly Episode[];
}

/** What reads and writes the profiles of players. */
const loadProfiles = () =>
  loadPart('What reads and writes profiles', () => import('../../src/profile/profile-file.ts'));

/**
 * A model of a game: it predicts the characters that are tracked with it, and learns from them. It
 * outlives scenes. Made by `this.foresight.defineModel`, or by a file that is loaded.
 */
export class ForesightModel<S extends CharacterSpec = CharacterSpec> {
  /** @internal What it is at this moment. */
  readonly live: LiveModel;
  readonly #services: ModelServices;

  constructor(live: LiveModel, services: ModelServices) {
    this.live = live;
    this.#services = services;
  }

  /** Its name within the game. */
  get key(): string {
    return this.live.key;
  }

  get spec(): S {
    return this.live.spec as S;
  }

  /** The weights it predicts with now; null until it is first trained. */
  get checkpoint(): Checkpoint | null {
    return this.live.checkpoint;
  }

  /** What predicts with those weights, also for characters that no scene tracks; null until first trained. */
  get predictor(): Predictor<S> | null {
    return this.live.predictor as Predictor<S> | null;
  }

  /**
   * Resolves once its newest weights are taken over: what predicts may have to be loaded first, and a large model
   * is prepared in slices between frames. Characters that are followed change over to them in the frames after that,
   * a few steps in each; until then the weights before predict them.
   */
  get ready(): Promise<void> {
    return this.live.ready;
  }

  /**
   * Learns from play from now on: a small update in the worker after every few new steps, until the learner's
   * `stop` or the end of the game. A learner of an earlier call is stopped.
   */
  learn(options: LearnOptions = {}): Learner {
    return this.#services.desk.learn(this.live, options);
  }

  /** Its continuous learning; null when it does not learn. */
  get learner(): Learner | null {
    return this.#services.desk.learner(this.key);
  }

  /** Trains it on what was recorded, in the worker. Await the run, or loop over its progress. */
  train(options: TrainOptions = {}): TrainingRun<TrainedResult> {
    return this.#services.desk.train(this.live, options);
  }

  /**
   * Forgets everything it learned in this game and in earlier visits, in other tabs too: back to the weights
   * it was added with. Its trainings are cancelled. Characters have no prediction until their next step, and begin
   * without a past there. Recordings stay: a model with experts recalls a character
   * from them when it is next tracked.
   */
  restore(): void {
    this.forget();
    this.#services.tabs?.forget(this.key);
  }

  /** @internal What `restore` does in this tab. */
  forget(): void {
    const { desk, events, kept, reporter } = this.#services;
    this.live.restore();
    desk.renewed(this.key);
    kept?.forget(this.key).catch((thrown: unknown) => reporter.report('record', thrown));
    events.emit('model', { key: this.key, checkpoint: this.checkpoint });
  }

  /** Its weights at this moment as a safetensors file. Rejects with `not-ready` while it has none. */
  async export(): Promise<Uint8Array<ArrayBuffer>> {
    const { checkpoint } = this;
    if (!checkpoint)
      throw new ForesightError(
        'not-ready',
        `"${this.key}" has no weights yet. Train it before exporting it.`,
      );
    return writeCheckpoint(checkpoint);
  }

  /**
   * The player as a file of at most 60 kB, to be opened in another browser: what they played, and what these
   * weights add to those that `restore` returns to. Rejects with `not-ready` when there are no weights, and
   * `too-large` when they do not fit.
   */
  async exportProfile({ name = '', episodes }: ExportProfileOptions = {}): Promise<
    Uint8Array<ArrayBuffer>
  > {
    const { checkpoint, spec } = this;
    if (!checkpoint)
      throw new ForesightError(
        'not-ready',
        `"${this.key}" has no weights yet. Train it before saving a profile.`,
      );
    const { writeProfile } = await loadProfiles();
    const played = episodes ?? (await this.#services.recordings.load(spec));
    return writeProfile(
      { name, spec, checkpoint, episodes: played.filter(({ learn }) => learn) },
      { base: this.live.shipped },
    );
  }

  /**
   * Reads a file of `exportProfile`, which must have been saved of a model that began with the same weights. It
   * changes nothing here: the profile's checkpoint predicts that player in a `Predictor`, or as a model of its own
   * (`models.add`). Rejects with `corrupt-file`, `too-large`, `wrong-version`, `spec-mismatch`.
   *
   * @param file names the file in errors
   */
  async readProfile(bytes: Uint8Array, file = 'The profile'): Promise<PlayerProfile> {
    const { readProfile } = await loadProfiles();
    return readProfile(bytes, { spec: this.spec, base: this.live.shipped, file });
  }

  /**
   * Gives it other weights, those of a safetensors file or a checkpoint; its trainings are cancelled, and
   * `restore` returns to these from now on. A file above 32 kB is read in a worker of its own. Resolves as
   * `ready` does. Rejects with `corrupt-file`, `wrong-version`, `spec-mismatch`, `worker-failed`, and
   * `cancelled`; the weights stay then.
   */
  async import(
    weights: ModelWeights,
    { signal }: Pick<ImportOptions, 'signal'> = {},
  ): Promise<void> {
    const { worker } = this.#services;
    this.replace(await readWeights(weights, { name: this.key, worker, signal }));
    await this.ready;
  }

  /** @internal What `import` does once the weights are read. Throws `spec-mismatch`. */
  replace(checkpoint: Checkpoint): void {
    const { desk, events, kept } = this.#services;
    this.live.replace(checkpoint);
    desk.renewed(this.key);
    kept?.changed(this.key);
    events.emit('model', { key: this.key, checkpoint });
  }

  /**
   * When the weights of an earlier visit were saved that it continues from (option `remember`); null when
   * there are none. Resolves once they are in use.
   */
  get restored(): Promise<Date | null> {
    return this.#services.kept?.restored(this.key) ?? Promise.resolve(null);
  }
}
