/**
 * Ridge regression by its normal equations: add rows, then solve for several targets at once. It adds a
 * constant 1 as the last feature, which is not shrunk.
 */
export class RidgeRegression {
  readonly #inputs: number;
  readonly #targets: number;
  /** Sums of x x^T, [D, D] with D = inputs + 1; only the lower half is filled. */
  readonly #squares: Float64Array;
  /** Sums of x y, [C, D]. */
  readonly #products: Float64Array;
  readonly #row: Float64Array;

  constructor(inputs: number, targets: number) {
    this.#inputs = inputs;
    this.#targets = targets;
    const size = inputs + 1;
    this.#squares = new Float64Array(size * size);
    this.#products = new Float64Array(targets * size);
    this.#row = new Float64Array(size).fill(1);
  }

  /** Adds one row: `x` [inputs] and `y` [targets]. */
  add(x: ArrayLike<number>, y: ArrayLike<number>): void {
    const size = this.#inputs + 1;
    this.#row.set(x);
    for (let i = 0; i < size; i++) {
      const value = this.#row[i];
      for (let j = 0; j <= i; j++) this.#squares[i * size + j] += value * this.#row[j];
      for (let c = 0; c < this.#targets; c++) this.#products[c * size + i] += value * y[c];
    }
  }

  /**
   * [targets, inputs + 1] coefficients, the constant last, that minimise the squared error plus
   * `penalty` > 0 times the squared coefficients.
   */
  solve(penalty: number): Float64Array {
    const size = this.#inputs + 1;
    const lower = this.#factor(penalty);
    const solution = this.#products.slice();
    for (let c = 0; c < this.#targets; c++)
      substitute(lower, solution.subarray(c * size, (c + 1) * size));
    return solution;
  }

  /**
   * [D (D + 1) / 2] upper triangle S, row by row, with S S^T the covariance of the coefficients, D = inputs + 1,
   * for noise of variance 1.
   */
  covarianceRoot(penalty: number): Float64Array {
    const size = this.#inputs + 1;
    const lower = this.#factor(penalty);
    const root = new Float64Array((size * (size + 1)) / 2);
    // S is the inverse of L^T: its columns are the rows of the inverse of L.
    const column = new Float64Array(size);
    for (let j = 0, at = 0; j < size; j++) {
      for (let i = j; i < size; i++) {
        let sum = i === j ? 1 : 0;
        for (let k = j; k < i; k++) sum -= lower[i * size + k] * column[k];
        root[at++] = column[i] = sum / lower[i * size + i];
      }
    }
    return root;
  }

  #factor(penalty: number): Float64Array {
    const size = this.#inputs + 1;
    const lower = this.#squares.slice();
    for (let i = 0; i < size; i++) lower[i * size + i] += i < this.#inputs ? penalty : 1e-9;
    factorize(lower, size);
    return lower;
  }
}

/** Cholesky: replaces the lower half of a symmetric positive matrix [n, n] by L with L L^T = it. */
function factorize(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
      // With linearly dependent features the remainder is tiny, and rounding may make it negative.
      matrix[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j * n + j];
    }
}

/** Solves L L^T x = b in place. */
function substitute(lower: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= lower[i * n + k] * b[k];
    b[i] /= lower[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= lower[k * n + i] * b[k];
    b[i] /= lower[i * n + i];
  }
}
