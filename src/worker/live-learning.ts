import type { TrainingBackend } from '../train/backend.ts';
import { OnlineLearner } from '../train/online-learner.ts';
import { Pace } from '../train/pace.ts';
import { replayOf } from '../train/replay.ts';
import { Turns } from '../util/turns.ts';
import type { ChosenEngine } from './choose-engine.ts';
import type { LearnedWeights, LearnRequest, PlayEvent } from './protocol.ts';

/** Most updates for one message: where more are due, the worker cannot keep up. */
const MOST_UPDATES = 8;

/** What learns on the engine that the worker chose. */
export interface LearningEngine extends ChosenEngine {
  /** See `Pace`. */
  readonly restMs: number;
}

/** Learns from play in the worker: the steps come as messages, the weights go back in the answers. */
export class LiveLearning {
  readonly #learner: OnlineLearner;
  readonly #engine: LearningEngine;
  readonly #pace: Pace;
  #backend: TrainingBackend;
  readonly #turns = new Turns();

  private constructor(learner: OnlineLearner, backend: TrainingBackend, engine: LearningEngine) {
    this.#learner = learner;
    this.#backend = backend;
    this.#engine = engine;
    this.#pace = new Pace(engine.restMs);
  }

  static async begin(
    { checkpoint, replay, options }: LearnRequest,
    engine: LearningEngine,
  ): Promise<LiveLearning> {
    const learner = new OnlineLearner(checkpoint, replayOf(checkpoint, replay), options);
    return new LiveLearning(learner, await engine.createBackend(learner.network), engine);
  }

  /** See `TrainerApi.observe`. */
  observe(events: readonly PlayEvent[]): Promise<LearnedWeights | null> {
    return this.#turns.take(() => this.#observe(events));
  }

  /** Frees the network, after the work in progress. */
  dispose(): Promise<void> {
    return this.#turns.take(async () => this.#backend.dispose());
  }

  async #observe(events: readonly PlayEvent[]): Promise<LearnedWeights | null> {
    /** Characters for which an update is due, the newest last. */
    const due = new Set<string>();
    let weights: Float32Array | null = null;
    for (const event of events) {
      const { character } = event;
      if (event.kind === 'end') {
        if (due.delete(character)) weights = await this.#update(character);
        this.#learner.reset(character);
      } else if (this.#learner.observe(character, event.step, event.votes)) {
        due.delete(character);
        due.add(character);
      }
    }
    for (const character of [...due].slice(-MOST_UPDATES)) weights = await this.#update(character);
    return weights && { ...this.#learner.figures, weights, engine: this.#engine.report() };
  }

  async #update(character: string): Promise<Float32Array> {
    await this.#backend.step(this.#learner.batch(character), this.#learner.rate);
    // A backend keeps the losses until they are read.
    await this.#backend.losses();
    const { weights, rolledBack } = this.#learner.take(await this.#backend.weights());
    if (rolledBack) {
      this.#backend.dispose();
      this.#backend = await this.#engine.createBackend(this.#learner.network);
    }
    await this.#pace.yieldToEventLoop();
    return weights;
  }
}
