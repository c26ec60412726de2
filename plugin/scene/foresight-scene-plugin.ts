import * as Phaser from 'phaser';
import { ForesightError } from '../../src/util/error.ts';
import type { Controller } from '../../src/npc/controller.ts';
import type { EpisodeEnd } from '../../src/record/episode.ts';
import type { CharacterSpec, ObservationOf } from '../../src/record/spec.ts';
import type { ForesightEvents } from '../game/events.ts';
import type { ForesightModel } from '../game/foresight-model.ts';
import { ForesightPlugin } from '../game/foresight-plugin.ts';
import { ModelFile } from '../game/model-file.ts';
import type { ModelFileConfig } from '../game/model-file.ts';
import type { DefineModelOptions } from '../game/models.ts';
import { OverlayHandle } from '../overlay/overlay-handle.ts';
import type { PredictionOverlayOptions } from '../overlay/prediction-overlay.ts';
import { PanelHandle } from '../panel/panel-handle.ts';
import type { PanelOptions } from '../panel/panel-options.ts';
import type { RecordingHost } from '../recordings/recordings.ts';
import { ControlledCharacter } from './controlled-character.ts';
import type { ControlOptions } from './controlled-character.ts';
import { SceneClocks } from './scene-clocks.ts';
import { SceneRecorders } from './scene-recorders.ts';
import { TrackedCharacter } from './tracked-character.ts';
import type { TrackOptions } from './tracked-character.ts';

type GameObject = Phaser.GameObjects.GameObject;

/** Scene status values of Phaser in which a scene was started and not shut down yet. */
const STARTED = { from: Phaser.Scenes.START, to: Phaser.Scenes.SLEEPING };
/** Ticks per second where nothing gives a rate. */
const DEFAULT_RATE = 60;
const { START, UPDATE, POST_UPDATE, SHUTDOWN, DESTROY } = Phaser.Scenes.Events;

/** What one scene holds from its start to its shutdown. */
interface Running {
  readonly characters: Map<string, TrackedCharacter>;
  readonly controlled: Set<ControlledCharacter>;
  readonly overlays: Set<OverlayHandle>;
  readonly panels: Set<PanelHandle>;
  readonly clocks: SceneClocks;
  /** Null until first needed: the global plugin may be installed later than this one. */
  shared: { readonly foresight: ForesightPlugin; readonly recorders: SceneRecorders } | null;
  /** Numbers characters that have no name. */
  count: number;
}

export interface LoadModelOptions extends Pick<ModelFileConfig, 'xhrSettings'> {
  /** Its name within the game. The name of the spec when absent. */
  readonly key?: string;
}

/**
 * `this.foresight` of a scene: models, and the characters of the scene, which are released when it shuts
 * down. `foresight()` installs it.
 */
export class ForesightScenePlugin extends Phaser.Plugins.ScenePlugin {
  // Everything a run of the scene needs is made in `start`: Phaser makes another plugin for an
  // internal scene that never starts.
  #running: Running | null = null;
  readonly #host: RecordingHost = { endEpisodes: (end) => this.endEpisodes(end) };

  /** Called by Phaser once, when the scene or (late) the plugin is added. */
  override boot(): void {
    const { events, settings } = this.systems!;
    // The constructor listens for BOOT, which never comes for a plugin added to a running scene.
    events.off(Phaser.Scenes.Events.BOOT, this.boot, this);
    events.on(START, this.start, this);
    events.once(DESTROY, this.destroy, this);
    if (settings.status >= STARTED.from && settings.status <= STARTED.to) this.start();
  }

