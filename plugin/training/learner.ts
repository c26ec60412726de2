import { copyVotes } from '../../src/dataset/expert-votes.ts';
import type { TrainingConfig } from '../../src/model/config.ts';
import { LearnedPlay } from '../../src/model/trained-on.ts';
import { ONLINE_DEFAULTS } from '../../src/model/online-options.ts';
import type { OnlineOptions } from '../../src/model/online-options.ts';
import type { Step } from '../../src/record/episode.ts';
import type { LearningRun } from '../../src/worker/client.ts';
import type { EngineChoice, LearningFigures, PlayEvent } from '../../src/worker/protocol.ts';
import type { LiveModel } from '../game/live-model.ts';

export interface LearnOptions extends OnlineOptions {
  /** Steps of older stored sessions that are mixed in, against forgetting; 0 = none. Default 2000. */
  readonly replaySteps?: number;
  /** Recorded steps from which a model without weights is first trained. Default 8. */
  readonly minSteps?: number;
  /**
   * While a model without pretrained weights has seen fewer steps than this, it is trained from scratch again
   * whenever they have doubled: its statistics and contexts come from too few steps to be kept. Default 400.
   */
  readonly freshSteps?: number;
  /** How it trains from scratch; missing values are those of `freshTraining`. */
  readonly freshTraining?: Partial<TrainingConfig>;
  /** Default `auto`. */
  readonly engine?: EngineChoice;
}

/** How `model.learn()` learns. */
export const LEARN_DEFAULTS: Required<LearnOptions> = {
  ...ONLINE_DEFAULTS,
  replaySteps: 2000,
  minSteps: 8,
  freshSteps: 400,
  freshTraining: {},
  engine: 'auto',
};

/** What a learner needs from the plugin. */
export interface LearnerHost {
  readonly model: LiveModel;
  /** False while another tab of the game learns. */
  mayLearn(): boolean;
  /** Number of recorded steps that may be learned from. */
  recorded(): Promise<number>;
  /** Trains the model from scratch. Resolves when that has ended, however it did. */
  fit(learner: Learner): Promise<void>;
  /** Begins to learn from the model's weights. */
  begin(learner: Learner): Promise<LearningRun>;
  /** Reports that learning could not begin or continue. */
  failed(thrown: unknown): void;
  /** Learning continues after a failure: what failed for good may be tried once more. */
  resumed(): void;
  /** Forgets the learner. */
  stopped(learner: Learner): void;
}

/**
 * Continuous learning of one model: a small update in the worker after every few steps of a character. Made by
 * `model.learn`.
 */
export class Learner {
  readonly key: string;
  readonly options: Required<LearnOptions>;
  /** @internal Older episodes that it mixes in. */
  replayed: ReadonlySet<string> = new Set();
  readonly #host: LearnerHost;
  #run: LearningRun | null = null;
  /** Of the model: the weights that the run and the waiting steps belong to. */
  #generation = NaN;
  /** What the run was given, or will be. */
  #play = new LearnedPlay();
  /** Steps made before the run began. */
  #waiting: PlayEvent[] = [];
  /** Characters with steps that were left out: what follows them is another episode. */
  readonly #gaps = new Set<string>();
  /** Recorded steps; null until they are counted. */
  #recorded: number | null = null;
  /** Number of recorded steps at which the model is next trained from scratch. */
  #nextFit = Infinity;
  #figures: LearningFigures | null = null;
  /** Updates of earlier runs. */
  #updatesBefore = 0;
  #busy = false;
  #paused = false;
  #failure: Error | null = null;
  #stopped = false;

  constructor(key: string, options: LearnOptions, host: LearnerHost) {
    this.key = key;
    this.options = { ...LEARN_DEFAULTS, ...options };
    this.#host = host;
  }

  /** Small updates of the network so far. */
  get updates(): number {
    return this.#updatesBefore + (this.#figures?.updates ?? 0);
  }

  /** How it goes since learning last began; null before the first update. */
  get figures(): LearningFigures | null {
    return this.#figures;
  }

