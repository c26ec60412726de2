import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';

/** What a recurrent layer stores for the backward pass. */
export interface RecurrentTrace<A extends FloatArray = FloatArray> {
  /** [N, G] activations of the gates: i, f, g, o of an LSTM, r, z, n of a GRU. */
  readonly gates: Matrix<A>;
  /** [N, G] the hidden state's share of the sums, for a GRU. */
  readonly recurrent: Matrix<A>;
  /** [N, H] cell states and their tanh, for an LSTM. */
  readonly cell: Matrix<A>;
  readonly tanhCell: Matrix<A>;
  /** [N, H]. */
  readonly hidden: Matrix<A>;
}

/** States of some rows. */
export type CellStates<A extends FloatArray> = Pick<RecurrentTrace<A>, 'hidden' | 'cell'>;

export interface CellGradients<A extends FloatArray> {
  /** [N, H] gradient of the hidden states. */
  readonly dHidden: Matrix<A>;
  /** [B, H] gradient of the cell states from the step after, at first 0; overwritten with that of this step. */
  readonly carry: Matrix<A>;
}

/** Where a row of the packing stands in its window. */
export interface CellRow {
  readonly row: number;
  /** Row of the same window at the step before; -1 at its first step. */
  readonly rowBefore: number;
  /** The window, in the order of the packing. */
  readonly window: number;
}
