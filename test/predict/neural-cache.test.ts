import { describe, expect, it } from 'vitest';
import { cacheSteps, NeuralCache } from '../../src/predict/neural-cache.ts';
import { createRng } from '../../src/util/rng.ts';
import type { Rng } from '../../src/util/rng.ts';
import { randomCheckpoint } from './checkpoint.ts';
import { habitualEpisodes } from './habitual.ts';

const HIDDEN = 6;
const ACTIONS = 5;

const create = (steps = 100): NeuralCache =>
  new NeuralCache({ steps, hidden: HIDDEN, actions: ACTIONS });

/** A step of a player: the hidden state and the model's probabilities, and the action that came. */
interface Moment {
  readonly hidden: Float32Array;
  readonly model: Float64Array;
  readonly action: number;
}

const stateOf = (rng: Rng): Float32Array =>
  Float32Array.from({ length: HIDDEN }, () => 2 * rng.next() - 1);

function distribution(rng: Rng): Float64Array {
  const weights = Float64Array.from({ length: ACTIONS }, () => rng.next() ** 3);
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

function moments(count: number, seed: number): Moment[] {
  const rng = createRng(seed);
  // A few situations that come again, never exactly alike, so that near and far steps are among those kept.
  const kinds = Array.from({ length: 4 }, () => ({
    hidden: stateOf(rng),
    model: distribution(rng),
  }));
  return Array.from({ length: count }, () => {
    const { hidden, model } = kinds[rng.int(kinds.length)];
    const other = distribution(rng);
    return {
      hidden: hidden.map((value) => value + 0.3 * (rng.next() - 0.5)),
      model: model.map((p, a) => 0.8 * p + 0.2 * other[a]),
      action: rng.int(ACTIONS),
    };
  });
}

function mixed(cache: NeuralCache, { hidden, model }: Omit<Moment, 'action'>): Float64Array {
  const out = model.slice();
  cache.mix(hidden, out);
  return out;
}

/** The definition, from all moments before, without a ring and without running sums. */
function defined(before: readonly Moment[], now: Moment, steps: number): Float64Array {
  const mean = (of: (moment: Moment) => number): number =>
    before.reduce((sum, moment) => sum + of(moment), 0) / before.length;
  const variances = Array.from(
    now.hidden,
    (_, i) => mean(({ hidden }) => hidden[i] ** 2) - mean(({ hidden }) => hidden[i]) ** 2,
  );
  const variance = variances.reduce((a, b) => a + b, 0) / HIDDEN + 1e-6;
  const sums = now.model.map((p) => 7 * p);
  for (const { hidden, model, action } of before.slice(-steps)) {
    const far =
      (5 * hidden.reduce((sum, h, i) => sum + (h - now.hidden[i]) ** 2, 0)) / HIDDEN / variance;
    const unlike = model.reduce(
      (sum, p, a) => sum + (Math.sqrt(p) - Math.sqrt(now.model[a])) ** 2,
      0,
    );
    if (far < 10) sums[action] += Math.exp(-far - 5 * unlike);
  }
  const total = sums.reduce((a, b) => a + b);
  return sums.map((sum) => sum / total);
}

describe('cacheSteps', () => {
  it('is what the model has, and nothing for steps every n ticks', () => {
    const set = habitualEpisodes({ sessions: 1, length: 20, seed: 2 });
    const { spec, model } = randomCheckpoint(set, { seed: 1, model: { cache: 40 } });
    expect(cacheSteps({ spec, model })).toBe(40);
    const sampling = { kind: 'everyTicks', ticks: 6 } as const;
    expect(cacheSteps({ spec: { ...spec, sampling }, model })).toBe(0);
  });
});

describe('NeuralCache', () => {
  it.each([8, 40, 1000])('is the defined mixture with %d steps kept', (steps) => {
    const cache = create(steps);
    const all = moments(120, 3);
    let trust = [0.5, 0.5];
    all.forEach((now, t) => {
      const before = all.slice(0, t);
      const recalled = t ? defined(before, now, steps) : now.model;
      const expected = now.model.map((p, a) => trust[0] * p + trust[1] * recalled[a]);
      mixed(cache, now).forEach((p, a) => expect(p).toBeCloseTo(expected[a], 5));
      cache.learn(now.action);
      const learned = [trust[0] * now.model[now.action], trust[1] * recalled[now.action]];
      trust = learned.map((part) => (0.999 * part) / (learned[0] + learned[1]) + 0.0005);
    });
  });

  it('changes nothing before the first step', () => {
    const [now] = moments(1, 1);
    expect(mixed(create(), now)).toEqual(now.model);
  });

  it('expects again what came in the same situation, and nothing more in another one', () => {
    const cache = create();
    const [here] = moments(1, 5);
    const rare = here.model.indexOf(Math.min(...here.model));
    const elsewhere = { ...here, hidden: here.hidden.map((h) => h - 2) };
    for (let i = 0; i < 10; i++)
      for (const [moment, action] of [
        [here, rare],
        [elsewhere, (rare + 1) % ACTIONS],
      ] as const) {
        mixed(cache, moment);
        cache.learn(action);
      }
    expect(mixed(cache, here)[rare]).toBeGreaterThan(here.model[rare] + 0.2);
    const far = { ...here, hidden: here.hidden.map(() => 9) };
    mixed(cache, far).forEach((p, a) => expect(p).toBeCloseTo(far.model[a], 12));
  });

  it('costs at most ln 2 nats once and 0.0005 nats a step, whatever the player does', () => {
    const rng = createRng(9);
    const cache = create();
    const [here] = moments(1, 7);
    let lost = 0;
    for (let t = 0; t < 500; t++) {
      const out = mixed(cache, here);
      // Always the action that the cache has made the least of.
      const action = rng.next() < 0.1 ? rng.int(ACTIONS) : leastOf(out, here.model);
      lost += Math.log(here.model[action]) - Math.log(out[action]);
      cache.learn(action);
    }
    expect(lost).toBeLessThan(Math.LN2 + 500 * 0.00051);
    expect(lost).toBeGreaterThan(0);
  });

  it('learns nothing without a mixture, as at the beginning of an episode', () => {
    const cache = create();
    const [here] = moments(1, 7);
    cache.learn(1);
    mixed(cache, here);
    cache.reset();
    cache.learn(1);
    expect(mixed(cache, here)).toEqual(here.model);
  });

  it('mixes in a fork as it does itself, without a change of its own', () => {
    const [cache, same] = [create(), create()];
    const all = moments(40, 4);
    for (const one of [cache, same])
      for (const now of all.slice(0, 30)) {
        mixed(one, now);
        one.learn(now.action);
      }
    const fork = cache.fork();
    for (const now of all) expect(mixed(fork, now)).toEqual(mixed(same, now));
    same.reset();
    cache.learn(3);
    same.learn(3);
    for (const now of all.slice(30)) {
      expect(mixed(cache, now)).toEqual(mixed(same, now));
      for (const one of [cache, same]) one.learn(now.action);
    }
    // Later steps of the original are known to the fork after `copyFrom`.
    expect(mixed(fork.copyFrom(cache), all[0])).toEqual(mixed(cache, all[0]));
  });

  it('reports the share of the model', () => {
    const cache = create();
    const [here] = moments(1, 7);
    mixed(cache, here);
    expect(cache.modelShare).toBe(1);
    cache.learn(2);
    mixed(cache, here);
    expect(cache.modelShare).toBeCloseTo(0.5 + (0.5 * 7) / 8, 3);
  });

  it('fits networks of the same size alone', () => {
    const cache = create(10);
    const own = { steps: 10, hidden: HIDDEN, actions: ACTIONS };
    expect(cache.fits(own)).toBe(true);
    for (const change of [{ steps: 11 }, { hidden: 7 }, { actions: 4 }])
      expect(cache.fits({ ...own, ...change })).toBe(false);
  });
});

/** The action whose probability fell the most. */
function leastOf(out: Float64Array, model: Float64Array): number {
  let least = 0;
  for (let a = 1; a < out.length; a++) if (out[a] / model[a] < out[least] / model[least]) least = a;
  return least;
}
