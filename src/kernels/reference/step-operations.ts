import type { HeadsNode, RecurrentNode } from '../../network/graph.ts';
import type { StepOperations } from '../../network/operations.ts';
import type { NetworkState } from '../../network/streaming.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';
import { ReferenceForward } from './operations.ts';

/** The definition of every operation on steps. */
export class ReferenceStep<A extends FloatArray>
  extends ReferenceForward<A>
  implements StepOperations<A, Matrix<A>>
{
  readonly engine = 'cpu';
  /** The states in work, as they are outside: [layers * H]. */
  readonly #states: NetworkState<A>[] = [];

  setWeights(weights: A): void {
    this.parameters.set(weights);
  }

  begin(features: FloatArray, count: number): void {
    const first = Int32Array.of(0);
    this.packing = { rows: count, steps: 1, first, active: Int32Array.of(count), places: first };
    this.features = this.workspace.matrix('features', count, this.graph.input.inputs);
    this.features.data.set(features);
  }

  load(row: number, state: NetworkState<A>): void {
    this.#states[row] = state;
  }

  /** Recurrent layers have written to it already. */
  store(): void {}

  floatsOf({ data }: Matrix<A>): A {
    return data;
  }

  at(_node: HeadsNode, { columns }: Matrix<A>, row: number): number {
    return row * columns;
  }

  protected override recurrent(node: RecurrentNode, x: Matrix<A>): Matrix<A> {
    const { index, layer, width } = node;
    const hidden = this.workspace.matrix(`${index} hidden before`, x.rows, width);
    const cell = this.workspace.matrix(`${index} cell before`, x.rows, width);
    const [from, to] = [layer * width, (layer + 1) * width];
    for (let row = 0; row < x.rows; row++) {
      const state = this.#states[row];
      hidden.data.set(state.hidden.subarray(from, to), row * width);
      cell.data.set(state.cell.subarray(from, to), row * width);
    }
    const result = super.recurrent(node, x, { hidden, cell });
    for (let row = 0; row < x.rows; row++) {
      const state = this.#states[row];
      const [first, end] = [row * width, (row + 1) * width];
      state.hidden.set(result.data.subarray(first, end), from);
      if (state.cell.length)
        state.cell.set(this.runs[index].trace.cell.data.subarray(first, end), from);
    }
    return result;
  }
}
