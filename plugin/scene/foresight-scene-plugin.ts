import * as Phaser from 'phaser';
import { Recorder } from '../../src/record/recorder.ts';
import { specHash } from '../../src/record/spec.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { Controller } from '../../src/npc/controller.ts';
import type { Episode, EpisodeEnd } from '../../src/record/episode.ts';
import type { CharacterSpec } from '../../src/record/spec.ts';
import { ControlledCharacter } from './controlled-character.ts';
import type { ControlHost, ControlOptions } from './controlled-character.ts';
import type { ForesightEvents } from '../game/events.ts';
import type { ForesightModel } from '../game/live-model.ts';
import { ForesightPlugin } from '../game/foresight-plugin.ts';
import { PredictionOverlay } from '../overlay/prediction-overlay.ts';
import type { PredictionOverlayOptions } from '../overlay/prediction-overlay.ts';
import { recallPlay } from './recall-play.ts';
import type { RecordingHost } from '../recordings/recordings.ts';
import { TickClock } from './tick-clock.ts';
import { TrackedCharacter } from './tracked-character.ts';
import type { CharacterHost, TrackOptions } from './tracked-character.ts';

type GameObject = Phaser.GameObjects.GameObject;

/** Scene status values of Phaser in which a scene was started and not shut down yet. */
const STARTED = { from: Phaser.Scenes.START, to: Phaser.Scenes.SLEEPING };
/** Ticks per second where nothing gives a rate. */
const DEFAULT_RATE = 60;
const { START, UPDATE, POST_UPDATE, SHUTDOWN, DESTROY } = Phaser.Scenes.Events;

interface SessionRecorder {
  readonly session: string;
  readonly recorder: Recorder;
}

/** What one scene holds from its start to its shutdown. */
interface Running {
  readonly characters: Map<string, TrackedCharacter>;
  readonly controlled: Set<ControlledCharacter>;
  readonly overlays: Set<PredictionOverlay>;
  /** One clock per tick rate. */
  readonly clocks: Map<number, TickClock>;
  /** Per model: what goes to the store, and what is only followed. */
  readonly stored: Map<ForesightModel, SessionRecorder>;
  readonly followed: Map<ForesightModel, SessionRecorder>;
  /** Numbers characters that have no name. */
  count: number;
}

/**
 * The scene plugin: tracks and controls the characters of its scene, and releases them when the scene
 * shuts down. Install it under `plugins.scene` with the mapping `characters`.
 */
