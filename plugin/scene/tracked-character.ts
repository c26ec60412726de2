import type * as Phaser from 'phaser';
import { isSamePlan } from '../../src/experts/same-plan.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { ContextPlan } from '../../src/experts/symbol-source.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import type { Predictor } from '../../src/predict/predictor.ts';
import type { Episode, EpisodeEnd, EpisodeHeader, Step } from '../../src/record/episode.ts';
import type { Recorder } from '../../src/record/recorder.ts';
import type { ActionOf, CharacterSpec, ObservationOf } from '../../src/record/spec.ts';
import type { ForesightModel } from '../game/foresight-model.ts';
import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import type { LiveAccuracy } from '../game/live-accuracy.ts';
import { recallPlay } from './recall-play.ts';
import type { SceneClocks } from './scene-clocks.ts';
import type { SceneRecorders } from './scene-recorders.ts';

/**
 * `S` is the spec of the model. `O` is what `observe` returns, a parameter of its own: without it the
 * categories in there would count as plain strings.
 */
export interface TrackOptions<
  S extends CharacterSpec = CharacterSpec,
  O extends ObservationOf<NoInfer<S>> = ObservationOf<S>,
> {
  /** The model that predicts it, or its key; a model of that key may be added later. */
  readonly model: ForesightModel<S> | string;
  /** What the model may see now; called whenever a step is recorded. */
  readonly observe: () => O;
  /** Whose steps these are; unique in its scene. The game object's name, or a number, when absent. */
  readonly id?: string;
  /** False: predict only, store nothing. Default true. */
  readonly record?: boolean;
  /**
   * Whether a model with experts begins with what was recorded of this id before, in this visit or an
   * earlier one. Default true; false where the id stands for different players.
   */
  readonly recall?: boolean;
  /** Pixels from the game object's position up to its head, for overlays. Its upper edge when absent. */
  readonly headOffset?: number;
  /** The game's own tick, for deterministic games. The scene's clock at the spec's tick rate when absent. */
  readonly tick?: () => number;
  /** The current action. When given, it is sampled at every tick. */
  readonly action?: () => NoInfer<ActionOf<S>>;
  /** Kept with every episode: who plays, on which level. */
  readonly meta?: EpisodeHeader['meta'];
}

/** What a character is made from: its options, and the parts of its scene that it works with. */
export interface CharacterParts<S extends CharacterSpec = CharacterSpec> extends TrackOptions<S> {
  readonly id: string;
  /** Its name inside the model, unique among all scenes. */
  readonly name: string;
  readonly foresight: ForesightPlugin;
  readonly clocks: SceneClocks;
  readonly recorders: SceneRecorders;
  /** Called when it is destroyed. */
  readonly released: () => void;
}

/** A character whose actions are recorded and predicted. Made by `this.foresight.track`. */
export class TrackedCharacter<S extends CharacterSpec = CharacterSpec> {
  readonly gameObject: Phaser.GameObjects.GameObject;
  readonly id: string;
  readonly modelKey: string;
  readonly headOffset: number | undefined;
  readonly #parts: CharacterParts<S>;
  /** Name inside the model. */
  readonly #name: string;
  #model: ForesightModel<S> | null = null;
  /** Holds the running episode; null when none runs. */
  #recorder: Recorder | null = null;
  #sampledTick = NaN;
  /** Plan of the experts that recalled it last. */
  #recalledPlan: ContextPlan | null = null;
  #recalled: Promise<void> = Promise.resolve();
  /** Its figures when it was destroyed. */
  #finalAccuracy: LiveAccuracy | null = null;
  #destroyed = false;

  constructor(gameObject: Phaser.GameObjects.GameObject, parts: CharacterParts<S>) {
    const { id, model, name, headOffset } = parts;
    this.gameObject = gameObject;
    this.id = id;
    this.modelKey = typeof model === 'string' ? model : model.key;
    if (typeof model !== 'string') this.#model = model;
    this.headOffset = headOffset;
    this.#parts = parts;
    this.#name = name;
    gameObject.once('destroy', this.destroy, this);
  }

