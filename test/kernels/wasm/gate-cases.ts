import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../src/kernels/reference/matrix.ts';
import { recurrentBackward, recurrentForward } from '../../../src/kernels/reference/recurrent.ts';
import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { expectClose } from '../reference/numeric.ts';
import { recurrentMatrices, traceOf, zerosOf } from '../reference/recurrent-lab.ts';
import { KernelLab, randoms } from './kernel-lab.ts';

const CLOSE = { relative: 1e-5, absolute: 1e-6 };
const [ROWS, UNITS] = [3, 8];
const DOUBLE = new Float64Array(0);

/** Two time steps of three windows. Recurrent weights are zero, so that `x` alone makes the sums. */
function layer(cell: 'lstm' | 'gru', x: Float32Array, recurrentBias: Float32Array) {
  const gates = cell === 'lstm' ? 4 : 3;
  const width = gates * UNITS;
  const zeros = zerosOf(DOUBLE);
  const row = (data: Float32Array, rows: number): Matrix<Float64Array> => ({
    ...zeros(rows, data.length / rows),
    data: Float64Array.from(data),
  });
  const packing = {
    rows: 2 * ROWS,
    steps: 2,
    first: Int32Array.of(0, ROWS),
    active: Int32Array.of(ROWS, ROWS),
    places: new Int32Array(2 * ROWS),
  };
  const size = { inputs: width, units: UNITS, gates };
  const weights = { ...recurrentMatrices(zeros, size), recurrentBias: row(recurrentBias, 1) };
  for (let i = 0; i < width; i++) weights.inputWeights.data[i * width + i] = 1;
  const trace = traceOf(zeros, packing, size);
  const run = { cell, packing, x: row(x, 2 * ROWS), weights, trace };
  recurrentForward(run);
  return {
    trace,
    width,
    backward: (dHidden: Float32Array): void =>
      recurrentBackward(run, {
        dHidden: row(dHidden, 2 * ROWS),
        gradient: recurrentMatrices(zeros, size),
        dX: null,
        carry: zeros(ROWS, UNITS),
      }),
  };
}

export function describeGates(build: WasmBuild): void {
  describe(`gates, ${build} build`, () => {
    it('are those of the LSTM, forward and backward over two steps', () => {
      const lab = new KernelLab(build);
      const [sums, dHidden] = [randoms(2 * ROWS * 4 * UNITS, 2), randoms(2 * ROWS * UNITS)];
      const { trace, width, backward } = layer('lstm', sums, new Float32Array(4 * UNITS));
      const table = (): number => lab.room(2 * ROWS * UNITS);
      const [gates, cell, squashed, hidden] = [lab.put(sums), table(), table(), table()];
      const [later, laterGates] = [4 * ROWS * UNITS, 4 * ROWS * width];
      const { kernels } = lab;
      kernels.lstmForward(gates, 0, cell, squashed, hidden, ROWS, UNITS);
      const second = [squashed + later, hidden + later, ROWS, UNITS];
      kernels.lstmForward(gates + laterGates, cell, cell + later, ...second);
      expectClose(lab.get(gates, sums.length), trace.gates.data, CLOSE);
      for (const [pointer, { data }] of [
        [cell, trace.cell],
        [squashed, trace.tanhCell],
        [hidden, trace.hidden],
      ] as const)
        expectClose(lab.get(pointer, data.length), data, CLOSE);

      backward(dHidden);
      const [gradient, carry] = [lab.put(dHidden), lab.room(ROWS * UNITS)];
      const after = [squashed + later, gradient + later, carry, ROWS, UNITS];
      kernels.lstmBackward(gates + laterGates, cell, ...after);
      kernels.lstmBackward(gates, 0, squashed, gradient, carry, ROWS, UNITS);
      expectClose(lab.get(gates, sums.length), trace.gates.data, CLOSE);
    });

    it('are those of the GRU, forward and backward over two steps', () => {
      const lab = new KernelLab(build);
      const [sums, dHidden] = [randoms(2 * ROWS * 3 * UNITS, 2), randoms(2 * ROWS * UNITS)];
      const bias = randoms(3 * UNITS);
      const { trace, width, backward } = layer('gru', sums, bias);
      const shares = Float32Array.from({ length: sums.length }, (_, i) => bias[i % width]);
      const [gates, recurrent] = [lab.put(sums), lab.put(shares)];
      const hidden = lab.room(2 * ROWS * UNITS);
      const [later, laterGates] = [4 * ROWS * UNITS, 4 * ROWS * width];
      const { kernels } = lab;
      kernels.gruForward(gates, recurrent, 0, hidden, ROWS, UNITS);
      const second = [gates + laterGates, recurrent + laterGates];
      kernels.gruForward(...second, hidden, hidden + later, ROWS, UNITS);
      expectClose(lab.get(gates, sums.length), trace.gates.data, CLOSE);
      expectClose(lab.get(hidden, 2 * ROWS * UNITS), trace.hidden.data, CLOSE);

      backward(dHidden);
      const gradient = lab.put(dHidden);
      kernels.gruBackward(...second, hidden, gradient + later, gradient, ROWS, UNITS);
      kernels.gruBackward(gates, recurrent, 0, gradient, 0, ROWS, UNITS);
      expectClose(lab.get(gates, sums.length), trace.gates.data, CLOSE);
      expectClose(lab.get(recurrent, sums.length), trace.recurrent.data, CLOSE);
      expect(lab.get(gradient, later / 4)).not.toEqual(dHidden.slice(0, later / 4));
    });

    it.each(['lstm', 'gru'] as const)('of an %s have no subnormal gradients, but NaN', (cell) => {
      const lab = new KernelLab(build);
      const { kernels } = lab;
      const dHidden = randoms(ROWS * UNITS).map((value) => value * 1e-36);
      dHidden[0] = NaN;
      const gates = lab.put(randoms(ROWS * 4 * UNITS, 2));
      const [cells, squashed, hidden, carry] = [0, 1, 2, 3].map(() => lab.room(ROWS * UNITS));
      const gradient = lab.put(dHidden);
      let results: Float32Array;
      if (cell === 'lstm') {
        kernels.lstmForward(gates, 0, cells, squashed, hidden, ROWS, UNITS);
        kernels.lstmBackward(gates, 0, squashed, gradient, carry, ROWS, UNITS);
        results = lab.get(gates, ROWS * 4 * UNITS);
      } else {
        const shares = lab.put(randoms(ROWS * 3 * UNITS));
        kernels.gruForward(gates, shares, 0, hidden, ROWS, UNITS);
        kernels.gruBackward(gates, shares, 0, gradient, 0, ROWS, UNITS);
        results = lab.get(gates, ROWS * 3 * UNITS);
      }
      expect(results.some(Number.isNaN)).toBe(true);
      expect(results.every((value) => Number.isNaN(value) || value === 0)).toBe(true);
    });
  });
}
