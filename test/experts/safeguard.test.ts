import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Safeguard } from '../../src/experts/safeguard.ts';
import type { SimpleModel } from '../../src/experts/simple-model.ts';
import {
  copyPopulation,
  SIMPLE_MODELS,
  simplePopulation,
} from '../../src/experts/simple-models.ts';
import type { Episode, Step } from '../../src/record/episode.ts';
import { category, defineSpec } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';
import type { Rng } from '../../src/util/rng.ts';
import { finish } from '../../src/util/slices.ts';

const SPEC = defineSpec({
  name: 'test',
  observation: [category('seen', ['a', 'b', 'c', 'd'])],
  action: ['w', 'x', 'y', 'z'],
});
const ACTIONS = 4;
const PREDICTORS = 2 + SIMPLE_MODELS.length;
const STEPS = 1000;

const step = (action: number, seen = NaN): Step => ({
  tick: 0,
  action,
  values: Float32Array.of(seen),
});

const create = (actions: readonly (readonly number[])[] = []): Safeguard => {
  const population = finish(simplePopulation({ spec: SPEC, trainedOn: { actions } }));
  return new Safeguard({ population: copyPopulation(population), actions: ACTIONS });
};

const EPISODE: Episode = {
  id: '',
  session: '',
  character: 'player',
  end: 'terminated',
  endTick: 0,
  learn: true,
  meta: {},
  length: 0,
  ticks: new Int32Array(200),
  actions: new Uint16Array(0),
  columns: [new Float32Array(200)],
};

/** What the safeguard makes of the model's probabilities after its newest action. */
function mixed(safeguard: Safeguard, model: readonly number[] = [0.1, 0.2, 0.3, 0.4]): number[] {
  const out = Float64Array.from(model);
  safeguard.mix(out);
  return [...out];
}

function play(safeguard: Safeguard, actions: readonly number[]): void {
  for (const action of actions) {
    safeguard.observe(step(action));
    mixed(safeguard);
  }
}

/** Predictors that may do anything: each returns the probabilities [A] of the next action. */
type Adversary = (rng: Rng) => (step: number, predictor: number) => Float64Array;

const drawn = (rng: Rng, peak: number): Float64Array => {
  const weights = Float64Array.from({ length: ACTIONS }, () => rng.next() ** peak + 1e-9);
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
};

const ADVERSARIES: Readonly<Record<string, Adversary>> = {
  'are random': (rng) => () => drawn(rng, 1),
  'are random and sure': (rng) => () => drawn(rng, 40),
  'are each sure of an action of its own': () => (_step, predictor) =>
    Float64Array.from({ length: ACTIONS }, (_, a) => (a === predictor % ACTIONS ? 0.97 : 0.01)),
  'take turns in being right': (rng) => (at, predictor) =>
    Math.floor(at / 50) % PREDICTORS === predictor
      ? Float64Array.of(0.97, 0.01, 0.01, 0.01)
      : drawn(rng, 5),
  'are right only late': (rng) => (at, predictor) =>
    at > 100 * predictor ? Float64Array.of(0.97, 0.01, 0.01, 0.01) : drawn(rng, 20),
};

/** Priors of the simple models. */
const priors = fc
  .array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
    minLength: PREDICTORS - 1,
    maxLength: PREDICTORS - 1,
  })
  .map((shares) => shares.map((share) => share / shares.reduce((a, b) => a + b)));

/** The most nats that the mix may lose to a predictor of that prior, over 1,000 steps. */
const price = (prior: number): number =>
  -Math.log(prior) - (STEPS - 1) * Math.log(1 - 1e-4 * (1 - prior)) + 1e-9;

