import type { Episode, Step } from '../record/episode.ts';
import { RidgeRegression } from '../util/ridge.ts';
import type { ValuePredictor } from './value-predictor.ts';

/** A target of the baselines: its column, and how to normalise it. */
export interface ValueColumn {
  readonly column: number;
  readonly mean: number;
  readonly scale: number;
}

export interface AutoregressionOptions {
  /** Number of newest values of every target that it uses. */
  readonly order?: number;
  /** Penalty on squared coefficients of normalised values. */
  readonly penalty?: number;
}

export const AUTOREGRESSION_DEFAULTS: Required<AutoregressionOptions> = { order: 4, penalty: 1 };

/** Expects every target to stay at its last known value. */
export function persistence(targets: readonly ValueColumn[]): ValuePredictor {
  const history = new ValueHistory(targets, 1);
  return {
    name: 'persistence',
    reset: () => history.reset(),
    next(step, out) {
      history.push(step.values);
      targets.forEach((_, c) => (out[c] = history.last(c)));
    },
  };
}

/**
 * A linear autoregression: the change of each target is a ridge regression on the newest values of
 * all of them. Fitted on `training`.
 */
export function linearAutoregression(
  targets: readonly ValueColumn[],
  training: readonly Episode[],
  options: AutoregressionOptions = {},
): ValuePredictor {
  const { order, penalty } = { ...AUTOREGRESSION_DEFAULTS, ...options };
  const history = new ValueHistory(targets, order);
  const inputs = targets.length * order;
  const coefficients = fit(history, targets, training).solve(penalty);
  return {
    name: 'linear',
    reset: () => history.reset(),
    next(step: Step, out: Float64Array) {
      history.push(step.values);
      targets.forEach(({ scale }, c) => {
        const row = coefficients.subarray(c * (inputs + 1), (c + 1) * (inputs + 1));
        let change = row[inputs];
        for (let i = 0; i < inputs; i++) change += row[i] * history.inputs[i];
        out[c] = history.last(c) + change * scale;
      });
    },
  };
}

function fit(
  history: ValueHistory,
  targets: readonly ValueColumn[],
  training: readonly Episode[],
): RidgeRegression {
  const regression = new RidgeRegression(history.inputs.length, targets.length);
  const changes = new Float64Array(targets.length);
  for (const { columns, length } of training) {
    history.reset();
    for (let i = 0; i + 1 < length; i++) {
      history.push(Float32Array.from(columns, (column) => column[i]));
      let isKnown = true;
      targets.forEach(({ column, scale }, c) => {
        changes[c] = (columns[column][i + 1] - history.last(c)) / scale;
        if (!Number.isFinite(changes[c])) isKnown = false;
      });
      if (isKnown) regression.add(history.inputs, changes);
    }
  }
  return regression;
}

/** The newest known values of each target; while there are too few, the first one is repeated. */
class ValueHistory {
  /** [targets, order] normalised, newest first; 0 where a target was never known. */
  readonly inputs: Float64Array;
  readonly #targets: readonly ValueColumn[];
  readonly #order: number;
  readonly #last: Float64Array;

  constructor(targets: readonly ValueColumn[], order: number) {
    this.#targets = targets;
    this.#order = order;
    this.inputs = new Float64Array(targets.length * order);
    this.#last = new Float64Array(targets.length);
    this.reset();
  }

  reset(): void {
    this.inputs.fill(0);
    this.#last.fill(NaN);
  }

  /** The last known value of a target, in its unit; NaN where there is none. */
  last(target: number): number {
    return this.#last[target];
  }

  push(values: Float32Array): void {
    this.#targets.forEach(({ column, mean, scale }, c) => {
      const value = values[column];
      const isFirst = Number.isNaN(this.#last[c]);
      if (Number.isFinite(value)) this.#last[c] = value;
      if (Number.isNaN(this.#last[c])) return;
      const row = this.inputs.subarray(c * this.#order, (c + 1) * this.#order);
      const normalised = (this.#last[c] - mean) / scale;
      if (isFirst) row.fill(normalised);
      row.copyWithin(1, 0);
      row[0] = normalised;
    });
  }
}
