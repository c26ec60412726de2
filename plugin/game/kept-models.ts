import { loadCheckpointFile } from '../../src/model/load-checkpoint-file.ts';
import { originOf } from '../../src/model/origin.ts';
import { requireSameSpec } from '../../src/record/spec.ts';
import type { ModelStore, StoredModel } from '../../src/model/model-store.ts';
import type { WorkerSource } from '../../src/worker/client.ts';
import { emitSafely } from './emit-safely.ts';
import { asError } from './error-reporter.ts';
import type { ForesightEvents, TypedEmitter } from './events.ts';
import type { LiveModel } from './live-model.ts';
import { readWeights } from './model-weights.ts';

export interface KeptModelsOptions {
  /** Database name. */
  readonly name: string;
  readonly events: TypedEmitter<ForesightEvents>;
  /** What reads their files. */
  readonly worker?: WorkerSource;
  /** Milliseconds between two saves. */
  readonly everyMs?: number;
}

/** For a tab that would train. */
export const OTHER_TAB_TRAINS =
  'Another tab of this game trains its models. Close that tab, or train there.';

export const KEPT_MODELS_DEFAULTS: Required<Pick<KeptModelsOptions, 'everyMs'>> = {
  everyMs: 10_000,
};

/** What is known of a model whose weights are kept. */
interface Kept {
  readonly model: LiveModel;
  /** The model that this game ships, whatever was imported since. */
  readonly origin: string;
  /** When the weights it continues from were saved; null when there are none. */
  restored: Promise<Date | null>;
  /** When what it has of the store was saved, in milliseconds since 1970. */
  savedAt: number;
  isDirty: boolean;
}

/**
 * Keeps what models learn in the browser for the next visit. It saves from time to time while they
 * change, when the page is hidden, and when the game ends. A model continues from there when it is added
 * again, unless the game ships another one. Of several tabs of a game one trains and saves; the others
 * continue from there when they are shown, and take over when it is closed.
 */
export class KeptModels {
  readonly #options: KeptModelsOptions & typeof KEPT_MODELS_DEFAULTS;
  /** Resolves once it is known whether another tab trains the models. */
  readonly decided: Promise<void>;
  readonly #ended = new AbortController();
  #isOurs = true;
  readonly #kept = new Map<string, Kept>();
  readonly #store: Promise<ModelStore>;
  /** Loaded when there is something to save, so that a page that is left can be quick. */
  #files: ReturnType<typeof loadCheckpointFile> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Saves run one after the other. */
  #writing: Promise<void> = Promise.resolve();
  #failed = false;

