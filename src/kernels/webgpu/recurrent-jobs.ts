import type { Trace } from './recurrent-text.ts';
import type { GradientJob } from './weight-gradients.ts';
import type { Place } from './wgsl.ts';

export type RecurrentMatrix = 'inputWeights' | 'recurrentWeights' | 'inputBias' | 'recurrentBias';

export interface RecurrentJobOptions {
  readonly cell: 'lstm' | 'gru';
  /** I and H. */
  readonly inputs: number;
  readonly units: number;
  /** [N, I] the layer's input. */
  readonly x: Place;
  /** After the backward pass, as the gradients' program reads it. */
  readonly trace: Pick<Trace, 'gates' | 'hidden'>;
  /** First elements of the matrices' gradients. */
  into(matrix: RecurrentMatrix): number;
}

/** The weight gradients of a recurrent layer. */
export function recurrentJobs(options: RecurrentJobOptions): GradientJob[] {
  const { cell, inputs, units, x, trace, into } = options;
  const isLstm = cell === 'lstm';
  const columns = (isLstm ? 4 : 3) * units;
  const gates = { ...trace.gates, stride: 4 * units };
  return [
    {
      rows: inputs,
      columns,
      left: { ...x, stride: inputs },
      right: gates,
      into: into('inputWeights'),
      biases: isLstm ? [into('inputBias'), into('recurrentBias')] : [into('inputBias')],
    },
    {
      rows: units,
      columns,
      left: { ...trace.hidden, stride: units },
      // In a GRU's trace, n is followed by the hidden state's share of it, which has its own gradient.
      right: isLstm ? gates : { ...gates, without: { first: 2 * units, count: units } },
      before: true,
      into: into('recurrentWeights'),
      biases: isLstm ? [] : [into('recurrentBias')],
    },
  ];
}
