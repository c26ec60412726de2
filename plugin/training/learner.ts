import { LEARNING_DATA_DEFAULTS } from '../../src/dataset/learning-data.ts';
import { BURST_DEFAULTS } from '../../src/model/burst-training.ts';
import type { TrainingConfig } from '../../src/model/config.ts';
import type { EngineChoice } from '../../src/worker/protocol.ts';

export interface LearnOptions {
  /** New steps between two bursts. */
  readonly everySteps?: number;
  /** Steps of this session before the first burst. */
  readonly minSteps?: number;
  /** Newest steps of this session in a burst. */
  readonly sessionSteps?: number;
  /** How much more often a step of this session is trained on than an older one. */
  readonly sessionWeight?: number;
  /** Steps of older stored sessions in a burst, against forgetting; 0 = none. */
  readonly replaySteps?: number;
  /** Newest steps of this session that a burst does not train on: it is taken over when it does better on them. */
  readonly heldOutSteps?: number;
  /** While a model without pretrained weights has seen fewer steps than this, it is trained from scratch each time: its statistics come from too few steps to be kept. */
  readonly freshSteps?: number;
  /** Approximate number of weight updates of a burst; `epochs` in `training` overrides it. */
  readonly updates?: number;
  /** How a burst trains; missing values are those of `burstTraining`. */
  readonly training?: Partial<TrainingConfig>;
  /** How it trains when it starts without weights; missing values are those of `freshTraining`. */
  readonly freshTraining?: Partial<TrainingConfig>;
  /** A burst is taken over when its log-loss on the steps held out is below the old one plus this, in nats. */
  readonly tolerance?: number;
  readonly engine?: EngineChoice;
}

export const LEARN_DEFAULTS: Required<LearnOptions> = {
  everySteps: 8,
  minSteps: 8,
  ...LEARNING_DATA_DEFAULTS,
  freshSteps: 400,
  updates: BURST_DEFAULTS.updates,
  training: {},
  freshTraining: {},
  tolerance: 0,
  engine: 'auto',
};

/** What a learner needs from the plugin. */
export interface LearnerHost {
  /** Begins a burst; resolves when it ended, however it ended. */
  burst(learner: Learner): Promise<void>;
  /** Reports that a burst could not begin. */
  failed(thrown: unknown): void;
  /** Learning continues after a failure: what failed for good may be tried once more. */
  resumed(): void;
  /** Ends a burst that runs, and forgets the learner. */
  stopped(learner: Learner): void;
}

/** Continuous learning of one model: a short training run after every few new steps. Made by `foresight.learn`. */
export class Learner {
  readonly key: string;
  readonly options: Required<LearnOptions>;
  readonly #host: LearnerHost;
  #fresh = 0;
  #seen = 0;
  #bursts = 0;
  #busy = false;
  #paused = false;
  #failure: Error | null = null;
  #stopped = false;

  constructor(key: string, options: LearnOptions, host: LearnerHost) {
    this.key = key;
    this.options = {
      ...LEARN_DEFAULTS,
      ...options,
      training: { ...LEARN_DEFAULTS.training, ...options.training },
      freshTraining: { ...LEARN_DEFAULTS.freshTraining, ...options.freshTraining },
    };
    this.#host = host;
  }

  /** Bursts that ended. */
  get bursts(): number {
    return this.#bursts;
  }

  get state(): 'waiting' | 'training' | 'paused' | 'stopped' {
    if (this.#stopped) return 'stopped';
    if (this.#busy) return 'training';
    return this.#paused ? 'paused' : 'waiting';
  }

  /** Why learning paused by itself: the training worker cannot be started. `resume` tries it once more. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** @internal A step of this model was recorded. */
  stepped(): void {
    this.#fresh++;
    this.#seen++;
    this.#begin();
  }

  /**
   * Begins no burst until `resume`; steps are still counted.
   *
   * @param failure why, when bursts would only fail
   */
  pause(failure: Error | null = null): void {
    this.#paused = true;
    this.#failure ??= failure;
  }

  resume(): void {
    this.#paused = false;
    if (this.#failure) this.#host.resumed();
    this.#failure = null;
    this.#begin();
  }

  /** Ends learning, and the burst that runs. What was learned stays. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#host.stopped(this);
  }

  #begin(): void {
    const { everySteps, minSteps } = this.options;
    if (this.#stopped || this.#paused || this.#busy) return;
    if (this.#fresh < everySteps || this.#seen < minSteps) return;
    this.#fresh = 0;
    void this.#burst();
  }

  /** Never rejects. */
  async #burst(): Promise<void> {
    this.#busy = true;
    try {
      await this.#host.burst(this);
    } catch (thrown) {
      this.#host.failed(thrown);
    }
    this.#busy = false;
    this.#bursts++;
    // Steps may have come in while it ran.
    this.#begin();
  }
}
