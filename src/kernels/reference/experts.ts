import type { Head, Vote } from '../../network/graph.ts';
import { sigmoid, softplus } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';

/** Adds to the gates in outputs [N, O] the product of the features' last columns and the matches' weights. */
export function addMatches(
  { data, offset, rows, columns }: Matrix,
  { gate, weights, features }: { gate: Head; weights: Matrix; features: Matrix },
): void {
  for (let row = 0; row < rows; row++) {
    const first = matchesIn(features, row, weights.columns);
    const at = offset + row * columns + gate.column;
    for (let k = 0; k < gate.size; k++)
      for (let j = 0; j < weights.columns; j++)
        data[at + k] +=
          weights.data[weights.offset + k * weights.columns + j] * features.data[first + j];
  }
}

/** What the experts say of the rows of a batch. */
export interface Votes {
  readonly vote: Vote;
  /** [N, K * size] their log-probabilities. */
  readonly logs: Matrix;
  /** [N], 0 where there is no target. */
  readonly mask: Matrix;
}

/** Adds the experts' votes to the logits of rows with a target: logits += sum over k of softplus(gate[k]) * logs[k]. */
export function mixExperts(
  { data, offset, rows, columns }: Matrix,
  { vote: { logits, gate }, logs, mask }: Votes,
): void {
  for (let row = 0; row < rows; row++) {
    if (mask.data[row] === 0) continue;
    const at = offset + row * columns;
    const from = row * logs.columns;
    for (let k = 0; k < gate.size; k++) {
      const weight = softplus(data[at + gate.column + k]);
      for (let a = 0; a < logits.size; a++)
        data[at + logits.column + a] += weight * logs.data[from + k * logits.size + a];
    }
  }
}

/**
 * Replaces the gates by their gradients, given the logits' gradients, and adds that of the matches' weights
 * [K, MATCHES * K] to `dWeights`.
 */
export function mixExpertsBackward(
  { data, offset, rows, columns }: Matrix,
  { vote: { logits, gate }, logs, mask }: Votes,
  { features, dWeights }: { features: Matrix; dWeights: Matrix },
): void {
  for (let row = 0; row < rows; row++) {
    const at = offset + row * columns;
    const from = row * logs.columns;
    const first = matchesIn(features, row, dWeights.columns);
    for (let k = 0; k < gate.size; k++) {
      let sum = 0;
      for (let a = 0; a < logits.size; a++)
        sum += data[at + logits.column + a] * logs.data[from + k * logits.size + a];
      const gradient = mask.data[row] === 0 ? 0 : sum * sigmoid(data[at + gate.column + k]);
      data[at + gate.column + k] = gradient;
      for (let j = 0; j < dWeights.columns; j++)
        dWeights.data[dWeights.offset + k * dWeights.columns + j] +=
          gradient * features.data[first + j];
    }
  }
}

/** First element of a row's matches, the last columns of the features. */
const matchesIn = ({ offset, columns }: Matrix, row: number, width: number): number =>
  offset + (row + 1) * columns - width;