  /** Called at every start of the scene. */
  override start(): void {
    if (this.#running) return;
    const { events } = this.systems!;
    this.#running = {
      characters: new Map(),
      controlled: new Set(),
      overlays: new Set(),
      panels: new Set(),
      clocks: new SceneClocks(),
      shared: null,
      count: 0,
    };
    events.on(UPDATE, this.#update, this);
    events.on(POST_UPDATE, this.#drawOverlays, this);
    events.once(SHUTDOWN, this.shutdown, this);
  }

  /** Called when the scene ends: running episodes end truncated, everything is released. */
  shutdown(): void {
    const running = this.#running;
    if (!running) return;
    const { events } = this.systems!;
    events.off(UPDATE, this.#update, this);
    events.off(POST_UPDATE, this.#drawOverlays, this);
    events.off(SHUTDOWN, this.shutdown, this);
    const { panels, overlays, controlled, characters, shared } = running;
    for (const part of [...panels, ...overlays, ...controlled, ...characters.values()])
      part.destroy();
    if (shared) {
      shared.foresight.recordings.removeHost(this.#host);
      shared.foresight.events.off('model', this.#onModel);
    }
    this.#running = null;
  }

  /** Called when the scene is removed or the game ends. */
  override destroy(): void {
    this.shutdown();
    this.systems?.events.off(START, this.start, this);
    this.systems?.events.off(DESTROY, this.destroy, this);
    super.destroy();
  }

  /**
   * What outlives the scene: models, recordings and trainings of the game, its events, and the switches for
   * predictions, recording and learning. Throws `not-ready` when the global plugin is missing.
   */
  get shared(): ForesightPlugin {
    return this.#running ? this.#share(this.#running).foresight : ForesightPlugin.of(this.game!);
  }

  /** Adds a model without weights, or returns the one that the game has already: see `Models.define`. */
  defineModel<S extends CharacterSpec>(spec: S, options?: DefineModelOptions): ForesightModel<S> {
    return this.shared.models.define(spec, options);
  }

  /** The model of that key. Throws `not-ready` when there is none. */
  model(key: string): ForesightModel {
    return this.shared.models.get(key);
  }

  /**
   * Loads the weights of a model, a safetensors file, with the scene's loader: call it in preload(), and
   * `defineModel` in create(). A model that the game has already is not loaded again, so that it keeps what
   * it learned. A file that is missing, corrupt or made for another spec is reported; the model begins
   * without weights then.
   *
   * @param url `<key>.safetensors` in the loader's path when absent
   */
  loadModel(spec: CharacterSpec, url?: string, options: LoadModelOptions = {}): void {
    const { key = spec.name, xhrSettings } = options;
    if (this.shared.models.has(key)) return;
    const { load } = this.scene!;
    load.addFile(new ModelFile(load, { key, url, spec, xhrSettings }));
  }

  /**
   * Follows a character from now on: records its actions and predicts the next one. Throws `bad-config`
   * when the scene has a character of that id already, and `not-ready` when the scene does not run or the
   * global plugin is missing.
   */
  track<
    S extends CharacterSpec = CharacterSpec,
    const O extends ObservationOf<NoInfer<S>> = ObservationOf<S>,
  >(gameObject: GameObject, options: TrackOptions<S, O>): TrackedCharacter<S> {
    const running = this.#require();
    const { characters, clocks } = running;
    const shared = this.#share(running);
    const id = options.id ?? (gameObject.name || `character-${++running.count}`);
    if (characters.has(id))
      throw new ForesightError(
        'bad-config',
        `The scene tracks a character "${id}" already. Give each one its own id.`,
      );
    const name = `${this.systems!.settings.key}/${id}`;
    const released = (): void => void characters.delete(id);
    const parts = { ...options, ...shared, id, name, clocks, released };
    const character = new TrackedCharacter<S>(gameObject, parts);
    characters.set(id, character);
    if (shared.foresight.models.has(character.modelKey)) character.recall();
    return character;
  }

  /** Lets `controller` choose for a game object. Throws `not-ready` when the scene does not run. */
  control<R extends string>(
    gameObject: GameObject,
    controller: Controller<R>,
    options: ControlOptions = {},
  ): ControlledCharacter<R> {
    const running = this.#require();
    const { controlled, clocks } = running;
    const { foresight } = this.#share(running);
    const released = (): void => void controlled.delete(character);
    const parts = { ...options, controller, foresight, clocks, released };
    const character = new ControlledCharacter<R>(gameObject, parts);
    controlled.add(character);
    return character;
  }

  /** Shows the most probable next actions over a character's head, as soon as the code for it is loaded. */
  overlay(character: TrackedCharacter, options: PredictionOverlayOptions = {}): OverlayHandle {
    const running = this.#require();
    const { foresight } = this.#share(running);
    const overlay = new OverlayHandle(this.scene!, character, { ...options, foresight });
    running.overlays.add(overlay);
    return overlay;
  }

  /**
   * The training panel of a model. Its code is loaded when it is first opened; it is destroyed with the
   * scene's run. Throws `not-ready` when the scene does not run, or the game has no model yet.
   */
  panel(options: PanelOptions = {}): PanelHandle {
    const running = this.#require();
    const { panels } = running;
    const { foresight } = this.#share(running);
    const model = keyOf(options.model) ?? this.tracked[0]?.modelKey ?? foresight.models.keys[0];
    if (model === undefined)
      throw new ForesightError(
        'not-ready',
        'There is no model yet that the panel could show. Call this.foresight.defineModel(SPEC) before, or ' +
          'give the option "model".',
      );
    const character = (): TrackedCharacter | null =>
      this.tracked.find(({ modelKey }) => modelKey === model) ?? null;
    const released = (): void => void panels.delete(panel);
    const panel = new PanelHandle(foresight, { character, ...options, model, released });
    panels.add(panel);
    return panel;
  }

  /** The tracked character of that id; null when there is none. */
  get(id: string): TrackedCharacter | null {
    return this.#running?.characters.get(id) ?? null;
  }

  /** All tracked characters. */
  get tracked(): TrackedCharacter[] {
    return [...(this.#running?.characters.values() ?? [])];
  }

  /** Ends the running episodes of all characters, for example at the end of a round. */
  endEpisodes(end: EpisodeEnd = 'terminated'): void {
    for (const character of this.tracked) character.endEpisode(end);
  }

  /** The scene's tick at a rate, in ticks per second. Each rate counts from its first use. */
  tick(rate = DEFAULT_RATE): number {
    return this.#running?.clocks.tick(rate) ?? 0;
  }

  #update(_time: number, delta: number): void {
    const { clocks, characters, shared } = this.#running!;
    clocks.advance(delta);
    shared?.foresight.update();
    for (const character of characters.values()) character.sampleItself();
  }

  readonly #onModel = ({ key }: ForesightEvents['model']): void => {
    for (const character of this.tracked) if (character.modelKey === key) character.recall();
  };

  #drawOverlays(): void {
    const { overlays } = this.#running!;
    for (const overlay of overlays) {
      if (overlay.destroyed) overlays.delete(overlay);
      else overlay.update();
    }
  }

  #require(): Running {
    if (this.#running) return this.#running;
    throw new ForesightError(
      'not-ready',
      'The scene does not run. Track and control characters in create() or later, before its shutdown.',
    );
  }

  #share(running: Running): NonNullable<Running['shared']> {
    if (running.shared) return running.shared;
    const foresight = ForesightPlugin.of(this.game!);
    foresight.recordings.addHost(this.#host);
    foresight.events.on('model', this.#onModel);
    return (running.shared = { foresight, recorders: new SceneRecorders(foresight) });
  }
}

const keyOf = (model: ForesightModel | string | undefined): string | undefined =>
  typeof model === 'object' ? model.key : model;
