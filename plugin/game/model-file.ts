import * as Phaser from 'phaser';
import { ForesightError } from '../../src/util/error.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import type { ErrorReporter } from './error-reporter.ts';
import { loadReader } from './model-weights.ts';
import type { Models } from './models.ts';

/** Name of the file type: `this.load.foresightModel`. */
export const MODEL_FILE_TYPE = 'foresightModel';

/** Where loaded models go: the global plugin of the game. */
interface ModelFileHost {
  readonly reporter: ErrorReporter;
  readonly models: Models;
}

/** All games of a page share the file type, so each file looks up the plugin of its own game. */
const hosts = new WeakMap<Phaser.Game, ModelFileHost>();

/** One model to load. */
export interface ModelFileConfig {
  readonly key: string;
  /** `<key>.safetensors` in the loader's path when absent. */
  readonly url?: string;
  /** The spec the game plays with: a file made for another one fails to load instead of misleading later. */
  readonly spec?: CharacterSpec;
  readonly xhrSettings?: Phaser.Types.Loader.XHRSettingsObject;
}

/**
 * A checkpoint in Phaser's loader. A file that is missing, corrupt or made for another spec fails as
 * any other file does: with `loaderror` and a message on the console that gives the reason.
 */
export class ModelFile extends Phaser.Loader.File {
  readonly #spec: CharacterSpec | undefined;
  readonly #host: ModelFileHost;

  constructor(
    loader: Phaser.Loader.LoaderPlugin,
    { key, url, spec, xhrSettings }: ModelFileConfig,
  ) {
    super(loader, {
      type: MODEL_FILE_TYPE,
      extension: 'safetensors',
      responseType: 'arraybuffer',
      key,
      url,
      xhrSettings: xhrSettings ?? false,
      cache: false,
    });
    this.#spec = spec;
    this.#host = hostOf(loader.systems.game);
  }

  /** A model that has weights is not loaded again, so that a scene restart keeps what it learned. */
  override hasCacheConflict(): boolean {
    const { models } = this.#host;
    return models.has(this.key) && models.get(this.key).checkpoint !== null;
  }

  /** The reader is fetched together with the file. */
  override load(): void {
    loadReader().catch(() => {});
    super.load();
  }

  override onProcess(): void {
    this.state = Phaser.Loader.FILE_PROCESSING;
    void this.#process(this.xhrLoader?.response);
  }

  /** Never rejects. */
  async #process(response: unknown): Promise<void> {
    const { loader } = this;
    try {
      if (!(response instanceof ArrayBuffer)) throw new Error('the response is not binary');
      const { models } = this.#host;
      const checkpoint = await models.readOwn(this.key, response);
      // The game may have ended meanwhile.
      if (!loader.scene) return;
      const model = models.add(this.key, checkpoint, this.#spec);
      this.data = model;
      await model.ready;
      if (!loader.scene) return;
    } catch (error) {
      this.#host.reporter.report('load', error, this.key);
      this.#fail();
      return;
    }
    this.onProcessComplete();
  }

  /** `onProcessError` alone neither emits `loaderror` nor changes the loader's counts. */
  #fail(): void {
    const { loader } = this;
    loader.totalComplete--;
    loader.totalFailed++;
    loader.emit(Phaser.Loader.Events.FILE_LOAD_ERROR, this);
    this.onProcessError();
  }
}

/** What `this.load.foresightModel` does; `this` is the loader of the scene. */
function loadModel(
  this: Phaser.Loader.LoaderPlugin,
  key: string | ModelFileConfig | readonly ModelFileConfig[],
  url?: string,
  xhrSettings?: Phaser.Types.Loader.XHRSettingsObject,
): Phaser.Loader.LoaderPlugin {
  const configs = typeof key === 'string' ? [{ key, url, xhrSettings }] : [key].flat();
  for (const config of configs) this.addFile(new ModelFile(this, config));
  return this;
}

function hostOf(game: Phaser.Game): ModelFileHost {
  const host = hosts.get(game);
  if (host) return host;
  throw new ForesightError(
    'not-ready',
    "A foresightModel cannot be loaded in a game without the plugin. Write plugins: foresight({ store: 'indexeddb' }) in the game config.",
  );
}

/** Registers the file type with the loaders of a game: those to come and those of scenes that run already. */
export function registerModelFile(
  plugins: Phaser.Plugins.PluginManager,
  host: ModelFileHost,
): void {
  hosts.set(plugins.game, host);
  plugins.registerFileType(MODEL_FILE_TYPE, loadModel);
  for (const scene of plugins.game.scene.scenes)
    plugins.registerFileType(MODEL_FILE_TYPE, loadModel, scene);
}
