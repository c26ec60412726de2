import type { HeadsNode, RecurrentNode } from '../../network/graph.ts';
import type { StepOperations } from '../../network/operations.ts';
import type { NetworkState } from '../../network/streaming.ts';
import { zerosLike } from '../../util/math.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';
import { ReferenceForward } from './operations.ts';
import { recurrentStep } from './recurrent.ts';

/** The definition of every operation on steps. */
export class ReferenceStep<A extends FloatArray>
  extends ReferenceForward<A>
  implements StepOperations<A, Matrix<A>>
{
  readonly engine = 'cpu';
  #features: A = zerosLike(this.weights.data, 0);
  /** The states in work, as they are outside: [layers * H]. */
  readonly #states: NetworkState<A>[] = [];

  setWeights(weights: A): void {
    this.weights.set(weights);
  }

  begin(features: FloatArray, count: number): void {
    if (this.#features.length !== features.length)
      this.#features = zerosLike(this.weights.data, features.length);
    this.#features.set(features);
    this.rows = count;
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

  protected recurrent(node: RecurrentNode, x: Matrix<A>): Matrix<A> {
    const { index, layer, width } = node;
    const { cell, weights, trace } = this.recurrentRun(node, x);
    const hidden = this.workspace.matrix(`${index} hidden before`, this.rows, width);
    const cells = this.workspace.matrix(`${index} cell before`, this.rows, width);
    const [from, to] = [layer * width, (layer + 1) * width];
    for (let row = 0; row < this.rows; row++) {
      const state = this.#states[row];
      hidden.data.set(state.hidden.subarray(from, to), row * width);
      cells.data.set(state.cell.subarray(from, to), row * width);
    }
    recurrentStep(cell, { trace, before: { hidden, cell: cells } }, { x, weights });
    for (let row = 0; row < this.rows; row++) {
      const state = this.#states[row];
      const [first, end] = [row * width, (row + 1) * width];
      state.hidden.set(trace.hidden.data.subarray(first, end), from);
      if (state.cell.length) state.cell.set(trace.cell.data.subarray(first, end), from);
    }
    return trace.hidden;
  }

  protected featuresOf(row: number): FloatArray {
    const width = this.#features.length / this.rows;
    return this.#features.subarray(row * width, (row + 1) * width);
  }
}
