import { describe, expect, it } from 'vitest';
import { adam, addPenalty, clipByNorm, sgd } from '../../../src/kernels/reference/optimizers.ts';
import type { WasmBuild } from '../../../src/kernels/wasm/module.ts';
import { expectClose } from '../reference/numeric.ts';
import { KernelLab, randoms } from './kernel-lab.ts';

const CLOSE = { relative: 2e-5, absolute: 1e-6 };
const COUNT = 24;
/** The last eight are a bias. */
const PENALIZED = Float32Array.from({ length: COUNT }, (_, i) => (i < 16 ? 1 : 0));

export function describeUpdates(build: WasmBuild): void {
  describe(`updates, ${build} build`, () => {
    it.each([0, 0.2])('adam follows the reference, with weight decay %s', (weightDecay) => {
      const lab = new KernelLab(build);
      const start = randoms(COUNT);
      const zeros = (): Float64Array => new Float64Array(COUNT);
      const moments = { first: zeros(), second: zeros() };
      const expected = Float64Array.from(start);
      const [weights, penalized] = [lab.put(start), lab.put(PENALIZED)];
      const [first, second] = [lab.room(COUNT), lab.room(COUNT)];
      const [rate, beta1, beta2, epsilon] = [0.05, 0.9, 0.99, 1e-6];
      for (let update = 1; update <= 5; update++) {
        const gradient = randoms(COUNT);
        adam(
          { weights: expected, gradient: Float64Array.from(gradient), ...moments },
          {
            rate,
            beta1,
            beta2,
            epsilon,
            weightDecay,
            penalized: PENALIZED,
            updates: update,
          },
        );
        const arrays = [weights, lab.put(gradient), first, second, penalized, COUNT];
        const [stride, correction] = [rate / (1 - beta1 ** update), 1 / (1 - beta2 ** update)];
        // prettier-ignore
        lab.kernels.adam(...arrays, beta1, beta2, 1 - beta1, 1 - beta2, stride, correction, epsilon, rate * weightDecay);
      }
      expectClose(lab.get(weights, COUNT), expected, CLOSE);
    });

    it('sgd follows the reference', () => {
      const lab = new KernelLab(build);
      const start = randoms(COUNT);
      const speed = new Float64Array(COUNT);
      const expected = Float64Array.from(start);
      const [weights, velocity] = [lab.put(start), lab.room(COUNT)];
      for (let update = 0; update < 4; update++) {
        const gradient = randoms(COUNT);
        sgd(
          { weights: expected, gradient: Float64Array.from(gradient), velocity: speed },
          { rate: 0.1, momentum: 0.8 },
        );
        lab.kernels.sgd(weights, lab.put(gradient), velocity, COUNT, 0.1, 0.8);
      }
      expectClose(lab.get(weights, COUNT), expected, CLOSE);
    });

    it('penalties follow the reference; zeros and biases are not penalised', () => {
      const lab = new KernelLab(build);
      const [weights, gradient] = [randoms(COUNT), randoms(COUNT)];
      weights[3] = 0;
      const expected = Float64Array.from(gradient);
      const options = { l1: 0.3, l2: 0.7, penalized: PENALIZED };
      const sum = addPenalty(Float64Array.from(weights), expected, options);
      const at = lab.put(gradient);
      const penalized = lab.put(PENALIZED);
      const found = lab.kernels.addPenalty(lab.put(weights), at, penalized, COUNT, 0.3, 0.7);
      expect(found).toBeCloseTo(sum, 5);
      expectClose(lab.get(at, COUNT), expected, CLOSE);
      expect(lab.get(at, COUNT)[3]).toBe(gradient[3]);
    });

    it('clipping follows the reference', () => {
      const lab = new KernelLab(build);
      const gradient = randoms(COUNT, 3);
      const expected = Float64Array.from(gradient);
      clipByNorm(expected, 0.5);
      const at = lab.put(gradient);
      const norm = Math.sqrt(lab.kernels.sumOfSquares(at, COUNT));
      expect(norm).toBeCloseTo(Math.hypot(...gradient), 4);
      lab.kernels.scale(at, COUNT, 0.5 / norm);
      expectClose(lab.get(at, COUNT), expected, CLOSE);
    });

    it('dropout multiplies by its factors', () => {
      const lab = new KernelLab(build);
      const [x, factors] = [randoms(COUNT), randoms(COUNT)];
      const out = lab.room(COUNT);
      lab.kernels.dropOut(out, lab.put(x), lab.put(factors), COUNT);
      expect(lab.get(out, COUNT)).toEqual(x.map((value, i) => value * factors[i]));
    });
  });
}
