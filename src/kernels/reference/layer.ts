import type { FloatArray } from '../../util/math.ts';
import { gruBackward } from './gru-backward.ts';
import { gruForward } from './gru-forward.ts';
import type { GruTrace } from './gru-forward.ts';
import { lstmBackward } from './lstm-backward.ts';
import { lstmForward } from './lstm-forward.ts';
import type { LstmTrace } from './lstm-forward.ts';
import { transpose } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { LayerParameters } from './network-parameters.ts';
import type { Packing } from '../../network/packing.ts';
import type { LayerInput } from './recurrent-layer.ts';
import { Workspace } from './workspace.ts';

/** What the backward pass needs of the forward pass. */
type Pass<A extends FloatArray> =
  | { readonly cell: 'lstm'; readonly input: LayerInput<A>; readonly trace: LstmTrace<A> }
  | { readonly cell: 'gru'; readonly input: LayerInput<A>; readonly trace: GruTrace<A> };

/** One recurrent layer of either cell, with its memory. */
export class Layer<A extends FloatArray> {
  readonly #cell: 'lstm' | 'gru';
  readonly #parameters: LayerParameters<A>;
  readonly #workspace: Workspace<A>;
  #pass: Pass<A> | null = null;

  constructor(cell: 'lstm' | 'gru', parameters: LayerParameters<A>) {
    this.#cell = cell;
    this.#parameters = parameters;
    this.#workspace = new Workspace(parameters.inputBias.data);
  }

  /**
   * Hidden states [N, H] of packed inputs `x` [N, I]. Neither may be changed until `backward` or the
   * next call.
   */
  forward(x: Matrix<A>, packing: Packing): Matrix<A> {
    const { rows } = packing;
    const { inputWeights, recurrentWeights } = this.#parameters;
    const [gates, units] = [recurrentWeights.rows, recurrentWeights.columns];
    const memory = (name: string, columns: number): Matrix<A> =>
      this.#workspace.matrix(name, rows, columns);
    const input: LayerInput<A> = {
      packing,
      x,
      parameters: this.#parameters,
      transposedInput: this.#workspace.matrix('transposedInput', inputWeights.columns, gates),
      transposedRecurrent: this.#workspace.matrix('transposedRecurrent', units, gates),
    };
    transpose(input.transposedInput, inputWeights);
    transpose(input.transposedRecurrent, recurrentWeights);
    const common = { gates: memory('gates', gates), hidden: memory('hidden', units) };
    if (this.#cell === 'lstm') {
      const trace = {
        ...common,
        cell: memory('cell', units),
        tanhCell: memory('tanhCell', units),
      };
      lstmForward(trace, input);
      this.#pass = { cell: 'lstm', input, trace };
    } else {
      const trace = { ...common, recurrent: memory('recurrent', gates) };
      gruForward(trace, input);
      this.#pass = { cell: 'gru', input, trace };
    }
    return common.hidden;
  }

  /**
   * Adds the gradient of the parameters to `gradient`, given that of the hidden states, which is
   * overwritten. Call it once for each `forward`.
   *
   * @param dX [N, I] zeros, to which the gradient of `x` is added; null to skip it
   */
  backward(dHidden: Matrix<A>, gradient: LayerParameters<A>, dX: Matrix<A> | null): void {
    const pass = this.#pass;
    if (!pass) throw new RangeError('backward without forward');
    this.#pass = null;
    const { transposedInput, transposedRecurrent, packing } = pass.input;
    const zeros = (name: string, like: Matrix<A>): Matrix<A> =>
      this.#workspace.zeros(name, like.rows, like.columns);
    const backward = {
      dHidden,
      dX,
      gradient,
      transposedInput: zeros('dTransposedInput', transposedInput),
      transposedRecurrent: zeros('dTransposedRecurrent', transposedRecurrent),
      carry: this.#workspace.matrix('carry', packing.active[0], dHidden.columns),
    };
    switch (pass.cell) {
      case 'lstm':
        return lstmBackward(pass.trace, pass.input, backward);
      case 'gru':
        return gruBackward(pass.trace, pass.input, backward);
      default:
        pass satisfies never;
    }
  }
}
