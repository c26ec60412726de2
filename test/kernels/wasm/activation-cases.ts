import { describe, expect, it } from 'vitest';
import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { KernelLab } from './kernel-lab.ts';

const COUNT = 400_000;

/** Dense over [-100, 100], and denser near zero, down to the smallest numbers. */
const inputs = (): Float32Array =>
  Float32Array.from({ length: COUNT }, (_, i) => {
    const x = (i / (COUNT - 1)) * 2 - 1;
    if (i % 2) return x * 100;
    return i % 4 ? x : Math.sign(x) * 10 ** (-40 * Math.abs(x));
  });

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const clamped = (x: number): number => Math.max(-87, Math.min(87, x));

export function describeActivations(build: WasmBuild): void {
  type Name = 'exps' | 'sigmoids' | 'tanhs';

  /** A sigmoid is that of an LSTM's gate, a tanh that of its candidate. */
  function run(name: Name, x: Float32Array): Float32Array {
    const lab = new KernelLab(build);
    const { length } = x;
    if (name === 'exps') {
      const y = lab.room(length);
      lab.kernels.exps(y, lab.put(x), length);
      return lab.get(y, length);
    }
    const sums = new Float32Array(4 * length);
    const gate = name === 'sigmoids' ? 0 : 2;
    sums.set(x, gate * length);
    const [gates, states] = [lab.put(sums), lab.room(length)];
    lab.kernels.lstmForward(gates, 0, states, states, states, 1, length);
    return lab.get(gates + 4 * gate * length, length);
  }

  /** Greatest absolute and relative error where `within` holds. */
  function errors(
    name: Name,
    truth: (x: number) => number,
    within: (x: number) => boolean = () => true,
  ): { absolute: number; relative: number } {
    const x = inputs();
    const y = run(name, x);
    let [absolute, relative] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      if (!within(x[i])) continue;
      const expected = truth(x[i]);
      const error = Math.abs(y[i] - expected);
      absolute = Math.max(absolute, error);
      // Below the smallest normal number there are fewer digits.
      if (Math.abs(expected) > 1.2e-38) relative = Math.max(relative, error / Math.abs(expected));
    }
    return { absolute, relative };
  }

  // assembly/activations.ts lists the same bounds.
  describe(`activations, ${build} build`, () => {
    it('exp keeps its error bound, and stays finite', () => {
      expect(errors('exps', (x) => Math.exp(clamped(x))).relative).toBeLessThan(2.5e-7);
    });

    it('sigmoid keeps its error bounds', () => {
      expect(errors('sigmoids', sigmoid).absolute).toBeLessThan(1.2e-7);
      expect(errors('sigmoids', sigmoid, (x) => x > -87).relative).toBeLessThan(4e-7);
    });

    it('tanh keeps its error bound, also near zero', () => {
      expect(errors('tanhs', Math.tanh).relative).toBeLessThan(4e-7);
    });

    it('takes extreme inputs: infinities as their clamps, NaN as NaN', () => {
      const x = Float32Array.of(Infinity, -Infinity, 3e38, -3e38, NaN, 0, -0, 1e-45);
      const [e, s, t] = [run('exps', x), run('sigmoids', x), run('tanhs', x)];
      expect([...s.subarray(0, 6)].map((y) => Math.round(y * 1e6) / 1e6)).toEqual([
        1,
        0,
        1,
        0,
        NaN,
        0.5,
      ]);
      expect([...t.subarray(0, 6)]).toEqual([1, -1, 1, -1, NaN, 0]);
      expect(e[0]).toBeGreaterThan(6e37);
      expect(e[0]).toBeLessThan(Infinity);
      expect(e[1]).toBeLessThan(2e-38);
      expect(e[4]).toBeNaN();
      expect(e[5]).toBe(1);
    });

    it('never leaves the range of the function', () => {
      for (const y of run('sigmoids', inputs())) if (!(y >= 0 && y <= 1)) expect.fail(`${y}`);
      for (const y of run('tanhs', inputs())) if (!(y >= -1 && y <= 1)) expect.fail(`${y}`);
    });
  });
}
