import type { FloatArray } from '../../util/math.ts';
import { softplus } from '../../util/math.ts';
import type { NetworkOutput } from '../../network/streaming.ts';
import { addMatches } from './experts.ts';
import { fillRows, transposed, zeroMatrix, zerosLike } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { HeadParameters, ReadoutParameters } from './network-parameters.ts';
import { addProduct } from './product.ts';

interface StreamingHead<A extends FloatArray> {
  /** [H, size]. */
  readonly weights: Matrix<A>;
  readonly bias: Matrix<A>;
  readonly output: Matrix<A>;
}

interface Gate<A extends FloatArray> {
  /** [1, K]. */
  readonly output: Matrix<A>;
  /** [K, MATCHES * K]. */
  readonly matches: Matrix<A>;
}

/** Where a row's matches of the experts are. */
type RowFeatures = (row: number) => { readonly data: FloatArray; readonly offset: number };

/** The heads on top of one network, one step at a time. Allocates nothing. */
export class StreamingHeads<A extends FloatArray> {
  /** The result of the last `step`; the next one overwrites it. */
  readonly output: NetworkOutput<A>;
  readonly #heads: readonly StreamingHead<A>[];
  readonly #gates: readonly Gate<A>[];

  /** @param like an array of the precision to compute in */
  constructor(parameters: ReadoutParameters<A>, like: A) {
    const { action, time, values, gate, time_gate, gateMatches, timeGateMatches } = parameters;
    const streaming = (head: HeadParameters<A> | null): StreamingHead<A> | null =>
      head && {
        weights: transposed(head.weights),
        bias: head.bias,
        output: zeroMatrix(like, 1, head.weights.rows),
      };
    const heads = [action, time, values, gate, time_gate].map(streaming);
    this.#heads = heads.filter((head) => head !== null);
    const [actionLogits, timeLogits, outputs, gateWeights, timeGateWeights] = heads.map(
      (head) => head?.output.data ?? zerosLike(like, 0),
    );
    this.output = {
      actionLogits,
      timeLogits,
      values: outputs,
      gate: gateWeights,
      timeGate: timeGateWeights,
    };
    this.#gates = [
      { head: heads[3], matches: gateMatches },
      { head: heads[4], matches: timeGateMatches },
    ].flatMap(({ head, matches }) => (head && matches ? [{ output: head.output, matches }] : []));
  }

  /** @param top [1, H] */
  step(top: Matrix<A>, matches: RowFeatures): void {
    for (let head = 0; head < this.#heads.length; head++) {
      const { weights, bias, output } = this.#heads[head];
      fillRows(output, bias);
      addProduct(output, top, weights);
    }
    for (let i = 0; i < this.#gates.length; i++) {
      const { output, matches: weights } = this.#gates[i];
      addMatches(output, weights, matches);
      for (let k = 0; k < output.columns; k++) output.data[k] = softplus(output.data[k]);
    }
  }
}

/** Overwrites `a` with the mean of both. */
export function meanOutput(a: NetworkOutput<FloatArray>, b: NetworkOutput<FloatArray>): void {
  meanOf(a.actionLogits, b.actionLogits);
  meanOf(a.timeLogits, b.timeLogits);
  meanOf(a.values, b.values);
  meanOf(a.gate, b.gate);
  meanOf(a.timeGate, b.timeGate);
}

function meanOf(a: FloatArray, b: FloatArray): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] + b[i]) / 2;
}