  /** What it will probably do next; null before its first step and while the model has no weights. */
  get prediction(): Prediction<ActionOf<S>> | null {
    return this.followed?.predictor.prediction(this.#name) ?? null;
  }

  /**
   * Where its model predicts it, for `explain`, `rollout` and their like; null while there are no weights.
   *
   * @internal
   */
  get followed(): { readonly predictor: Predictor<S>; readonly name: string } | null {
    const predictor = this.#model?.live.predictorOf(this.#name);
    return predictor ? { predictor: predictor as Predictor<S>, name: this.#name } : null;
  }

  /**
   * Live hits of the model and of two baselines; null until the model is there. They continue when the id
   * is tracked again in that scene, unless 64 others were destroyed meanwhile.
   */
  get accuracy(): LiveAccuracy | null {
    if (this.#destroyed) return this.#finalAccuracy;
    return this.#bind()?.live.accuracy(this.#name) ?? null;
  }

  /** Its current tick. */
  get tick(): number {
    const model = this.#bind();
    const { clocks, tick } = this.#parts;
    return tick?.() ?? (model ? clocks.tick(model.spec.tickRate) : 0);
  }

  /** Names of the actions, in the order of every probabilities array; empty until the model is there. */
  get actions(): readonly ActionOf<S>[] {
    return this.#bind()?.spec.action.actions ?? [];
  }

  /** Ticks per second of its spec; 60 until the model is there. */
  get tickRate(): number {
    return this.#bind()?.spec.tickRate ?? 60;
  }

  get destroyed(): boolean {
    return this.#destroyed;
  }

  /** Its spec; null until the model is there. */
  get spec(): S | null {
    return this.#bind()?.spec ?? null;
  }

  /**
   * If the model has experts that do not know the character yet, they recall what was recorded of it.
   * Called by the scene plugin when the model is there, and when it gets other weights.
   *
   * @internal
   */
  recall(): void {
    const model = this.#parts.recall === false ? null : this.#bind();
    if (!model) return;
    const [before, plan] = [this.#recalledPlan, model.live.expertPlan];
    this.#recalledPlan = plan;
    if (plan && !(before && isSamePlan(before, plan))) this.#recalled = this.#recallPlay(model);
  }

  /**
   * Resolves once the model has recalled what was recorded of the character before; at once where there
   * is nothing to recall, or no model yet. A model that gets other experts recalls again.
   */
  get recalled(): Promise<void> {
    return this.#recalled;
  }

  /** @internal Samples the current action, if the options have `action`; at most once a tick. */
  sampleItself(): void {
    const { action } = this.#parts;
    const { tick } = this;
    if (!action || tick === this.#sampledTick) return;
    this.#sampledTick = tick;
    this.sample(action(), tick);
  }

  /**
   * It begins an action now. Records a step and returns the new prediction. Bad input is reported
   * through the console and the `error` event, once per cause; the step is skipped.
   */
  act(action: ActionOf<S>, tick = this.tick): Prediction<ActionOf<S>> | null {
    return this.#step((recorder) =>
      recorder.act(this.id, { tick, action, observation: this.#parts.observe() }),
    );
  }

  /** It is doing `action` at this tick. Call it at every tick: the spec's sampling decides which ones become steps. */
  sample(action: ActionOf<S>, tick = this.tick): Prediction<ActionOf<S>> | null {
    return this.#step((recorder) =>
      recorder.sample(this.id, { tick, action, observation: this.#parts.observe() }),
    );
  }

  /** Begins an episode; without it the first step does. One that still runs is truncated. */
  beginEpisode(meta?: EpisodeHeader['meta']): void {
    this.endEpisode('truncated');
    const model = this.#bind();
    if (!model || this.#destroyed) return;
    try {
      const { foresight, recorders } = this.#parts;
      const recorder = recorders.of(model.live, this.stores);
      recorder.begin(this.id, {
        meta: { ...this.#parts.meta, ...meta },
        learn: foresight.learnFromPlay,
      });
      this.#recorder = recorder;
    } catch (error) {
      this.report(error);
    }
  }

  /** Ends the episode: `terminated` by the rules of the game, `truncated` when it was cut off. */
  endEpisode(end: EpisodeEnd = 'terminated', tick?: number): void {
    const recorder = this.#recorder;
    if (!recorder) return;
    this.#recorder = null;
    this.#model?.live.reset(this.#name);
    this.#model?.learner?.ended(this.#name);
    this.#model?.live.accuracy(this.#name).beginEpisode();
    // A bad tick must not leave the episode running.
    const { endTick } = recorder.current(this.id);
    const good = tick === undefined || (Number.isInteger(tick) && tick >= endTick);
    if (!good)
      this.report(
        new ForesightError(
          'bad-data',
          `The episode was ended at tick ${tick}, but its last one is ${endTick}. Give a whole number that is not smaller.`,
        ),
      );
    this.#parts.foresight.recordings.follow(recorder.end(this.id, end, good ? tick : undefined));
  }

  /** The steps of the running episode; null when none runs. */
  currentEpisode(): Episode | null {
    return this.#recorder?.current(this.id) ?? null;
  }

  /** True when its episodes go to the store. */
  get stores(): boolean {
    return (this.#parts.record ?? true) && this.#parts.foresight.recordPlay;
  }

  /** Stops following it; its running episode ends truncated. Called when the game object is destroyed. */
  destroy(): void {
    if (this.#destroyed) return;
    this.endEpisode('truncated');
    this.#destroyed = true;
    this.gameObject.off('destroy', this.destroy, this);
    this.#finalAccuracy = this.#model?.live.remove(this.#name) ?? null;
    this.#parts.released();
  }

  /** The model may be loaded later than the character is tracked: look it up until it is there. */
  #bind(): ForesightModel<S> | null {
    if (this.#model) return this.#model;
    try {
      const model = this.#parts.foresight.models.get(this.modelKey);
      return (this.#model = model as ForesightModel<S>);
    } catch (error) {
      this.report(error);
      return null;
    }
  }

  /** Never rejects. */
  async #recallPlay({ key, live: model }: ForesightModel<S>): Promise<void> {
    const { events, recordings } = this.#parts.foresight;
    try {
      const steps = await recallPlay(this, { model, name: this.#name, recordings });
      if (steps) events.emit('recalled', { key, character: this.id, steps });
    } catch (error) {
      this.report(error);
    }
  }

  /** @internal Reports bad input of the game, once per cause. */
  report(error: unknown): void {
    this.#parts.foresight.reporter.once('record', error, this.modelKey);
  }

  #step(record: (recorder: Recorder) => Step | null): Prediction<ActionOf<S>> | null {
    const model = this.#destroyed ? null : this.#bind();
    if (!model) return null;
    try {
      if (!this.#recorder) this.beginEpisode();
      const step = this.#recorder && record(this.#recorder);
      if (!step) return this.prediction;
      const guess = this.prediction;
      const time = guess && { predicted: guess.inTicks, actual: step.tick - guess.tick };
      model.live
        .accuracy(this.#name)
        .score(guess && guess.actionIndex, step.action, time ?? undefined);
      model.live.observe(this.#name, step);
      if (this.stores && this.#parts.foresight.learnFromPlay)
        model.learner?.observe(this.#name, step);
    } catch (error) {
      this.report(error);
    }
    return this.prediction;
  }
}
