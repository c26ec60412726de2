import { ForesightError } from '../util/error.ts';
import type { EngineReply, LearnedWeights, ObserveReply, PlayEvent } from './protocol.ts';

/** Access to the worker that learns. */
export interface LearningDriver {
  begin(): Promise<EngineReply>;
  observe(events: readonly PlayEvent[]): Promise<ObserveReply>;
  stop(): Promise<void>;
}

export interface LearningListeners {
  /** Called with new weights. */
  readonly onLearned: (learned: LearnedWeights) => void;
  /** Called once when learning ends for an error. */
  readonly onError: (error: unknown) => void;
  /** Called when all that was observed has been learned from. */
  readonly onIdle?: () => void;
}

/**
 * Learns from play in a worker until `stop`. One message is on its way at a time; what happens meanwhile
 * goes with the next one.
 */
export class LearningRun {
  readonly #driver: LearningDriver;
  readonly #listeners: LearningListeners;
  #outbox: PlayEvent[] = [];
  #state: 'idle' | 'busy' | 'ended' = 'busy';

  constructor(driver: LearningDriver, listeners: LearningListeners) {
    this.#driver = driver;
    this.#listeners = listeners;
    void this.#work(this.#begin());
  }

  /** Whether something is still to be learned from. */
  get isBusy(): boolean {
    return this.#state === 'busy';
  }

  /** Adds what a character did. Does nothing once learning has ended. */
  observe(event: PlayEvent): void {
    if (this.#state === 'ended') return;
    this.#outbox.push(event);
    if (this.#state === 'busy') return;
    this.#state = 'busy';
    void this.#work();
  }

  /** Ends learning: no listener is called any more. */
  stop(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#outbox = [];
    this.#driver.stop().catch(() => {});
  }

  async #begin(): Promise<void> {
    const reply = await this.#driver.begin();
    if (!reply.ok) throw new ForesightError(reply.error.code, reply.error.message);
    // It may have been stopped before the worker was asked to begin.
    if (this.#isEnded) await this.#driver.stop();
  }

  async #send(): Promise<void> {
    const reply = await this.#driver.observe(this.#outbox.splice(0));
    if (!reply.ok) throw new ForesightError(reply.error.code, reply.error.message);
    if (reply.learned && !this.#isEnded) this.#listeners.onLearned(reply.learned);
  }

  /** Sends what comes in until nothing is left. Never rejects. */
  async #work(begun?: Promise<void>): Promise<void> {
    try {
      if (begun) await begun;
      while (this.#outbox.length) await this.#send();
      if (this.#isEnded) return;
      this.#state = 'idle';
      this.#listeners.onIdle?.();
    } catch (error) {
      if (this.#isEnded) return;
      this.stop();
      this.#listeners.onError(error);
    }
  }

  get #isEnded(): boolean {
    return this.#state === 'ended';
  }
}
