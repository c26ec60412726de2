import { NgramModel } from '../../src/experts/ngram.ts';
import { argmax } from '../../src/util/math.ts';

/** Steps that the recent shares are taken over. */
export const RECENT_STEPS = 50;
/** Most recent predictions kept with the actual action. */
export const SCORED_PAIRS = 200;
/** Points of history kept for charts. */
const HISTORY_POINTS = 400;

/** Shares of next actions predicted right, in [0, 1]; NaN before the first one. */
export interface AccuracyShares {
  readonly model: number;
  readonly mostFrequent: number;
  readonly ngram: number;
}

/** A prediction with the actual action. */
export interface ScoredGuess {
  /** Action indices. */
  readonly guess: number;
  readonly action: number;
  /** Ticks to the action; both NaN without a predicted time. */
  readonly predicted: number;
  readonly actual: number;
}

/** When an action was expected and when it came, in ticks from the previous one. */
export interface GuessedTime {
  /** NaN without a time head. */
  readonly predicted: number;
  readonly actual: number;
}

const ROWS = 3;

/**
 * Live hits of the model and of two baselines that learn during play: "most frequent action so far" and
 * a bigram of the player's own actions. Prequential: every step is predicted before it is learned, and
 * only steps that the model predicted too are counted.
 */
export class LiveAccuracy {
  readonly #counts: Float64Array;
  readonly #ngram: NgramModel;
  #history: number[] = [];
  readonly #recent = new Uint8Array(RECENT_STEPS * ROWS);
  readonly #recentHits = new Uint32Array(ROWS);
  readonly #totalHits = new Uint32Array(ROWS);
  #scored = 0;
  /** [points][4] = scored steps, then the recent shares of model, most frequent and n-gram. */
  readonly #points: (readonly [number, number, number, number])[] = [];
  readonly #pairs: ScoredGuess[] = [];

  /** @param actions number of actions of the spec */
  constructor(actions: number) {
    this.#counts = new Float64Array(actions);
    this.#ngram = new NgramModel({ order: 2, actions });
  }

  /** Steps counted so far. */
  get scored(): number {
    return this.#scored;
  }

  /** Whether the model's last counted guess was right; null before the first. */
  get lastHit(): boolean | null {
    const { last } = this;
    return last && last.guess === last.action;
  }

  /** The newest counted guess; null before the first. */
  get last(): ScoredGuess | null {
    return this.#pairs.at(-1) ?? null;
  }

  /** The newest SCORED_PAIRS counted guesses, oldest first. Do not change it. */
  get pairs(): readonly ScoredGuess[] {
    return this.#pairs;
  }

  /** By how many ticks the predicted time was off, on average over the last RECENT_STEPS guesses; NaN without any. */
  get timeError(): number {
    const errors = this.#pairs
      .slice(-RECENT_STEPS)
      .map(({ predicted, actual }) => Math.abs(predicted - actual))
      .filter(Number.isFinite);
    return errors.length ? errors.reduce((sum, error) => sum + error, 0) / errors.length : NaN;
  }

  /** Over all counted steps. */
  get total(): AccuracyShares {
    return this.#shares(this.#totalHits, this.#scored);
  }

  /** Over the last RECENT_STEPS counted steps. */
  get recent(): AccuracyShares {
    return this.#shares(this.#recentHits, Math.min(this.#scored, RECENT_STEPS));
  }

  /** History of the recent shares: [scored, model, mostFrequent, ngram], oldest first. Do not change it. */
  get points(): readonly (readonly [number, number, number, number])[] {
    return this.#points;
  }

  /**
   * Scores one action, then learns from it.
   *
   * @internal
   * @param guess the action index that the model had predicted; null when it had no prediction
   * @param action the actual action index
   * @param time when it was expected and when it came
   */
  score(
    guess: number | null,
    action: number,
    { predicted, actual }: GuessedTime = { predicted: NaN, actual: NaN },
  ): void {
    if (guess !== null) {
      const slot = (this.#scored % RECENT_STEPS) * ROWS;
      this.#count(slot, 0, guess === action);
      this.#count(slot, 1, argmax(this.#counts) === action);
      this.#count(slot, 2, argmax(this.#ngram.probabilities(this.#history)) === action);
      this.#scored++;
      this.#pairs.push({ guess, action, predicted, actual });
      if (this.#pairs.length > SCORED_PAIRS) this.#pairs.shift();
      const { model, mostFrequent, ngram } = this.recent;
      this.#points.push([this.#scored, model, mostFrequent, ngram]);
      if (this.#points.length > HISTORY_POINTS) this.#points.shift();
    }
    this.#counts[action]++;
    this.#ngram.learn(this.#history, action);
    this.#history.push(action);
    if (this.#history.length > 8) this.#history.shift();
  }

  /** @internal The next action has no past: an episode begins. */
  beginEpisode(): void {
    this.#history = [];
  }

  #count(slot: number, row: number, hit: boolean): void {
    this.#recentHits[row] += Number(hit) - this.#recent[slot + row];
    this.#recent[slot + row] = Number(hit);
    this.#totalHits[row] += Number(hit);
  }

  #shares(hits: Uint32Array, count: number): AccuracyShares {
    const share = (row: number): number => (count ? hits[row] / count : NaN);
    return { model: share(0), mostFrequent: share(1), ngram: share(2) };
  }
}
