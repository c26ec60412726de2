import { matchColumn } from '../../network/shape.ts';
import type { NetworkShape } from '../../network/shape.ts';
import { sigmoid, softplus } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import type { Matrix } from './matrix.ts';

/** The rows of a batch in which experts vote. */
export interface ExpertRun {
  readonly shape: NetworkShape;
  readonly batch: WindowBatch;
  readonly packing: Packing;
  /** [N, size] logits, or their gradient. */
  readonly logits: Matrix;
  /** [N, K]. */
  readonly gate: Matrix;
  /** [B, T, K, size] the experts' log-probabilities. */
  readonly logs: Float32Array;
  /** Which weights the matches have. */
  readonly weights: 'gateMatches' | 'timeGateMatches';
}

/** gate [n, K] += matches * weights^T, where the matches are the last features of each row. */
export function addMatches(
  gate: Matrix,
  weights: Matrix,
  rowFeatures: (row: number) => { data: FloatArray; offset: number },
): void {
  const { rows: experts, columns: width } = weights;
  for (let row = 0; row < gate.rows; row++) {
    const { data, offset } = rowFeatures(row);
    for (let k = 0; k < experts; k++)
      for (let j = 0; j < width; j++)
        gate.data[gate.offset + row * experts + k] +=
          weights.data[weights.offset + k * width + j] * data[offset + j];
  }
}

/** Adds the matches' share to the gate, and the experts' votes to the logits of every target. */
export function mixExperts(run: ExpertRun, weights: Matrix): void {
  const { logits, gate } = run;
  const { columns: size } = logits;
  addMatches(gate, weights, (row) => matchesOf(run, row));
  eachTarget(run, (row, votes) => {
    for (let k = 0; k < gate.columns; k++) {
      const weight = softplus(gate.data[gate.offset + row * gate.columns + k]);
      for (let a = 0; a < size; a++)
        logits.data[logits.offset + row * size + a] += weight * votes[k * size + a];
    }
  });
}

/** Replaces the gate by its gradient, given the logits' gradient, and adds that of the matches' weights. */
export function mixExpertsBackward(run: ExpertRun, dWeights: Matrix): void {
  const { logits, gate } = run;
  const { columns: size } = logits;
  const { columns: experts } = gate;
  const gradient = gate.data.slice(gate.offset, gate.offset + gate.rows * experts).fill(0);
  eachTarget(run, (row, votes) => {
    const { data, offset } = matchesOf(run, row);
    for (let k = 0; k < experts; k++) {
      let sum = 0;
      for (let a = 0; a < size; a++)
        sum += logits.data[logits.offset + row * size + a] * votes[k * size + a];
      const at = row * experts + k;
      gradient[at] = sum * sigmoid(gate.data[gate.offset + at]);
      for (let j = 0; j < dWeights.columns; j++)
        dWeights.data[dWeights.offset + k * dWeights.columns + j] +=
          gradient[at] * data[offset + j];
    }
  });
  gate.data.set(gradient, gate.offset);
}

function matchesOf({ shape, batch, packing }: ExpertRun, row: number) {
  const offset = packing.places[row] * shape.features + matchColumn(shape);
  return { data: batch.features, offset };
}

function eachTarget(
  { batch, packing, logits, gate, logs }: ExpertRun,
  each: (row: number, votes: Float32Array) => void,
): void {
  const size = gate.columns * logits.columns;
  for (let row = 0; row < packing.rows; row++) {
    const place = packing.places[row];
    if (batch.mask[place]) each(row, logs.subarray(place * size, (place + 1) * size));
  }
}
