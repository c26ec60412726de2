export interface RecursiveLeastSquaresOptions {
  /** [targets, inputs] coefficients to begin with. */
  readonly coefficients: ArrayLike<number>;
  /** [inputs, inputs] square root S of the covariance S S^T of the coefficients to begin with. */
  readonly root: ArrayLike<number>;
  /** How much of what is known is kept at each step, in (0, 1]. */
  readonly memory: number;
}

/**
 * Linear regression that learns from one row at a time, for several targets that share their inputs. The
 * covariance is kept as its square root, which Potter's update changes (Kaminski, Bryson and Schmidt, "Discrete
 * square root filtering", IEEE Transactions on Automatic Control 16, 1971): it stays positive whatever is
 * rounded. It forgets only in the direction of each row's inputs, so inputs that never vary do no harm
 * (Kulhavy, "Restricted exponential forgetting in real-time identification", Automatica 23, 1987). A
 * step takes 3 * inputs^2 + targets * inputs multiplications.
 */
export class RecursiveLeastSquares {
  /** [targets, inputs] */
  readonly coefficients: Float64Array;
  readonly #inputs: number;
  readonly #root: Float64Array;
  readonly #memory: number;
  readonly #projected: Float64Array;
  readonly #gain: Float64Array;

  constructor({ coefficients, root, memory }: RecursiveLeastSquaresOptions) {
    this.coefficients = Float64Array.from(coefficients);
    this.#root = Float64Array.from(root);
    this.#inputs = Math.round(Math.sqrt(root.length));
    this.#memory = memory;
    this.#projected = new Float64Array(this.#inputs);
    this.#gain = new Float64Array(this.#inputs);
  }

  /**
   * Learns one row.
   *
   * @param inputs [inputs]
   * @param errors [targets] how far each target was above its prediction; 0 where it is not known
   */
  learn(inputs: ArrayLike<number>, errors: ArrayLike<number>): void {
    const n = this.#inputs;
    const root = this.#root;
    const projected = this.#projected.fill(0);
    for (let i = 0; i < n; i++) {
      const x = inputs[i];
      if (x) for (let j = 0; j < n; j++) projected[j] += root[i * n + j] * x;
    }
    let variance = 0;
    for (let j = 0; j < n; j++) variance += projected[j] * projected[j];
    // Nothing can be learned from a row of zeros.
    if (!(variance > 1e-12)) return;
    const shrunk = (1 + variance) * this.#memory;
    const share = (1 - 1 / Math.sqrt(shrunk)) / variance;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += root[i * n + j] * projected[j];
      this.#gain[i] = sum / (1 + variance);
      sum *= share;
      for (let j = 0; j < n; j++) root[i * n + j] -= sum * projected[j];
    }
    for (let c = 0; c < errors.length; c++) {
      const error = errors[c];
      if (error) for (let i = 0; i < n; i++) this.coefficients[c * n + i] += error * this.#gain[i];
    }
  }
}
