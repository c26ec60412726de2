import { expectLinearly } from '../dataset/linear-path.ts';
import type { LinearPath } from '../dataset/linear-path.ts';
import type { ValueField } from '../dataset/value-fields.ts';
import { ValueHistory } from '../dataset/value-history.ts';
import { SPREAD_SIZE } from '../dataset/value-table.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { residualsFrom } from '../model/residuals-from.ts';
import { clamp } from '../util/math.ts';
import type { NormalPart } from '../util/normal.ts';
import { RecursiveLeastSquares } from '../util/recursive-least-squares.ts';
import { VALUE_EXPERTS, ValueBlend } from './value-blend.ts';

export interface FollowerParts {
  readonly targets: readonly ValueField[];
  readonly checkpoint: Pick<Checkpoint, 'model' | 'metrics' | 'values'>;
}

/** How much the linear path keeps at each step of what it knows, in the direction of its inputs. */
const MEMORY = 0.99;
/** Errors beyond so many mean absolute ones teach the linear path no more than these. */
const CLIP = 3;

/** What a character's linear path and blends have learned. */
interface Learned {
  readonly linear: RecursiveLeastSquares | null;
  readonly blends: readonly ValueBlend[];
  /** [targets] usual sizes of the linear path's errors, normalised. */
  readonly sizes: Float64Array;
}

/** Follows one character's continuous targets: learns from each value, and blends the predictions of the next. */
export class ValueFollower {
  readonly #targets: readonly ValueField[];
  readonly #learned: Learned;
  readonly #history: ValueHistory;
  /** The linear path whose residuals the network predicts, and [targets] what it expects. */
  readonly #start: LinearPath | undefined;
  readonly #starts: Float64Array;
  /** [targets] what the linear path expects. */
  readonly #linear: Float64Array;
  /** [targets, experts], of `ValueBlend`. */
  readonly #expected: Float64Array;
  /** [targets] errors of the linear path, normalised. */
  readonly #errors: Float64Array;
  /** Whether the predictions are about the coming step. */
  #expects = false;

  /** @param before a follower of the same character that `fits`: what it has learned, and will learn, is shared */
  constructor(parts: FollowerParts, before?: ValueFollower) {
    const { targets, checkpoint } = parts;
    const { model, values } = checkpoint;
    const count = targets.length;
    this.#targets = targets;
    this.#learned = before ? before.#learned : begin(parts);
    this.#history = new ValueHistory(targets, values?.linear?.lags ?? 1);
    this.#start = residualsFrom(model, values);
    this.#starts = new Float64Array(count);
    this.#linear = new Float64Array(count).fill(NaN);
    this.#expected = new Float64Array(count * VALUE_EXPERTS);
    this.#errors = new Float64Array(count);
  }

  /** Whether another one made of these parts can share what this one has learned. */
  fits({ targets, checkpoint: { values } }: FollowerParts): boolean {
    const inputs = targets.length * (values?.linear?.lags ?? 1) + 1;
    return inputs === this.#history.inputs.length && !!values?.linear === !!this.#learned.linear;
  }

  /** Takes over the newest values of another follower that has learned the same. */
  copyFrom(other: ValueFollower): void {
    this.#history.copyFrom(other.#history);
  }

  /** Learns the values that came after the last `expect`. */
  learn(values: Float32Array): void {
    if (!this.#expects) return;
    this.#expects = false;
    const { linear, blends, sizes } = this.#learned;
    this.#targets.forEach(({ column, scale }, c) => {
      const value = values[column];
      this.#errors[c] = 0;
      if (!Number.isFinite(value) || Number.isNaN(this.#history.last[c])) return;
      const expected = this.#expectedOf(c);
      blends[c].learn(expected, value);
      if (!linear) return;
      const error = (value - expected[1]) / scale;
      const most = CLIP * sizes[c];
      this.#errors[c] = clamp(error, -most, most);
      sizes[c] += 0.02 * (Math.abs(this.#errors[c]) - sizes[c]);
    });
    linear?.learn(this.#history.inputs, this.#errors);
  }

  /** Adds a step's values. */
  push(values: Float32Array): void {
    this.#history.push(values);
  }

  /** Where the changes that the network predicts start, [targets]; undefined if at the last values. */
  starts(): Float64Array | undefined {
    if (!this.#start) return undefined;
    expectLinearly(this.#start.coefficients, this.#targets, this.#history, this.#starts);
    return this.#starts;
  }

  /** Turns the network's predictions [targets] after the newest step into the blended ones. */
  expect(network: Float32Array): void {
    const { linear, blends } = this.#learned;
    const { last } = this.#history;
    if (linear) expectLinearly(linear.coefficients, this.#targets, this.#history, this.#linear);
    for (let c = 0; c < network.length; c++) {
      if (Number.isNaN(last[c])) continue;
      const expected = this.#expectedOf(c);
      expected[0] = last[c];
      expected[1] = linear ? this.#linear[c] : last[c];
      expected[2] = network[c];
      network[c] = blends[c].mean(expected);
    }
    this.#expects = true;
  }

  /** The distribution of a target's next value, as parts; empty where no value is known. */
  distribution(target: number): NormalPart[] {
    const isKnown = this.#expects && !Number.isNaN(this.#history.last[target]);
    return isKnown ? this.#learned.blends[target].distribution(this.#expectedOf(target)) : [];
  }

  /** The usual error of a target's expected value; 0 where there was none so far. */
  deviation(target: number): number {
    return this.#learned.blends[target].deviation;
  }

  #expectedOf(target: number): Float64Array {
    return this.#expected.subarray(target * VALUE_EXPERTS, (target + 1) * VALUE_EXPERTS);
  }
}

/**
 * Makes a follower of a character's continuous values.
 *
 * @param before another follower of the same character: if it has the same targets, what it has learned, and will
 * learn, is shared
 */
export const followValues = (parts: FollowerParts, before?: ValueFollower | null): ValueFollower =>
  new ValueFollower(parts, before?.fits(parts) ? before : undefined);

function begin({ targets, checkpoint: { values, metrics } }: FollowerParts): Learned {
  if (!values) throw new RangeError('the checkpoint has no values');
  const { linear, resolutions, spreads } = values;
  return {
    linear: linear ? startPath(linear) : null,
    blends: targets.map(({ scale, field: { name, changeScale } }, c) => {
      return new ValueBlend({
        linear: !!linear,
        deviation: metrics.values?.deviations[name] ?? changeScale ?? scale,
        resolution: resolutions[c],
        spread: spreads.subarray(c * SPREAD_SIZE, (c + 1) * SPREAD_SIZE),
      });
    }),
    sizes: new Float64Array(targets.length).fill(1),
  };
}

/** The linear path as it was fitted, ready to learn on. */
function startPath({ coefficients, root: packed }: LinearPath): RecursiveLeastSquares {
  const size = (Math.sqrt(1 + 8 * packed.length) - 1) / 2;
  const root = new Float64Array(size * size);
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i; j < size; j++) root[i * size + j] = packed[at++];
  return new RecursiveLeastSquares({ coefficients, root, memory: MEMORY });
}