export class ForesightScenePlugin extends Phaser.Plugins.ScenePlugin {
  // Everything a run of the scene needs is made in `start`: Phaser makes another plugin for an
  // internal scene that never starts.
  #running: Running | null = null;
  #foresight: ForesightPlugin | null = null;
  readonly #hostForCharacters: CharacterHost & RecordingHost & ControlHost = this.#makeHost();

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
      clocks: new Map(),
      stored: new Map(),
      followed: new Map(),
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
    for (const overlay of running.overlays) overlay.destroy();
    for (const controlled of running.controlled) controlled.destroy();
    for (const character of running.characters.values()) character.destroy();
    if (this.#foresight) {
      this.#retireRecorders(running);
      this.#foresight.recordings.removeHost(this.#hostForCharacters);
      this.#foresight.events.off('model', this.#onModel);
    }
    this.#running = null;
    this.#foresight = null;
  }

  /** Called when the scene is removed or the game ends. */
  override destroy(): void {
    this.shutdown();
    this.systems?.events.off(START, this.start, this);
    this.systems?.events.off(DESTROY, this.destroy, this);
    super.destroy();
  }

  /**
   * Follows a character from now on: records its actions and predicts the next one. The model may
   * still be loading. Throws `bad-config` when the scene has a character of that id already, and
   * `not-ready` when the scene does not run or the global plugin is missing.
   */
  track(gameObject: GameObject, options: TrackOptions): TrackedCharacter {
    const running = this.#require();
    const foresight = this.#useForesight();
    const id = options.id ?? (gameObject.name || `character-${++running.count}`);
    if (running.characters.has(id))
      throw new ForesightError(
        'bad-config',
        `The scene tracks a character "${id}" already. Give each one its own id.`,
      );
    const name = `${this.systems!.settings.key}/${id}`;
    const host = this.#hostForCharacters;
    const character = new TrackedCharacter(gameObject, { ...options, id, name, host });
    running.characters.set(id, character);
    if (foresight.hasModel(options.model)) character.recall();
    return character;
  }

  /** Lets `controller` choose for a game object. Throws `not-ready` when the scene does not run. */
  control(
    gameObject: GameObject,
    controller: Controller,
    options: ControlOptions = {},
  ): ControlledCharacter {
    const running = this.#require();
    this.#useForesight();
    // The clock starts here, not when the first decision reads it.
    clockOf(running, DEFAULT_RATE);
    const host = this.#hostForCharacters;
    const character = new ControlledCharacter(gameObject, { ...options, controller, host });
    running.controlled.add(character);
    return character;
  }

  /** Shows the most probable next actions over a character's head. */
  overlay(character: TrackedCharacter, options: PredictionOverlayOptions = {}): PredictionOverlay {
    const { overlays } = this.#require();
    const overlay = new PredictionOverlay(this.scene!, character, options);
    overlays.add(overlay);
    return overlay;
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
    return this.#running ? clockOf(this.#running, rate).tick : 0;
  }

  #update(_time: number, delta: number): void {
    const running = this.#running!;
    for (const clock of running.clocks.values()) clock.advance(delta);
    for (const character of running.characters.values()) character.sampleItself();
  }

  readonly #onModel = ({ key }: ForesightEvents['model']): void => {
    for (const character of this.tracked) if (character.modelKey === key) character.recall();
  };

  #drawOverlays(): void {
    for (const overlay of this.#running!.overlays) {
      if (overlay.destroyed) this.#running!.overlays.delete(overlay);
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

  /** The global plugin may be installed later than this one: it is looked up at the first use. */
  #useForesight(): ForesightPlugin {
    if (this.#foresight) return this.#foresight;
    this.#foresight = ForesightPlugin.of(this.systems!.game);
    this.#foresight.recordings.addHost(this.#hostForCharacters);
    this.#foresight.events.on('model', this.#onModel);
    return this.#foresight;
  }

  /** Never rejects. */
  async #recall(
    character: TrackedCharacter,
    known: { readonly model: ForesightModel; readonly name: string },
  ): Promise<void> {
    const { events, recordings, reporter } = this.#useForesight();
    const { key } = known.model;
    try {
      const steps = await recallPlay(character, { ...known, recordings });
      if (steps) events.emit('recalled', { key, character: character.id, steps });
    } catch (error) {
      reporter.once('record', error, key);
    }
  }

  #recorder(model: ForesightModel, store: boolean): Recorder {
    const { stored, followed } = this.#require();
    const { events, recordings, session } = this.#useForesight();
    const group = store ? stored : followed;
    const known = group.get(model);
    if (known?.session === session) return known.recorder;
    // Another session began: all episodes of the old one have ended.
    if (known) recordings.retire(known.recorder);
    const recorder = new Recorder({
      spec: model.spec,
      store: store ? recordings.store : undefined,
      session,
      onError: (error) => events.emit('storage-error', { error }),
    });
    group.set(model, { session, recorder });
    return recorder;
  }

  #makeHost(): CharacterHost & RecordingHost & ControlHost {
    const foresight = (): ForesightPlugin => this.#useForesight();
    return {
      modelOf: (key) => {
        if (foresight().hasModel(key)) return foresight().model(key);
        try {
          foresight().model(key);
        } catch (error) {
          foresight().reporter.once('record', error, key);
        }
        return null;
      },
      recorderOf: (model, store) => this.#recorder(model, store),
      tickOf: (model) => clockOf(this.#require(), model.spec.tickRate).tick,
      recall: (character, known) => this.#recall(character, known),
      stepped: (_character, model) => foresight().stepped(model),
      get recordPlay() {
        return foresight().recordPlay;
      },
      get learnFromPlay() {
        return foresight().learnFromPlay;
      },
      report: (error, key) => foresight().reporter.once('record', error, key),
      follow: (work) => foresight().recordings.follow(work),
      untrack: (character) => this.#running?.characters.delete(character.id),
      get usePredictions() {
        return foresight().usePredictions;
      },
      tick: () => this.tick(),
      release: (character) => this.#running?.controlled.delete(character),
      current: (spec) => this.#current(spec),
      records: (id) => this.tracked.some((one) => one.stores && one.currentEpisode()?.id === id),
      endEpisodes: (end) => {
        this.endEpisodes(end);
        if (this.#running) this.#retireRecorders(this.#running);
      },
    };
  }

  /** New episodes get new recorders; what the old ones could not store stays with the recordings. */
  #retireRecorders({ stored, followed }: Running): void {
    const { recordings } = this.#useForesight();
    for (const group of [stored, followed]) {
      for (const { recorder } of group.values()) recordings.retire(recorder);
      group.clear();
    }
  }

  #current(spec: CharacterSpec): Episode[] {
    const hash = specHash(spec);
    return this.tracked
      .filter((one) => one.stores && one.spec && specHash(one.spec) === hash)
      .map((character) => character.currentEpisode())
      .filter((episode) => episode !== null);
  }
}

function clockOf({ clocks }: Running, rate: number): TickClock {
  let clock = clocks.get(rate);
  if (!clock) clocks.set(rate, (clock = new TickClock(rate)));
  return clock;
}
