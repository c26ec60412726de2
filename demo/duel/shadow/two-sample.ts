import LogisticRegression from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import type { Episode } from '../../../src/core.ts';
import { cutWindows, windowFeatures } from './windows.ts';

/** Shares of windows that a classifier gives to the right fighter, each fighter counting half. 0.5 = at random. */
export interface Distinguished {
  readonly all: number;
  /** Of windows in the first and in the second half of their rounds. */
  readonly early: number;
  readonly late: number;
}

const FOLDS = 5;
/** Enough to fit; more steps only fit the noise of a few hundred windows. */
const TRAINING = { numSteps: 100, rate: 0.5 } as const;

/**
 * Two-sample test by a classifier (Lopez-Paz and Oquab 2017): logistic regression learns from four fifths of the
 * rounds to which of two fighters a window of 20 actions belongs, and is tested on the last fifth, five times.
 */
export function twoSampleTest(a: readonly Episode[], b: readonly Episode[]): Distinguished {
  const windows = [a, b].flatMap((rounds, fighter) =>
    cutWindows(rounds).map((window) => ({ ...window, fighter })),
  );
  const rows = windowFeatures(windows);
  const guesses = windows.map(() => -1);
  for (let fold = 0; fold < FOLDS; fold++) {
    const isTested = windows.map(({ round }) => round % FOLDS === fold);
    const trained = windows.flatMap((_, i) => (isTested[i] ? [] : [i]));
    const tested = windows.flatMap((_, i) => (isTested[i] ? [i] : []));
    if (!trained.length || !tested.length) continue;
    const scale = standardised(trained.map((i) => rows[i]));
    const { numSteps, rate } = TRAINING;
    const classifier = new LogisticRegression({ numSteps, learningRate: rate / trained.length });
    classifier.train(
      new Matrix(trained.map((i) => scale(rows[i]))),
      Matrix.columnVector(trained.map((i) => windows[i].fighter)),
    );
    classifier
      .predict(new Matrix(tested.map((i) => scale(rows[i]))))
      .forEach((guess, j) => (guesses[tested[j]] = guess));
  }
  const rightOf = (wanted: (late: boolean) => boolean): number =>
    [0, 1].reduce((sum, fighter) => {
      const own = windows.flatMap((w, i) => (w.fighter === fighter && wanted(w.late) ? [i] : []));
      return sum + own.filter((i) => guesses[i] === fighter).length / own.length / 2;
    }, 0);
  return {
    all: rightOf(() => true),
    early: rightOf((late) => !late),
    late: rightOf((late) => late),
  };
}

/** Scales features to mean 0 and deviation 1 in `rows`, and adds a constant for the intercept. */
function standardised(rows: readonly number[][]): (row: readonly number[]) => number[] {
  const columns = rows[0].map((_, c) => {
    const mean = rows.reduce((sum, row) => sum + row[c], 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[c] - mean) ** 2, 0) / rows.length;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  return (row) => [...row.map((x, c) => (x - columns[c].mean) / columns[c].deviation), 1];
}
