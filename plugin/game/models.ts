import { playModel } from '../../src/model/play-model.ts';
import { requireSameSpec } from '../../src/record/spec.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { ModelConfig } from '../../src/model/config.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import type { FileContent } from '../../src/util/file-content.ts';
import { ForesightModel } from './foresight-model.ts';
import type { ModelServices } from './foresight-model.ts';
import type { KeptModels } from './kept-models.ts';
import { LiveModel } from './live-model.ts';
import type { LiveModelOptions } from './live-model.ts';
import { readWeights } from './model-weights.ts';

export interface DefineModelOptions {
  /** Its name within the game. The name of the spec when absent. */
  readonly key?: string;
  /**
   * Which network to build when it is trained without earlier weights; missing values are those of
   * `playModel`.
   */
  readonly config?: Partial<ModelConfig>;
}

/** The models of a game, by key. */
export class Models {
  readonly #services: ModelServices;
  readonly #models = new Map<string, ForesightModel>();

  constructor(services: ModelServices) {
    this.#services = services;
  }

  /**
   * Adds a model without weights: it predicts nothing until it is trained. A model that is known under
   * the key, for example because its file was loaded, is returned as it is, weights included. Throws
   * `spec-mismatch` when that one has another spec.
   */
  define<S extends CharacterSpec>(
    spec: S,
    { key = spec.name, config }: DefineModelOptions = {},
  ): ForesightModel<S> {
    if (this.has(key)) return this.get(key, spec);
    return this.#add(key, { spec, checkpoint: null, config: { ...playModel(spec), ...config } });
  }

  /**
   * Adds a model with the weights of a checkpoint, or gives them to a known one (`ForesightModel.import`).
   * With a spec they must be made for it. It predicts once it is `ready`: a large model is prepared in slices.
   * Throws `spec-mismatch`.
   */
  add(key: string, checkpoint: Checkpoint): ForesightModel;
  add<S extends CharacterSpec>(
    key: string,
    checkpoint: Checkpoint,
    spec: S | undefined,
  ): ForesightModel<S>;
  add(key: string, checkpoint: Checkpoint, spec?: CharacterSpec): ForesightModel {
    if (spec) requireSameSpec(spec, checkpoint.spec, `The checkpoint "${key}"`);
    const known = this.#models.get(key);
    known?.replace(checkpoint);
    return known ?? this.#add(key, { spec: spec ?? checkpoint.spec, checkpoint });
  }

  /** `add` with a safetensors file; resolves once it predicts with it. Rejects with `corrupt-file`, `wrong-version`, `spec-mismatch`. */
  addFile(key: string, file: FileContent | ArrayBuffer): Promise<ForesightModel>;
  addFile<S extends CharacterSpec>(
    key: string,
    file: FileContent | ArrayBuffer,
    spec: S | undefined,
  ): Promise<ForesightModel<S>>;
  async addFile(
    key: string,
    file: FileContent | ArrayBuffer,
    spec?: CharacterSpec,
  ): Promise<ForesightModel> {
    const { worker } = this.#services;
    const model = this.add(key, await readWeights(file, { name: key, worker }), spec);
    await model.ready;
    return model;
  }

  /** @internal The model in a file that a scene has loaded. */
  readOwn(key: string, file: ArrayBuffer): Promise<Checkpoint> {
    return readWeights(file, { name: key, worker: this.#services.worker, isOwn: true });
  }

  /**
   * The model of that key; with a spec its type names the actions and fields. Throws `not-ready` when there
   * is none, and `spec-mismatch` when it has another spec.
   */
  get(key: string): ForesightModel;
  get<S extends CharacterSpec>(key: string, spec: S): ForesightModel<S>;
  get(key: string, spec?: CharacterSpec): ForesightModel {
    const model = this.#models.get(key);
    if (!model)
      throw new ForesightError(
        'not-ready',
        `There is no model "${key}". Call this.foresight.defineModel(SPEC) in create(), or load its file ` +
          `in preload() with this.foresight.loadModel(SPEC, url).`,
      );
    if (spec) requireSameSpec(spec, model.spec, `The model "${key}"`);
    return model;
  }

  has(key: string): boolean {
    return this.#models.has(key);
  }

  /** In the order in which the models were added. */
  get keys(): string[] {
    return [...this.#models.keys()];
  }

  /** @internal What keeps them for the next visit; null where what they learn is lost with the page. */
  get kept(): KeptModels | null {
    return this.#services.kept;
  }

  /** @internal A frame began. */
  advance(): void {
    for (const { live } of this.#models.values()) live.advance();
  }

  /** Has every model forget what it learned, in this tab (`ForesightModel.restore`). */
  restoreAll(): void {
    for (const model of this.#models.values()) model.forget();
  }

  /** The game ended. */
  clear(): void {
    this.#models.clear();
  }

  #add<S extends CharacterSpec>(key: string, options: LiveModelOptions): ForesightModel<S> {
    const { reporter } = this.#services;
    const onError = (error: unknown): void => reporter.report('load', error, key);
    const live = new LiveModel(key, { ...options, onError });
    const model = new ForesightModel<S>(live, this.#services);
    this.#models.set(live.key, model);
    this.kept?.add(live);
    this.#services.events.emit('model', { key: live.key, checkpoint: live.checkpoint });
    return model;
  }
}