describe('Safeguard', () => {
  it('costs 2 nats in 1,000 steps where the training data shows which simple model is best, else 6', () => {
    // The longest context is sure of a fixed order first.
    const clear = create([Array.from({ length: 900 }, (_, i) => [0, 1, 2, 1][i % 4])]).trust;
    expect(clear[0]).toBe(0.6);
    expect(price(clear[6])).toBeLessThan(2);
    clear.forEach((prior) => expect(price(prior)).toBeLessThan(6));
    expect(price(clear.at(-1)!)).toBe(price(clear[6]));
    // Where it shows nothing.
    create().trust.forEach((prior) => expect(price(prior)).toBeLessThan(4));
  });

  describe.each(Object.keys(ADVERSARIES))('with predictors that %s', (name) => {
    it.each(['at random', 'at the worst for the mix', 'at the best for one of them'])(
      'is never worse than any of them by more than its price, actions chosen %s',
      (player) => {
        fc.assert(
          fc.property(fc.nat(), fc.nat(PREDICTORS - 1), priors, (seed, favourite, prior) => {
            const rng = createRng(seed);
            const predict = ADVERSARIES[name](rng);
            const now = Array.from({ length: PREDICTORS }, () => new Float64Array(ACTIONS));
            const [frozen, ...models] = now
              .slice(1)
              .reverse()
              .map((own): SimpleModel => {
                const model: SimpleModel = {
                  learn() {},
                  probabilities(_history, out) {
                    out.set(own);
                    return out;
                  },
                  clone: () => model,
                };
                return model;
              });
            const symbolOf = ({ action }: Step) => action;
            const population = { models: models.reverse(), frozen, prior, symbolOf };
            const safeguard = new Safeguard({ population, actions: ACTIONS });
            const first = [...safeguard.trust];
            const alone = new Float64Array(PREDICTORS);
            const out = new Float64Array(ACTIONS);
            let loss = 0;
            let action = 0;
            for (let at = 0; at < STEPS; at++) {
              now.forEach((own, predictor) => own.set(predict(at, predictor)));
              safeguard.observe(step(action));
              out.set(now[0]);
              safeguard.mix(out);
              const score = (a: number): number =>
                player === 'at the worst for the mix'
                  ? -out[a]
                  : player === 'at random'
                    ? rng.next()
                    : now[favourite][a] / out[a];
              action = [0, 1, 2, 3].reduce((a, b) => (score(b) > score(a) ? b : a));
              loss -= Math.log(out[action]);
              now.forEach((own, predictor) => (alone[predictor] -= Math.log(own[action])));
            }
            alone.forEach((own, i) => expect(loss - own).toBeLessThanOrEqual(price(first[i])));
          }),
          { numRuns: 8, seed: 1 },
        );
      },
    );
  });

  it('leaves to the model whether the action changes where only changes count', () => {
    const population = copyPopulation(
      finish(simplePopulation({ spec: SPEC, trainedOn: { actions: [] } })),
    );
    const guarded = new Safeguard({ population, actions: ACTIONS, changes: true });
    // Each action three times.
    const actions = Array.from({ length: 240 }, (_, i) => Math.floor(i / 3) % 4);
    for (const [i, action] of actions.entries()) {
      const before = [...guarded.trust];
      guarded.observe(step(action));
      if (i % 3) expect([...guarded.trust]).toEqual(before);
      const model = [0.1, 0.1, 0.1, 0.1];
      model[action] = 0.7;
      const out = mixed(guarded, model);
      expect(out[action]).toBe(0.7);
      expect(out.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      mixed(guarded, model).forEach((again, a) => expect(again).toBeCloseTo(out[a], 12));
    }
    // After 3 comes 0, if anything else.
    expect(mixed(guarded, [0.1, 0.1, 0.1, 0.7])[0]).toBeGreaterThan(0.2);
    const sure = mixed(guarded, [0, 0, 0, 1]);
    expect(sure).toEqual([0, 0, 0, 1]);
  });

  it('begins with most of the trust in the model, and gives a distribution', () => {
    const safeguard = create();
    expect(safeguard.trust[0]).toBe(0.6);
    expect([...safeguard.trust].reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    safeguard.observe(step(1));
    expect(mixed(safeguard).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('finds what depends on a category that the checkpoint names', () => {
    const rng = createRng(1);
    const context = { field: 'seen', steps: 1, kept: 'category-first' } as const;
    const trainedOn = { actions: [], category: { context, pairs: [] } };
    const population = copyPopulation(finish(simplePopulation({ spec: SPEC, trainedOn })));
    const safeguard = new Safeguard({ population, actions: ACTIONS });
    let seen = 0;
    for (let i = 0; i < 300; i++) {
      const next = step(seen, (seen = rng.int(4)));
      safeguard.observe(next);
      mixed(safeguard);
    }
    expect(safeguard.trust).toHaveLength(PREDICTORS + 1);
    expect(mixed(safeguard)[seen]).toBeGreaterThan(0.8);
    const fork = safeguard.fork();
    fork.suppose(step(seen, 3));
    expect(mixed(fork)[3]).toBeGreaterThan(0.8);
    safeguard.observe(step(seen, NaN));
    expect(Math.min(...mixed(safeguard))).toBeGreaterThan(0);
  });

  it('finds a habit that the model does not know, and keeps it over episodes', () => {
    const safeguard = create();
    play(
      safeguard,
      Array.from({ length: 60 }, (_, i) => i % 4),
    );
    expect(mixed(safeguard)[0]).toBeGreaterThan(0.8);
    const trust = [...safeguard.trust];
    safeguard.reset();
    safeguard.observe(step(0));
    expect([...safeguard.trust]).toEqual(trust);
    expect(mixed(safeguard)[1]).toBeGreaterThan(0.3);
  });

  it('gives the same when it mixes again, and learns once', () => {
    const [once, twice] = [create(), create()];
    for (const action of [0, 1, 2, 0, 1]) {
      once.observe(step(action));
      twice.observe(step(action));
      expect(mixed(once)).toEqual((mixed(twice, [1, 0, 0, 0]), mixed(twice)));
    }
    expect(twice.trust).toEqual(once.trust);
  });

  it('does not learn from what a fork supposes', () => {
    const actions = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1];
    const [forked, plain] = [create(), create()];
    play(forked, actions);
    play(plain, actions);
    const fork = forked.fork();
    const first = mixed(forked);
    for (const action of [2, 3, 3, 3]) {
      fork.suppose(step(action));
      mixed(fork);
    }
    expect(mixed(forked)).toEqual(first);
    play(forked, [2, 3]);
    play(plain, [2, 3]);
    expect(mixed(forked)).toEqual(mixed(plain));
    expect(forked.trust).toEqual(plain.trust);
    // A fork can be used again, also for another player.
    const other = create([[3, 3, 3, 3, 3]]);
    play(other, [3, 3, 0, 3]);
    fork.copyFrom(other);
    fork.suppose(step(3));
    const own = other.fork();
    own.suppose(step(3));
    expect(mixed(fork)).toEqual(mixed(own));
  });

  it('supposes what it would predict next, until it learns', () => {
    const safeguard = create([[0, 1, 2, 3, 0, 1, 2, 3]]);
    play(safeguard, [0, 1, 2]);
    const fork = safeguard.fork();
    fork.suppose(step(3));
    expect(mixed(fork)[0]).toBeGreaterThan(0.25);
  });

  it('recalls earlier episodes', () => {
    const habit = Array.from({ length: 40 }, (_, i) => i % 4);
    const [known, stranger] = [create(), create()];
    known.recall([{ ...EPISODE, length: 40, actions: Uint16Array.from(habit) }]);
    for (const safeguard of [known, stranger]) safeguard.observe(step(2));
    expect(mixed(known)[3]).toBeGreaterThan(mixed(stranger)[3] + 0.03);
  });

  it('recalls the categories of earlier episodes', () => {
    const context = { field: 'seen', steps: 1, kept: 'category-first' } as const;
    const trainedOn = { actions: [], category: { context, pairs: [] } };
    const mixedAfter = (recalled: readonly Episode[]): number => {
      const population = copyPopulation(finish(simplePopulation({ spec: SPEC, trainedOn })));
      const safeguard = new Safeguard({ population, actions: ACTIONS });
      safeguard.recall(recalled);
      safeguard.observe(step(0, 2));
      return mixed(safeguard)[2];
    };
    const rng = createRng(5);
    const seen = Array.from({ length: 200 }, () => rng.int(4));
    const episode = {
      ...EPISODE,
      length: seen.length,
      actions: Uint16Array.from(seen, (_, i) => seen[i - 1] ?? 0),
      columns: [Float32Array.from(seen)],
    };
    expect(mixedAfter([episode])).toBeGreaterThan(mixedAfter([]) + 0.02);
  });

  it('begins with the trust that it had in a player before', () => {
    const before = create();
    play(
      before,
      Array.from({ length: 60 }, (_, i) => i % 4),
    );
    const next = create();
    next.follow(before);
    expect(next.trust).toEqual(before.trust);
    expect(next.trust[0]).toBeLessThan(0.1);
  });
});
