declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix';

  /** Logistic regression by gradient ascent, without an intercept. Classes are 0, 1, ... */
  export default class LogisticRegression {
    constructor(options: { readonly numSteps: number; readonly learningRate: number });
    train(features: Matrix, classes: Matrix): void;
    predict(features: Matrix): number[];
  }
}
