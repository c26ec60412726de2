import { zeroMatrix } from '../../../src/kernels/reference/matrix.ts';
import type { Matrix } from '../../../src/kernels/reference/matrix.ts';
import type { RecurrentTrace } from '../../../src/kernels/reference/cell.ts';
import type { Packing } from '../../../src/network/packing.ts';
import type { FloatArray } from '../../../src/util/math.ts';

/** Makes matrices of one precision: zeros, or something else. */
export type MakeMatrix<A extends FloatArray> = (rows: number, columns: number) => Matrix<A>;

export const zerosOf =
  <A extends FloatArray>(like: A): MakeMatrix<A> =>
  (rows, columns) =>
    zeroMatrix(like, rows, columns);

/** The weights of a recurrent layer, or room for their gradient. */
export const recurrentMatrices = <A extends FloatArray>(
  make: MakeMatrix<A>,
  { inputs, units, gates }: Record<'inputs' | 'units' | 'gates', number>,
) => ({
  inputWeights: make(inputs, gates * units),
  recurrentWeights: make(units, gates * units),
  inputBias: make(1, gates * units),
  recurrentBias: make(1, gates * units),
});

/** Room for the forward pass of a recurrent layer. */
export function traceOf<A extends FloatArray>(
  zeros: MakeMatrix<A>,
  { rows }: Pick<Packing, 'rows'>,
  { units, gates }: Record<'units' | 'gates', number>,
): RecurrentTrace<A> {
  const table = (columns: number): Matrix<A> => zeros(rows, columns);
  return {
    gates: table(gates * units),
    recurrent: table(gates * units),
    cell: table(units),
    tanhCell: table(units),
    hidden: table(units),
  };
}
