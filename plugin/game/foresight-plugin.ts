import * as Phaser from 'phaser';
import { ForesightError } from '../../src/util/error.ts';
import type { EpisodeStore } from '../../src/record/episode-store.ts';
import type { EngineChoice, EngineReport } from '../../src/worker/protocol.ts';
import type { TrainingRun, WorkerSource } from '../../src/worker/client.ts';
import { Recordings } from '../recordings/recordings.ts';
import type { RecordingLimits } from '../recordings/recording-limits.ts';
import { TrainingDesk } from '../training/training-desk.ts';
import { ErrorReporter } from './error-reporter.ts';
import type { ForesightEvents, TrainedResult, TypedEmitter } from './events.ts';
import { KeptModels } from './kept-models.ts';
import { registerModelFile } from './model-file.ts';
import { Models } from './models.ts';
import { OtherTabs } from './other-tabs.ts';

/** What `foresight()` takes; all of it may be left out. */
export interface ForesightOptions {
  /** Where the trainer runs: a Worker, a function that makes one, or its URL. The packaged one when absent. */
  readonly worker?: WorkerSource;
  /** Where recordings go. Default `memory`; `indexeddb` keeps them for the next visit. */
  readonly store?: 'memory' | 'indexeddb' | EpisodeStore;
  /** Name of the IndexedDB database; models are kept in another one, `<name>-models`. */
  readonly storeName?: string;
  /**
   * How many recordings are kept: beyond any of these limits the oldest episodes are deleted, but none that is being
   * recorded. `false` keeps all. Default: 10,000 episodes and 50 MB; all in a store of the game's own.
   */
  readonly keepRecordings?: RecordingLimits | false;
  /**
   * Keeps what models learn in IndexedDB too, so that they continue from there at the next visit: the
   * weights of every training, and those learned from play where there are no experts to recall the player.
   * Default: true where recordings are kept there.
   */
  readonly remember?: boolean;
  /** Name of this session; a new random one when absent. Data is split by session. */
  readonly session?: string;
  /** Engine for all trainings. Default `auto`. */
  readonly engine?: EngineChoice;
}

export const FORESIGHT_DEFAULTS: Required<
  Pick<ForesightOptions, 'store' | 'storeName' | 'engine'>
> = {
  store: 'memory',
  storeName: 'phaser-foresight',
  engine: 'auto',
};

/** The plugin of each game, whatever key the game installed it under. */
const plugins = new WeakMap<Phaser.Game, ForesightPlugin>();

const newSession = (): string =>
  `${new Date().toISOString().slice(0, 19)}-${Math.random().toString(36).slice(2, 8)}`;

/**
 * The global plugin, `this.foresight.shared` in a scene: the models, recordings and trainings of a game,
 * which outlive its scenes. `foresight()` installs it.
 */
export class ForesightPlugin extends Phaser.Plugins.BasePlugin {
  /** Everything that happens; see ForesightEvents for names and payloads. */
  readonly events: TypedEmitter<ForesightEvents> = new Phaser.Events.EventEmitter();
  /** @internal */
  readonly reporter: ErrorReporter = new ErrorReporter(this.events);
  /** Whether controllers get predictions. Recording and scoring continue when this is false. */
  usePredictions = true;
  #recordPlay = true;
  #learnFromPlay = true;
  #session = newSession();
  /** Number of the newest frame in which a scene was updated. */
  #frame = NaN;
  #recordings!: Recordings;
  #models!: Models;
  #desk!: TrainingDesk;
  /** Null where nothing outlives the page. */
  #tabs: OtherTabs | null = null;
  readonly #game: Phaser.Game;

