import type { Head, Vote } from '../../network/graph.ts';
import { sigmoid, softplus } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';

/** Adds to the gates in a row of outputs [N, O] the product of its features' last columns and the matches' weights. */
export function addMatches(
  { data, offset, columns }: Matrix,
  row: number,
  { gate, weights, features }: { gate: Head; weights: Matrix; features: FloatArray },
): void {
  const first = features.length - weights.columns;
  const at = offset + row * columns + gate.column;
  for (let k = 0; k < gate.size; k++)
    for (let j = 0; j < weights.columns; j++)
      data[at + k] += weights.data[weights.offset + k * weights.columns + j] * features[first + j];
}

/**
 * Adds the experts' votes to the logits in a row of outputs: logits += sum over k of softplus(gate[k]) * logs[k].
 *
 * @param logs [K * size] the experts' log-probabilities; null without a target
 */
export function mixExperts(
  { data, offset, columns }: Matrix,
  row: number,
  { logits, gate }: Vote,
  logs: FloatArray | null,
): void {
  if (!logs) return;
  const at = offset + row * columns;
  for (let k = 0; k < gate.size; k++) {
    const weight = softplus(data[at + gate.column + k]);
    for (let a = 0; a < logits.size; a++)
      data[at + logits.column + a] += weight * logs[k * logits.size + a];
  }
}

export interface VoteGradients {
  readonly vote: Vote;
  readonly logs: FloatArray | null;
  readonly features: FloatArray;
  /** [K, MATCHES * K] the gradient of the matches' weights is added here. */
  readonly dWeights: Matrix;
}

/** Replaces the gates in a row by their gradients, given the logits' gradients, and adds that of the matches' weights. */
export function mixExpertsBackward(
  { data, offset, columns }: Matrix,
  row: number,
  { vote: { logits, gate }, logs, features, dWeights }: VoteGradients,
): void {
  const at = offset + row * columns;
  const first = features.length - dWeights.columns;
  for (let k = 0; k < gate.size; k++) {
    let sum = 0;
    if (logs)
      for (let a = 0; a < logits.size; a++)
        sum += data[at + logits.column + a] * logs[k * logits.size + a];
    const gradient = logs ? sum * sigmoid(data[at + gate.column + k]) : 0;
    data[at + gate.column + k] = gradient;
    for (let j = 0; j < dWeights.columns; j++)
      dWeights.data[dWeights.offset + k * dWeights.columns + j] += gradient * features[first + j];
  }
}
