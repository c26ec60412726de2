import { nn, numpy as np } from '@jax-js/jax';
import type { Array as JaxArray } from '@jax-js/jax';
import { parameterLayout } from '../../../src/network/graph.ts';
import { weightsOf } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { transposed } from './keras-weights.ts';

/** Per layer: weight_ih [I, 4H], weight_hh [H, 4H] and both biases [4H]; then the head's [H, C] and [C]. */
export type JaxParameters = JaxArray[];

/** The start weights, matrices turned so that rows are multiplied from the left. */
export function jaxParameters(problem: Pick<Problem, 'shape' | 'weights'>): JaxParameters {
  return parameterLayout(problem.shape).parameters.map(({ name }) => {
    const weight = weightsOf(problem, name);
    const { dims, data } = weight.dims.length > 1 ? transposed(weight as never) : weight;
    return np.array(data.slice()).reshape(dims);
  });
}

/** Hidden and cell state of a layer, [B, H] each. */
export type JaxState = [JaxArray, JaxArray];

/** One step of one layer; takes `x` and the state, and keeps the parameters. */
export function jaxLstmCell(
  [wx, wh, bx, bh]: readonly JaxArray[],
  x: JaxArray,
  [hidden, cell]: JaxState,
): JaxState {
  const z = np.matmul(x, wx.ref).add(np.matmul(hidden, wh.ref)).add(bx.ref).add(bh.ref);
  const [i, f, g, o] = np.split(z, 4, 1);
  const next = nn
    .sigmoid(f)
    .mul(cell)
    .add(nn.sigmoid(i).mul(np.tanh(g)));
  return [nn.sigmoid(o).mul(np.tanh(next.ref)), next];
}

/** The head's outputs [B, C] of a hidden state, which it takes. */
export function jaxHead(parameters: JaxParameters, hidden: JaxArray): JaxArray {
  const [weights, bias] = parameters.slice(-2);
  return np.matmul(hidden, weights.ref).add(bias.ref);
}
