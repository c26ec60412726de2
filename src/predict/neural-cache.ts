import { FixedShare } from '../experts/fixed-share.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { FloatArray } from '../util/math.ts';

/** How fast a kept step loses weight with the distance of its hidden state. */
const HIDDEN = 5;
/** The same with the distance of the probabilities that were predicted after it. */
const PREDICTED = 5;
/** A kept step does not count where its hidden state alone makes its weight less than e ** -FAR. */
const FAR = 10;
/** The model's probabilities count as much as kept steps of this total weight. */
const MODEL = 7;
/** First trust in the model alone and in the model with the kept steps. */
const PRIOR = [0.5, 0.5] as const;
/** Share of the trust that returns to what it was at first, at every step. */
const SHARE = 1e-3;

/** Steps that a model's cache keeps; 0 = it has none. */
export const cacheSteps = ({ model, spec }: Pick<Checkpoint, 'model' | 'spec'>): number =>
  spec.sampling.kind === 'everyTicks' ? 0 : model.cache;

export interface NeuralCacheOptions {
  /** Most steps that are kept: the newest ones. */
  readonly steps: number;
  /** Length of the network's hidden state. */
  readonly hidden: number;
  readonly actions: number;
}

/**
 * A memory of what one player did: the newest steps, each with the network's hidden state, the probabilities that
 * were predicted after it, and the action that came. The network recognises situations; the cache remembers what
 * this player did in them, from the first time on (Grave, Joulin and Usunier, "Improving Neural Language Models with a
 * Continuous Cache", ICLR 2017).
 *
 * With the hidden state h [n] and the model's probabilities p after the newest step, a kept step counts
 *
 *     exp(-HIDDEN * |h - h'|^2 / (n * variance) - PREDICTED * |sqrt(p) - sqrt(p')|^2)
 *
 * where `variance` is the mean one of the n hidden values, over the player's steps so far. The actions that came after
 * the kept steps are added up with these weights to MODEL * p. The result and p itself are mixed by how well each has
 * predicted so far (`FixedShare`), so at worst the cache costs ln 2 nats once, and 0.0005 nats a step.
 *
 * On 24 recordings of fighters, each game predicted by a model of the others, it is worth 0.009 nats with frozen weights
 * and 0.004 while the networks learn on. What was tried: distances of 16 principal components instead of the whole
 * state, of the values of the observation, steps that fade with age, and a correction of the logits by what was predicted
 * wrongly. None was better by 0.001.
 *
 * Where steps come every n ticks it is not used: on a robot's changes of move (5 folds) it made log-loss 2.00 of 1.94, as
 * nearly all that it remembers is that the action stays.
 *
 * Hidden states stay as they are when other weights are swapped in. That costs nothing either.
 *
 * A prediction takes up to some 0.1 microseconds longer for each step that is kept. Nothing is allocated, except when
 * the memory grows.
 */
export class NeuralCache {
  readonly #options: NeuralCacheOptions;
  #kept: KeptSteps;
  readonly #share = new FixedShare({ prior: PRIOR, share: SHARE });
  /** [hidden] after the newest step. */
  readonly #hidden: Float32Array;
  /** [A] roots of the model's probabilities after it. */
  readonly #roots: Float32Array;
  readonly #model: Float64Array;
  /** The model's probabilities with the kept steps. */
  readonly #recalled: Float64Array;
  /** As in PRIOR. */
  readonly #predictors: readonly Float64Array[];
  /** The model's part of `#recalled`, in (0, 1]. */
  #part = 1;
  /** Whether the predictors are about the coming step. */
  #mixed = false;

  constructor(options: NeuralCacheOptions, kept = new KeptSteps(options)) {
    this.#options = options;
    this.#kept = kept;
    this.#hidden = new Float32Array(options.hidden);
    this.#roots = new Float32Array(options.actions);
    this.#model = new Float64Array(options.actions);
    this.#recalled = new Float64Array(options.actions);
    this.#predictors = [this.#model, this.#recalled];
  }

  /** Whether it is of this kind, so that it can be kept when the network changes. */
  fits({ steps, hidden, actions }: NeuralCacheOptions): boolean {
    const own = this.#options;
    return own.steps === steps && own.hidden === hidden && own.actions === actions;
  }

