import { parameterLayout } from '../network/graph.ts';
import type { NetworkShape } from '../network/shape.ts';
import { countOf } from './table.ts';

/** "64 LSTM units", "2 x 48 GRU units", "64 LSTM units and 128 feed-forward units". */
export function networkText({ cell, layers, units, feedForward }: NetworkShape): string {
  const recurrent = `${layers > 1 ? `${layers} x ` : ''}${units} ${cell.toUpperCase()} units`;
  return feedForward ? `${recurrent} and ${feedForward} feed-forward units` : recurrent;
}

/** "64 LSTM units, 33,411 weights". */
export const modelSize = (shape: NetworkShape): string =>
  `${networkText(shape)}, ${countOf(parameterLayout(shape).length, 'weight')}`;
