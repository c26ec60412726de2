import { sigmoid, softplus } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Vote } from '../../network/graph.ts';
import type { Matrix } from './matrix.ts';

/** Rows of outputs that experts vote in. */
export interface VoteRows {
  readonly vote: Vote;
  /** [N, O] joined outputs of the heads. */
  readonly outputs: Matrix;
  /** [F] features of a row, of which the last are the experts' matches. */
  readonly features: (row: number) => FloatArray;
  /** [K * size] the experts' log-probabilities in a row; null without a target. */
  readonly logs: (row: number) => FloatArray | null;
}

/** Adds to the gates of each row the product of its features' last columns and the matches' weights. */
export function addMatches(
  { vote: { gate }, outputs, features }: Omit<VoteRows, 'logs'>,
  weights: Matrix,
): void {
  const { data, offset, rows, columns } = outputs;
  for (let row = 0; row < rows; row++) {
    const all = features(row);
    const first = all.length - weights.columns;
    const at = offset + row * columns + gate.column;
    for (let k = 0; k < gate.size; k++)
      for (let j = 0; j < weights.columns; j++)
        data[at + k] += weights.data[weights.offset + k * weights.columns + j] * all[first + j];
  }
}

/** Adds the experts' votes to the logits of every target: logits += sum over k of softplus(gate[k]) * logs[k]. */
export function mixExperts({ vote, outputs, logs }: VoteRows): void {
  const { logits, gate } = vote;
  const { data, offset, rows, columns } = outputs;
  for (let row = 0; row < rows; row++) {
    const votes = logs(row);
    if (!votes) continue;
    const at = offset + row * columns;
    for (let k = 0; k < gate.size; k++) {
      const weight = softplus(data[at + gate.column + k]);
      for (let a = 0; a < logits.size; a++)
        data[at + logits.column + a] += weight * votes[k * logits.size + a];
    }
  }
}

/** Replaces the gates by their gradients, given the logits' gradients, and adds that of the matches' weights. */
export function mixExpertsBackward(
  { vote, outputs, features, logs }: VoteRows,
  dWeights: Matrix,
): void {
  const { logits, gate } = vote;
  const { data, offset, rows, columns } = outputs;
  for (let row = 0; row < rows; row++) {
    const votes = logs(row);
    const at = offset + row * columns;
    for (let k = 0; k < gate.size; k++) {
      let sum = 0;
      if (votes)
        for (let a = 0; a < logits.size; a++)
          sum += data[at + logits.column + a] * votes[k * logits.size + a];
      const gradient = sum * sigmoid(data[at + gate.column + k]);
      data[at + gate.column + k] = votes ? gradient : 0;
      if (!votes) continue;
      const all = features(row);
      const first = all.length - dWeights.columns;
      for (let j = 0; j < dWeights.columns; j++)
        dWeights.data[dWeights.offset + k * dWeights.columns + j] += gradient * all[first + j];
    }
  }
}
