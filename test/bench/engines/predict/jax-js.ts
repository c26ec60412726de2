import { defaultDevice, init, jit, numpy as np } from '@jax-js/jax';
import type { Array as JaxArray } from '@jax-js/jax';
import type { Problem } from '../../problem.ts';
import type { Trial } from '../../trial.ts';
import { jaxHead, jaxLstmCell, jaxParameters } from '../jax-lstm.ts';
import type { JaxParameters, JaxState } from '../jax-lstm.ts';
import { streamTrial } from './stream.ts';

/** jax-js on wasm: one jitted step, its logits read after each. */
export async function predictJax(problem: Problem): Promise<Trial> {
  if (!(await init('wasm')).includes('wasm')) throw new Error('jax-js has no device "wasm".');
  defaultDevice('wasm');
  const { features, units } = problem.size;
  const parameters = jaxParameters(problem);
  const jitted = jit((own: JaxParameters, x: JaxArray, state: JaxState): [JaxArray, JaxState] => {
    const [hidden, cell] = jaxLstmCell(own, x, state);
    const logits = jaxHead(own, hidden.ref);
    for (const array of own) array.dispose();
    return [logits, [hidden, cell]];
  });
  let state: JaxState = [np.zeros([1, units]), np.zeros([1, units])];
  return streamTrial(problem, (row) => {
    const x = np.array(row).reshape([1, features]);
    const own = parameters.map((array) => array.ref);
    let logits: JaxArray;
    [logits, state] = jitted(own, x, state);
    return logits.dataSync();
  });
}
