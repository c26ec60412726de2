import * as Phaser from 'phaser';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { playModel } from '../../src/model/play-model.ts';
import { readEpisodes } from '../../src/record/read-episodes.ts';
import { requireSameSpec } from '../../src/record/spec.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { ModelConfig } from '../../src/model/config.ts';
import type { EpisodeStore } from '../../src/record/episode-store.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import type { EngineChoice, EngineReport } from '../../src/worker/protocol.ts';
import type { WorkerSource } from '../../src/worker/client.ts';
import { ErrorReporter } from './error-reporter.ts';
import type { ForesightEvents, TypedEmitter } from './events.ts';
import { ForesightModel } from './live-model.ts';
import { KeptModels } from './kept-models.ts';
import type { LearnOptions, Learner } from '../training/learner.ts';
import { registerModelFile } from './model-file.ts';
import type { ModelTraining } from '../training/model-training.ts';
import { Recordings } from '../recordings/recordings.ts';
import { groupBySession } from '../recordings/sessions.ts';
import type { RecordedSession } from '../recordings/sessions.ts';
import { TrainingDesk } from '../training/training-desk.ts';
import type { TrainOptions } from '../training/training-desk.ts';

/** What `data` of the plugin's entry in the game config may hold. */
export interface ForesightPluginOptions {
  /** Where the trainer runs: a Worker, a function that makes one, or its URL. The packaged one when absent. */
  readonly worker?: WorkerSource;
  /** Where recordings go. Default `memory`; `indexeddb` keeps them for the next visit. */
  readonly store?: 'memory' | 'indexeddb' | EpisodeStore;
  /** Name of the IndexedDB database. */
  readonly storeName?: string;
  /**
   * Keeps what models learn in IndexedDB too, so that they continue from there at the next visit: the
   * weights of every training, and of bursts where there are no experts to recall the player. Default: true
   * where recordings are kept there.
   */
  readonly remember?: boolean;
  /** Name of this session; a new random one when absent. Data is split by session. */
  readonly session?: string;
  /** Engine for all trainings. Default `auto`. */
  readonly engine?: EngineChoice;
}

export const FORESIGHT_DEFAULTS: Required<Pick<ForesightPluginOptions, 'store' | 'engine'>> = {
  store: 'memory',
  engine: 'auto',
};

/** The plugin of each game, whatever key the game installed it under. */
const plugins = new WeakMap<Phaser.Game, ForesightPlugin>();

const newSession = (): string =>
  `${new Date().toISOString().slice(0, 19)}-${Math.random().toString(36).slice(2, 8)}`;

/**
 * The global plugin: owns the models, the training worker and the recordings of a game, and outlives
 * its scenes. Install it under `plugins.global` with the mapping `foresight`.
 */
export class ForesightPlugin extends Phaser.Plugins.BasePlugin {
  /** Everything that happens; see ForesightEvents for names and payloads. */
  readonly events: TypedEmitter<ForesightEvents> = new Phaser.Events.EventEmitter();
  readonly reporter: ErrorReporter = new ErrorReporter(this.events);
  /** Whether controllers get predictions. Recording and scoring continue when this is false. */
  usePredictions = true;
  #recordPlay = true;
  #learnFromPlay = true;
  #options: ForesightPluginOptions = {};
  #session = newSession();
  #recordings: Recordings | null = null;
  /** Null: what models learn is lost with the page. */
  #kept: KeptModels | null = null;
  #desk: TrainingDesk | null = null;
  readonly #models = new Map<string, ForesightModel>();
  readonly #game: Phaser.Game;