  /** A cache with the same state, which shares the kept steps. It must not `learn`. */
  fork(): NeuralCache {
    return new NeuralCache(this.#options, this.#kept).copyFrom(this);
  }

  /** Takes over the state of another cache of the same options, and shares its steps as a fork does. */
  copyFrom(other: NeuralCache): this {
    this.#kept = other.#kept;
    this.#share.trust.set(other.#share.trust);
    this.#part = other.#part;
    return this;
  }

  /** The model's share in the newest mixed probabilities, in [0, 1]; the kept steps have the rest. */
  get modelShare(): number {
    const [alone, recalled] = this.#share.trust;
    return alone + recalled * this.#part;
  }

  /** Begins an episode; the steps of those before are kept. */
  reset(): void {
    this.#mixed = false;
  }

  /** Learns the action that came after the last `mix`. */
  learn(action: number): void {
    if (!this.#mixed) return;
    this.#share.learn(this.#predictors, action);
    this.#kept.push(this.#hidden, this.#roots, action);
    this.#mixed = false;
  }

  /**
   * Turns the model's probabilities [A] after the newest step into those with what is remembered.
   *
   * @param hidden the network's hidden state after that step
   */
  mix(hidden: Float32Array, probabilities: FloatArray): void {
    this.#hidden.set(hidden);
    for (let a = 0; a < probabilities.length; a++) {
      this.#model[a] = probabilities[a];
      this.#roots[a] = Math.sqrt(probabilities[a]);
      this.#recalled[a] = MODEL * probabilities[a];
    }
    const total = MODEL + this.#kept.recall(this.#hidden, this.#roots, this.#recalled);
    for (let a = 0; a < probabilities.length; a++) this.#recalled[a] /= total;
    this.#part = MODEL / total;
    this.#mixed = true;
    this.#share.mix(this.#predictors, probabilities);
  }
}

/** The newest steps with what came after each; a new one replaces the oldest. Forks of a cache share them. */
class KeptSteps {
  readonly #capacity: number;
  /** [rows, hidden] */
  #hidden = new Float32Array(0);
  /** [rows, A] roots of probabilities. */
  #roots = new Float32Array(0);
  /** [rows] */
  #actions = new Uint16Array(0);
  #count = 0;
  /** [hidden] sums of each hidden value over all steps so far, and the sum of all their squares. */
  readonly #sums: Float64Array;
  #squares = 0;

  constructor({ steps, hidden }: NeuralCacheOptions) {
    this.#capacity = steps;
    this.#sums = new Float64Array(hidden);
  }

  push(hidden: Float32Array, roots: Float32Array, action: number): void {
    const at = this.#count++ % this.#capacity;
    if (at === this.#actions.length) this.#grow(hidden.length, roots.length);
    this.#hidden.set(hidden, at * hidden.length);
    this.#roots.set(roots, at * roots.length);
    this.#actions[at] = action;
    for (let i = 0; i < hidden.length; i++) {
      this.#sums[i] += hidden[i];
      this.#squares += hidden[i] * hidden[i];
    }
  }

  #grow(hidden: number, actions: number): void {
    const rows = Math.min(this.#capacity, Math.max(FIRST_ROWS, 2 * this.#actions.length));
    this.#hidden = resized(this.#hidden, new Float32Array(rows * hidden));
    this.#roots = resized(this.#roots, new Float32Array(rows * actions));
    this.#actions = resized(this.#actions, new Uint16Array(rows));
  }

  /** Adds the weight of each kept step to that of the action that came after it. Returns the sum of the weights. */
  recall(hidden: Float32Array, roots: Float32Array, weights: Float64Array): number {
    const kept = Math.min(this.#count, this.#capacity);
    const scale = HIDDEN / this.#spread();
    let total = 0;
    for (let step = 0; step < kept; step++) {
      const far = scale * squaredDistance(hidden, this.#hidden, step);
      if (!(far < FAR)) continue;
      const weight = Math.exp(-far - PREDICTED * squaredDistance(roots, this.#roots, step));
      weights[this.#actions[step]] += weight;
      total += weight;
    }
    return total;
  }

  /** The sum of the variances of all hidden values. */
  #spread(): number {
    let squares = this.#squares / this.#count;
    for (let i = 0; i < this.#sums.length; i++) squares -= (this.#sums[i] / this.#count) ** 2;
    return squares + LEAST_VARIANCE * this.#sums.length;
  }
}

/** Rows of memory for a character's first steps; it doubles when it is full. */
const FIRST_ROWS = 32;

function resized<A extends Float32Array | Uint16Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** Added to the variance of each hidden value, so that the first steps do not divide by zero. */
const LEAST_VARIANCE = 1e-6;

/** Squared distance of a vector and a row of a matrix. Four sums at once: one would wait for itself. */
function squaredDistance(vector: Float32Array, rows: Float32Array, row: number): number {
  const n = vector.length;
  const at = row * n;
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const w = vector[i] - rows[at + i];
    const x = vector[i + 1] - rows[at + i + 1];
    const y = vector[i + 2] - rows[at + i + 2];
    const z = vector[i + 3] - rows[at + i + 3];
    a += w * w;
    b += x * x;
    c += y * y;
    d += z * z;
  }
  for (; i < n; i++) a += (vector[i] - rows[at + i]) ** 2;
  return a + b + c + d;
}