  constructor(options: KeptModelsOptions) {
    this.#options = { ...KEPT_MODELS_DEFAULTS, ...options };
    this.#store = import('./kept-store.ts').then(({ openKeptStore }) =>
      openKeptStore(this.name, {
        signal: this.#ended.signal,
        onWait: () => {
          this.#isOurs = false;
          this.#warn(OTHER_TAB_TRAINS);
        },
        onTaken: () => {
          this.#isOurs = true;
          this.#followAll();
          void this.save();
        },
      }),
    );
    this.decided = this.#store.then(
      () => {},
      () => {},
    );
    document.addEventListener('visibilitychange', this.#onVisibility);
    window.addEventListener('pagehide', this.#onLeave);
  }

  /** Name of the database. */
  get name(): string {
    return this.#options.name;
  }

  /** Whether this tab trains the models and keeps them; true also while it is not known yet. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  /** Adds a model, which continues from what was kept of it. */
  add(model: LiveModel): void {
    const origin = originOf({ ...model, checkpoint: model.checkpoint });
    const restored = Promise.resolve(null);
    const kept: Kept = { model, origin, restored, savedAt: NaN, isDirty: false };
    this.#kept.set(model.key, kept);
    this.#follow(kept);
  }

  /** When the weights that a model continues from were saved; null without any. Resolves once they are in use. */
  async restored(key: string): Promise<Date | null> {
    return (await this.#kept.get(key)?.restored) ?? null;
  }

  /** A model has other weights: they are saved soon. */
  changed(key: string): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    kept.isDirty = true;
    this.#loadFiles().catch(() => {});
    this.#timer ??= setTimeout(() => void this.save(), this.#options.everyMs);
  }

  /** Saves what changed. Resolves when it is stored, or could not be. */
  save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isOurs) return this.#writing;
    for (const kept of this.#kept.values()) {
      const { checkpoint } = kept.model;
      if (!kept.isDirty || !checkpoint) continue;
      kept.isDirty = false;
      const saved = { key: kept.model.key, origin: kept.origin, savedAt: Date.now() };
      this.#write(async (store) => {
        const { serializeCheckpoint } = await this.#loadFiles();
        await store.save({ ...saved, bytes: serializeCheckpoint(checkpoint) });
      });
    }
    return this.#writing;
  }

  /** Deletes what is kept of a model. Rejects when it cannot be deleted. */
  forget(key: string): Promise<void> {
    const kept = this.#kept.get(key);
    if (kept) kept.isDirty = false;
    return this.#delete((store) => store.remove(key));
  }

  /** Deletes what is kept of all models, also of those that this game has not added. Rejects when it cannot. */
  clear(): Promise<void> {
    for (const kept of this.#kept.values()) kept.isDirty = false;
    return this.#delete((store) => store.clear());
  }

  /** Bytes that are stored. */
  async size(): Promise<number> {
    await this.#writing;
    return (await this.#store).size();
  }

  /** Saves what changed and closes the store. */
  async close(): Promise<void> {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    window.removeEventListener('pagehide', this.#onLeave);
    await this.decided;
    await this.save();
    this.#ended.abort();
    await (await this.#store).close();
  }

  /** Takes over what was kept of a model since, unless it has other weights that were not saved yet. */
  #follow(kept: Kept): void {
    if (!kept.isDirty) kept.restored = this.#restore(kept);
  }

  #followAll(): void {
    for (const kept of this.#kept.values()) this.#follow(kept);
  }

  readonly #onLeave = (): void => void this.save();

  readonly #onVisibility = (): void => {
    if (document.visibilityState === 'hidden') this.#onLeave();
    else if (!this.#isOurs) this.#followAll();
  };

  async #restore(kept: Kept): Promise<Date | null> {
    const { model, origin, restored } = kept;
    const { checkpoint: before, generation } = model;
    const isUntouched = (): boolean =>
      model.checkpoint === before && model.generation === generation;
    try {
      const stored = await (await this.#store).load(model.key);
      if (!stored) return null;
      if (stored.savedAt === kept.savedAt) return await restored;
      kept.savedAt = stored.savedAt;
      if (stored.origin !== origin) {
        this.#warn(
          `What "${model.key}" learned in an earlier visit belongs to another model than the one this game ships, so it is not used. The recordings are still there: train on them.`,
        );
        return null;
      }
      return await this.#use(stored, model, isUntouched);
    } catch (thrown) {
      this.#warn(
        `What "${model.key}" learned in an earlier visit cannot be used: ${asError(thrown).message} The model starts without it. The recordings are still there: train on them.`,
        asError(thrown),
      );
      return null;
    }
  }

  async #use(
    { bytes, savedAt }: StoredModel,
    model: LiveModel,
    isUntouched: () => boolean,
  ): Promise<Date | null> {
    const { worker } = this.#options;
    const name = `kept of ${model.key}`;
    const checkpoint = await readWeights(bytes, { name, worker, isOwn: true });
    requireSameSpec(model.spec, checkpoint.spec, `What was kept of "${model.key}"`);
    // It was trained, restored, or got other weights, before the store answered.
    if (!isUntouched()) return null;
    model.resumeFrom(checkpoint);
    this.#options.events.emit('model', { key: model.key, checkpoint });
    await model.ready;
    return new Date(savedAt);
  }

  /** Rejects with `not-ready`; the next call tries again. */
  #loadFiles(): ReturnType<typeof loadCheckpointFile> {
    this.#files ??= loadCheckpointFile().catch((error: unknown) => {
      this.#files = null;
      throw error;
    });
    return this.#files;
  }

  #write(work: (store: ModelStore) => Promise<void>): Promise<void> {
    return this.#inTurn(work).catch((thrown: unknown) => {
      // Later saves fail for the same cause, and the recordings matter more.
      if (this.#failed) return;
      this.#failed = true;
      emitSafely(this.#options.events, 'storage-error', { error: asError(thrown) });
    });
  }

  /** Twice if need be: what a player has deleted must not come back. */
  #delete(work: (store: ModelStore) => Promise<void>): Promise<void> {
    return this.#inTurn((store) => work(store).catch(() => work(store)));
  }

  #inTurn(work: (store: ModelStore) => Promise<void>): Promise<void> {
    const done = this.#writing.then(async () => work(await this.#store));
    this.#writing = done.catch(() => {});
    return done;
  }

  #warn(message: string, error?: Error): void {
    console.warn(`[foresight] ${message}`);
    this.#options.events.emit('warning', { message, ...(error && { error }) });
  }
}