  constructor(pluginManager: Phaser.Plugins.PluginManager) {
    super(pluginManager);
    this.#game = pluginManager.game;
    plugins.set(this.#game, this);
    registerModelFile(pluginManager, this);
  }

  /** The global plugin of a game. Throws `not-ready` when the game has none. */
  static of(game: Phaser.Game): ForesightPlugin {
    const plugin = plugins.get(game);
    if (plugin) return plugin;
    throw new ForesightError(
      'not-ready',
      'The global Foresight plugin is not running in this game. Add { key: "Foresight", plugin: ForesightPlugin, ' +
        'mapping: "foresight", start: true } to plugins.global of the game config.',
    );
  }

  /** Called by Phaser with the `data` of the config entry. */
  override init(options: ForesightPluginOptions | null): void {
    this.#options = options ?? {};
    if (this.#options.session) this.#session = this.#options.session;
    const { store, storeName, remember = store === 'indexeddb' } = this.#options;
    if (!remember) return;
    const name = storeName === undefined ? undefined : `${storeName}-models`;
    this.#kept = new KeptModels({ events: this.events, ...(name && { name }) });
    this.events.on('trained', ({ key, swapped, burst }) => {
      // Bursts of a model with experts are not worth keeping: see RECALL_DEFAULTS.
      if (swapped && !(burst && this.model(key).knowsPlayers)) this.#kept?.changed(key);
    });
  }

  /** Called by Phaser when the plugin stops: trainings end, models and recordings stay. */
  override stop(): void {
    this.#desk?.close();
    this.#desk = null;
  }

  /** Called by Phaser when the game ends. Writes in progress are finished. */
  override destroy(): void {
    this.stop();
    if (plugins.get(this.#game) === this) plugins.delete(this.#game);
    this.#reportFailure(this.#recordings?.close());
    this.#reportFailure(this.#kept?.close());
    this.#models.clear();
    this.events.emit('destroyed', {});
    this.events.removeAllListeners();
    super.destroy();
  }

  /** Name of this session. Setting it ends the running episodes; new ones belong to the new session. */
  get session(): string {
    return this.#session;
  }
  set session(session: string) {
    if (session === this.#session) return;
    this.#reportFailure(this.recordings.endAll());
    this.#session = session;
  }

  get recordings(): Recordings {
    const { store = FORESIGHT_DEFAULTS.store, storeName } = this.#options;
    return (this.#recordings ??= new Recordings({ store, storeName, events: this.events }));
  }

  /** Whether what is played from now on is recorded. Predictions continue when this is false. */
  get recordPlay(): boolean {
    return this.#recordPlay;
  }
  set recordPlay(record: boolean) {
    if (record === this.#recordPlay) return;
    // What was played before stays recorded, so the running episodes are cut while they still count.
    this.#reportFailure(this.recordings.endAll());
    this.#recordPlay = record;
  }

  /** Whether what is played from now on, the running episodes included, may be learned from. */
  get learnFromPlay(): boolean {
    return this.#learnFromPlay;
  }
  set learnFromPlay(learn: boolean) {
    if (learn === this.#learnFromPlay) return;
    this.#learnFromPlay = learn;
    // The running episodes are cut here, so that what was played before keeps its mark.
    this.#reportFailure(this.recordings.endAll());
  }

  /**
   * Adds a model with weights, or gives a known one other weights; its trainings are cancelled then.
   * Throws `corrupt-file`, `wrong-version`, `spec-mismatch`.
   */
  addModel(key: string, checkpoint: Checkpoint | Uint8Array | ArrayBuffer): ForesightModel {
    const given = checkpoint instanceof ArrayBuffer ? new Uint8Array(checkpoint) : checkpoint;
    const parsed = given instanceof Uint8Array ? parseCheckpoint(given, key) : given;
    let model = this.#models.get(key);
    if (model) {
      model.replace(parsed);
      this.#desk?.cancelOutdated();
      this.#kept?.changed(key);
    } else {
      model = new ForesightModel(key, { spec: parsed.spec, checkpoint: parsed });
      this.#models.set(key, model);
      this.#kept?.add(model);
    }
    this.events.emit('model', { key, checkpoint: parsed });
    return model;
  }

  /**
   * Adds a model without weights: it predicts nothing until it is trained. When the key is known
   * already its weights stay. Values missing in `config` are those of `playModel`, except in games that
   * train on WebGPU only. Throws `spec-mismatch` when the key is known with another spec.
   */
  defineModel(key: string, spec: CharacterSpec, config: Partial<ModelConfig> = {}): ForesightModel {
    const known = this.#models.get(key);
    if (known) {
      requireSameSpec(spec, known.spec, `The model "${key}"`);
      return known;
    }
    // WebGPU does not mix experts yet.
    const usual = this.#options.engine === 'webgpu' ? {} : playModel(spec);
    const model = new ForesightModel(key, {
      spec,
      checkpoint: null,
      config: { ...usual, ...config },
    });
    this.#models.set(key, model);
    this.#kept?.add(model);
    this.events.emit('model', { key, checkpoint: null });
    return model;
  }

  /** The model of that key. Throws `not-ready` when there is none. */
  model(key: string): ForesightModel {
    const model = this.#models.get(key);
    if (model) return model;
    throw new ForesightError(
      'not-ready',
      `There is no model "${key}". Load it in preload() with this.load.foresightModel("${key}", url), ` +
        'or add one with foresight.defineModel.',
    );
  }

  hasModel(key: string): boolean {
    return this.#models.has(key);
  }

  get modelKeys(): string[] {
    return [...this.#models.keys()];
  }

  /** Trains a model on what was recorded, in the worker. Await it, or loop over its progress. */
  train(key: string, options: TrainOptions = {}): ModelTraining {
    return this.#useDesk().train(this.model(key), options);
  }

  /** Learns from play from now on: a short training after every few new steps, until `stop()`. */
  learn(key: string, options: LearnOptions = {}): Learner {
    return this.#useDesk().learn(this.model(key), options);
  }

  /** The continuous learning of a model; null when it does not learn. */
  learner(key: string): Learner | null {
    return this.#desk?.learner(key) ?? null;
  }

  /** Trainings that run or wait. */
  get trainings(): readonly ModelTraining[] {
    return this.#desk?.runs ?? [];
  }

  /** Which engine trainings use, and why. Starts the worker. */
  engine(choice?: EngineChoice): Promise<EngineReport> {
    return this.#useDesk().engine(choice);
  }

  /** A step of a model was recorded. Called by the scene plugin. */
  stepped(model: ForesightModel): void {
    // There is nothing new to learn from.
    if (!this.#recordPlay) return;
    this.#desk?.learner(model.key)?.stepped();
  }

  /**
   * All recordings of a model's spec, as one file. The key may be left out in a game with one model;
   * else throws `bad-config`.
   */
  exportEpisodes(key = this.#onlyKey()): Promise<Uint8Array<ArrayBuffer>> {
    return this.recordings.export(this.model(key).spec);
  }

  /**
   * Adds recordings from a file (binary, JSON lines, either gzipped) and returns the number of new
   * episodes. With a key they must fit that model. Rejects with `corrupt-file`, `wrong-version`, `spec-mismatch`.
   */
  async importEpisodes(bytes: Uint8Array, key?: string): Promise<number> {
    const set = await readEpisodes(bytes, 'the imported file');
    if (key !== undefined)
      requireSameSpec(this.model(key).spec, set.spec, 'The imported recording');
    return this.recordings.import(set);
  }

  /** A model as a safetensors file. Throws `not-ready` while it has no weights. */
  exportModel(key: string): Uint8Array<ArrayBuffer> {
    const { checkpoint } = this.model(key);
    if (checkpoint) return serializeCheckpoint(checkpoint);
    throw new ForesightError(
      'not-ready',
      `"${key}" has no weights yet. Train it before exporting it.`,
    );
  }

  /**
   * Gives a model the weights of a safetensors file; its trainings are cancelled. Throws `corrupt-file`,
   * `wrong-version`, `spec-mismatch`.
   */
  importModel(key: string, bytes: Uint8Array): ForesightModel {
    return this.addModel(key, bytes);
  }

  /**
   * When the weights of an earlier visit were saved that a model continues from (`remember`); null when
   * there are none. Resolves once they are in use.
   */
  restored(key: string): Promise<Date | null> {
    return this.#kept?.restored(this.model(key).key) ?? Promise.resolve(null);
  }

  /** Models that are kept for the next visit; null where what they learn is lost with the page. */
  get keptModels(): KeptModels | null {
    return this.#kept;
  }

  /**
   * Forgets everything a model learned in this game and in earlier visits: back to the weights it was
   * added with. Its trainings are cancelled.
   */
  restoreModel(key: string): void {
    const model = this.model(key);
    model.restore();
    this.#desk?.cancelOutdated();
    this.#reportFailure(this.#kept?.forget(key));
    this.events.emit('model', { key, checkpoint: model.checkpoint });
  }

  /** Removes the newest episode, the running one if there is one. Resolves with its id; null when there was none. */
  undoLastEpisode(): Promise<string | null> {
    return this.recordings.undoLast();
  }

  /** Marks a recorded episode as fit or unfit for learning. */
  setLearn(episodeId: string, learn: boolean): Promise<void> {
    return this.recordings.setLearn(episodeId, learn);
  }

  /** What was recorded for a model, by session; the newest first. */
  async sessions(key: string): Promise<RecordedSession[]> {
    return groupBySession(await this.recordings.list(this.model(key).spec));
  }

  /** Marks what was recorded for a model in a session so far as fit or unfit for learning. */
  async setSessionLearn(
    key: string,
    { session, learn }: { readonly session: string; readonly learn: boolean },
  ): Promise<void> {
    await this.recordings.setLearnAll(await this.#episodesOf(key, session), learn);
  }

  /** Removes what was recorded for a model in a session so far. What was learned from it stays. */
  async removeSession(key: string, session: string): Promise<void> {
    await this.recordings.remove(await this.#episodesOf(key, session));
  }

  /**
   * Removes every recording, and what the models learned from them. Cancels trainings that run or wait,
   * and those that are requested before it is done.
   */
  clearAll(): Promise<void> {
    return this.#useDesk().exclusive(async () => {
      await this.recordings.clear();
      for (const key of this.#models.keys()) this.restoreModel(key);
      await this.#kept?.clear();
    });
  }

  async #episodesOf(key: string, session: string): Promise<string[]> {
    const listed = await this.recordings.list(this.model(key).spec);
    return listed.filter((one) => one.session === session).map(({ id }) => id);
  }

  #onlyKey(): string {
    const [key, ...others] = this.modelKeys;
    if (key !== undefined && !others.length) return key;
    throw new ForesightError(
      'bad-config',
      `The game has ${this.#models.size} models. Give the key of the one whose recordings to export.`,
    );
  }

  /** For work that is not awaited. */
  #reportFailure(work: Promise<unknown> | undefined): void {
    work?.catch((thrown: unknown) => this.reporter.report('record', thrown));
  }

  #useDesk(): TrainingDesk {
    const { worker, engine = FORESIGHT_DEFAULTS.engine } = this.#options;
    return (this.#desk ??= new TrainingDesk({
      worker,
      engine,
      session: () => this.#session,
      recordings: this.recordings,
      events: this.events,
      reporter: this.reporter,
    }));
  }
}