  /** `learning` while there are steps to learn from, `waiting` when it has learned from all, or another tab learns. */
  get state(): 'waiting' | 'learning' | 'paused' | 'stopped' {
    if (this.#stopped) return 'stopped';
    if (this.#paused) return 'paused';
    return this.#busy || this.#run?.isBusy ? 'learning' : 'waiting';
  }

  /** Why learning paused by itself: the training worker cannot be started. `resume` tries it once more. */
  get failure(): Error | null {
    return this.#failure;
  }

  /**
   * A character made a step that may be learned from, and the model has observed it.
   *
   * @internal
   * @param character its name inside the model
   */
  observe(character: string, step: Step): void {
    this.refresh();
    if (this.#recorded !== null) this.#recorded++;
    const { model } = this.#host;
    const predictor = model.predictorOf(character);
    const votes = predictor?.experts(character) ?? null;
    // Experts of the weights before vote until the character has changed over to the new ones.
    if (this.#isIdle || !predictor || (model.knowsPlayers && !votes)) this.#gaps.add(character);
    else {
      if (this.#gaps.delete(character)) this.#send({ kind: 'end', character });
      this.#send({ kind: 'step', character, step, votes: votes && copyVotes(votes) });
    }
    this.#advance();
  }

  /** @internal The episode of a character ended. */
  ended(character: string): void {
    this.refresh();
    this.#gaps.delete(character);
    this.#send({ kind: 'end', character });
  }

  /** @internal Forgets what belongs to weights that the model no longer has. */
  refresh(): void {
    const { generation } = this.#host.model;
    if (this.#generation === generation) return;
    this.#generation = generation;
    this.#recorded = null;
    this.restart();
  }

  /** @internal Leaves the run, so that another begins with the present weights and recordings. */
  restart(): void {
    this.#run?.stop();
    this.#run = null;
    this.#waiting = [];
    this.#play = new LearnedPlay();
    this.#updatesBefore = this.updates;
    this.#figures = null;
  }

  /** @internal */
  get model(): LiveModel {
    return this.#host.model;
  }

  /** @internal What it has learned from since it began with the present weights. */
  get play(): LearnedPlay {
    return this.#play;
  }

  /** @internal The worker learned. Returns false when that was from weights that are gone. */
  take(figures: LearningFigures): boolean {
    this.refresh();
    if (!this.#run) return false;
    this.#figures = figures;
    return true;
  }

  /** @internal The run ended with an error. */
  runFailed(thrown: unknown): void {
    this.restart();
    this.#host.failed(thrown);
  }

  /**
   * Learns nothing until `resume`, also not from the steps made meanwhile.
   *
   * @param failure why, when learning would only fail
   */
  pause(failure: Error | null = null): void {
    this.#paused = true;
    this.#failure ??= failure;
  }

  resume(): void {
    this.#paused = false;
    if (this.#failure) this.#host.resumed();
    this.#failure = null;
    this.#advance();
  }

  /** Ends learning. What was learned stays. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.restart();
    this.#host.stopped(this);
  }

  #send(event: PlayEvent): void {
    if (event.kind === 'end') this.#play.end(event.character);
    else this.#play.step(event.character, event.step.action);
    if (this.#run) this.#run.observe(event);
    else this.#waiting.push(event);
  }

  #advance(): void {
    if (this.#isIdle || this.#busy) return;
    const isLearning = this.#run !== null || !this.#host.model.checkpoint;
    if (this.#recorded === null || this.#recorded >= this.#nextFit || !isLearning)
      void this.#prepare();
  }

  get #isIdle(): boolean {
    return this.#stopped || this.#paused || !this.#host.mayLearn();
  }

  /** Never rejects. */
  async #prepare(): Promise<void> {
    this.#busy = true;
    try {
      await this.#fitIfDue();
      if (this.#host.model.checkpoint && !this.#run && !this.#isIdle) await this.#begin();
    } catch (thrown) {
      this.#host.failed(thrown);
    }
    this.#busy = false;
  }

  async #fitIfDue(): Promise<void> {
    const { model } = this.#host;
    const { generation } = model;
    if (this.#recorded === null) {
      this.#nextFit = this.#nextFitOf(model);
      const recorded = await this.#host.recorded();
      // They may have been deleted meanwhile. Counted again at the next step.
      if (generation !== model.generation) return;
      this.#recorded = recorded;
    }
    const { minSteps } = this.options;
    if (this.#recorded < this.#nextFit || this.#isIdle) return;
    this.#nextFit = this.#recorded + minSteps;
    await this.#host.fit(this);
    this.refresh();
    // Counted again at the next step: the model has other weights.
    if (generation !== model.generation) this.#nextFit = Infinity;
  }

  #nextFitOf({ shipped, checkpoint }: LiveModel): number {
    const { minSteps, freshSteps } = this.options;
    if (shipped) return Infinity;
    if (!checkpoint) return minSteps;
    const doubled = 2 * checkpoint.trainedOn.steps;
    return doubled < freshSteps ? doubled : Infinity;
  }

  async #begin(): Promise<void> {
    const { model } = this.#host;
    const { generation } = model;
    const run = await this.#host.begin(this);
    if (generation !== model.generation || this.#run || this.#stopped) {
      run.stop();
      return;
    }
    this.refresh();
    this.#run = run;
    for (const event of this.#waiting.splice(0)) run.observe(event);
  }
}
