import type { GradientJob } from './weight-gradients-wgsl.ts';

/** First elements of a layer's matrices in the flat gradient. */
export type RecurrentPlaces = Readonly<
  Record<'inputWeights' | 'recurrentWeights' | 'inputBias' | 'recurrentBias', number>
>;

/**
 * The weight gradients of a recurrent layer, from its input `x` (WGSL of the first element) and the
 * trace after its backward pass.
 */
export function recurrentJobs(
  { cell, inputs, units, x }: { cell: 'lstm' | 'gru'; inputs: number; units: number; x: string },
  places: RecurrentPlaces,
): GradientJob[] {
  const isLstm = cell === 'lstm';
  const columns = (isLstm ? 4 : 3) * units;
  const gates = { buffer: 'trace', at: '0', stride: 4 * units };
  return [
    {
      rows: inputs,
      columns,
      left: { buffer: 'x', at: x, stride: inputs },
      right: gates,
      before: false,
      place: places.inputWeights,
      biases: isLstm ? [places.inputBias, places.recurrentBias] : [places.inputBias],
    },
    {
      rows: units,
      columns,
      left: { buffer: 'trace', at: 'uniforms.hiddens', stride: units },
      // In a GRU's trace, n is followed by the hidden state's share of it, which has its own gradient.
      right: isLstm ? gates : { ...gates, without: { first: 2 * units, count: units } },
      before: true,
      place: places.recurrentWeights,
      biases: isLstm ? [] : [places.recurrentBias],
    },
  ];
}