  constructor(pluginManager: Phaser.Plugins.PluginManager) {
    super(pluginManager);
    this.#game = pluginManager.game;
    plugins.set(this.#game, this);
    registerModelFile(pluginManager, this);
  }

  /** The plugin of a game. Throws `not-ready` when the game has none. */
  static of(game: Phaser.Game): ForesightPlugin {
    const plugin = plugins.get(game);
    if (plugin) return plugin;
    throw new ForesightError(
      'not-ready',
      "The plugin does not run in this game. Write plugins: foresight({ store: 'indexeddb' }) in the game " +
        'config; next to other plugins, spread foresight().global and foresight().scene into their lists.',
    );
  }

  /** Called by Phaser with the `data` of the config entry. Throws `bad-config`. */
  override init(options: ForesightOptions | null): void {
    const {
      store = FORESIGHT_DEFAULTS.store,
      storeName = FORESIGHT_DEFAULTS.storeName,
      engine = FORESIGHT_DEFAULTS.engine,
      worker,
      session,
      keepRecordings: limits,
    } = options ?? {};
    const remember = options?.remember ?? store === 'indexeddb';
    const { events, reporter } = this;
    if (session) this.#session = session;
    this.#recordings = new Recordings({ store, storeName, limits, events, worker });
    const kept = remember ? this.#keepModels(storeName, worker) : null;
    this.#desk = new TrainingDesk({
      worker,
      engine,
      session: () => this.#session,
      kept,
      recordings: this.#recordings,
      events,
      reporter,
    });
    if (kept || store === 'indexeddb')
      this.#tabs = new OtherTabs(`${storeName}-forget`, this.#onForget);
    this.#models = new Models({
      events,
      reporter,
      desk: this.#desk,
      recordings: this.#recordings,
      worker,
      kept,
      tabs: this.#tabs,
    });
  }

  /** Called by Phaser when the plugin stops: trainings end, models and recordings stay. */
  override stop(): void {
    this.#desk.stop();
  }

  /** Called by Phaser when the game ends. Writes in progress are finished. */
  override destroy(): void {
    this.#desk.close();
    this.#tabs?.close();
    if (plugins.get(this.#game) === this) plugins.delete(this.#game);
    this.#reportFailure(this.#recordings.close());
    this.#reportFailure(this.#models.kept?.close());
    this.#models.clear();
    this.events.emit('destroyed', {});
    this.events.removeAllListeners();
    super.destroy();
  }

  get models(): Models {
    return this.#models;
  }

  get recordings(): Recordings {
    return this.#recordings;
  }

  /** Trainings that run or wait, of all models, newest last. */
  get trainings(): readonly TrainingRun<TrainedResult>[] {
    return this.#desk.runs;
  }

  /** Which engine trainings use, and why. Starts the worker. */
  engine(choice?: EngineChoice): Promise<EngineReport> {
    return this.#desk.engine(choice);
  }

  /** @internal A scene updates: the models do their share of work, once in a frame. */
  update(): void {
    const { frame } = this.#game.loop;
    if (frame === this.#frame) return;
    this.#frame = frame;
    this.#models.advance();
  }

  /** Name of this session. Setting it ends the running episodes; new ones belong to the new session. */
  get session(): string {
    return this.#session;
  }
  set session(session: string) {
    if (session === this.#session) return;
    this.#reportFailure(this.#recordings.endAll());
    this.#session = session;
  }

  /** Whether what is played from now on is recorded. Predictions continue when this is false. */
  get recordPlay(): boolean {
    return this.#recordPlay;
  }
  set recordPlay(record: boolean) {
    if (record === this.#recordPlay) return;
    // What was played before stays recorded, so the running episodes are cut while they still count.
    this.#reportFailure(this.#recordings.endAll());
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
    this.#reportFailure(this.#recordings.endAll());
  }

  /**
   * Removes every recording, what the models learned from them, and what they know of each player, in other
   * tabs too. Cancels trainings that run or wait, and those that are requested before it is done. Rejects when
   * something stored could not be deleted; everything else is gone then.
   */
  clearAll(): Promise<void> {
    return this.#desk.exclusive(async () => {
      const [recordings] = await Promise.allSettled([this.#recordings.clear()]);
      this.#models.restoreAll();
      this.#tabs?.forget(null);
      const [models] = await Promise.allSettled([this.#models.kept?.clear()]);
      for (const cleared of [recordings, models])
        if (cleared.status === 'rejected') throw cleared.reason;
    });
  }

  /** Another tab has forgotten a model, or everything. */
  readonly #onForget = (key: string | null): void => {
    if (key !== null) {
      if (this.#models.has(key)) this.#models.get(key).forget();
      return;
    }
    const cleared = this.#recordings.clearHere();
    const work = (): Promise<void> => cleared.finally(() => this.#models.restoreAll());
    this.#reportFailure(this.#desk.exclusive(work));
  };

  #keepModels(storeName: string, worker: WorkerSource | undefined): KeptModels {
    const { events } = this;
    const kept = new KeptModels({ events, name: `${storeName}-models`, worker });
    events.on('trained', ({ key, swapped }) => swapped && kept.changed(key));
    // Not worth keeping for a model with experts: see RECALL_DEFAULTS.
    events.on('learned', ({ key }) => this.#models.get(key).live.knowsPlayers || kept.changed(key));
    return kept;
  }

  /** For work that is not awaited. */
  #reportFailure(work: Promise<unknown> | undefined): void {
    work?.catch((thrown: unknown) => this.reporter.report('record', thrown));
  }
}
