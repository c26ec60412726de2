import { describe, expect, it } from 'vitest';
import { categoryBaselines } from '../../src/evaluate/category-ngram.ts';
import { scorePredictors } from '../../src/evaluate/evaluate.ts';
import type { SequencePredictor } from '../../src/evaluate/sequence-predictor.ts';
import type { Episode } from '../../src/record/episode.ts';
import { stepAt } from '../../src/record/episode.ts';
import { boolean, category, defineSpec, id, number } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';

const MOVES = ['rock', 'paper', 'scissors'];
const PLACES = Array.from({ length: 200 }, (_, i) => `place ${i}`);

/** A player who beats the rival's last move; where they stand means nothing. */
const SPEC = defineSpec({
  name: 'follower',
  observation: [
    category('place', PLACES),
    boolean('coin'),
    category('rival', MOVES),
    id('name'),
    number('time'),
  ],
  action: MOVES,
});

interface Play {
  readonly seed: number;
  readonly length?: number;
  /** Added to the rival's move to get the answer. */
  readonly answer?: number;
}

function play({ seed, length = 200, answer = 1 }: Play): Episode {
  const rng = createRng(seed);
  const rival = Array.from({ length }, () => rng.int(3));
  const actions = rival.map((_, i) => (rng.next() < 0.1 ? rng.int(3) : rival[i - 1] + answer) % 3);
  actions[0] = 0;
  const columns = [
    rival.map(() => rng.int(200)),
    rival.map(() => rng.int(2)),
    rival,
    rival.map(() => rng.int(1000)),
    rival.map((_, i) => i),
  ];
  return {
    id: `play ${seed}`,
    session: `play ${seed}`,
    character: 'follower',
    end: 'terminated',
    endTick: length,
    learn: true,
    meta: {},
    length,
    ticks: Int32Array.from({ length }, (_, i) => i),
    actions: Uint16Array.from(actions),
    columns: columns.map((values) => Float32Array.from(values)),
  };
}

function predicted(predictor: SequencePredictor, episode: Episode): number[] {
  const out = new Float64Array(3);
  predictor.reset();
  for (let i = 0; i < episode.length; i++) predictor.next(stepAt(episode, i), out);
  return [...out];
}

const training = [play({ seed: 1 }), play({ seed: 2 })];

describe('baselines that see a category', () => {
  it('find the field that predicts best, whatever the number of values of the others', () => {
    const rows = categoryBaselines(SPEC, training);
    expect(rows.map(({ name }) => name)).toEqual(['ngram-category', 'ngram-category-adaptive']);
    const { rows: scores } = scorePredictors(SPEC, [play({ seed: 3 })], rows);
    for (const { top1, logLoss } of scores) {
      expect(top1).toBeGreaterThan(0.85);
      expect(logLoss).toBeLessThan(0.5);
    }
  });

  it('look back up to three steps where older ones tell more', () => {
    // The answer to the rival's move before the last one.
    const late = (seed: number): Episode => {
      const episode = play({ seed });
      const { actions, columns } = episode;
      for (let i = 2; i < actions.length; i++) actions[i] = (columns[2][i - 2] + 1) % 3;
      return episode;
    };
    const [frozen] = categoryBaselines(SPEC, [late(1), late(2), late(3)]);
    const [{ top1 }] = scorePredictors(SPEC, [late(4)], [frozen]).rows;
    expect(top1).toBeGreaterThan(0.9);
  });

  it('learn from the steps they are given only where they are adaptive', () => {
    const other = play({ seed: 4, answer: 2 });
    const [frozen, adaptive] = categoryBaselines(SPEC, training);
    const known = play({ seed: 5, length: 9 });
    const before = predicted(frozen, known);
    predicted(frozen, other);
    expect(predicted(frozen, known)).toEqual(before);
    const { rows } = scorePredictors(
      SPEC,
      [other, play({ seed: 6, answer: 2 })],
      [frozen, adaptive],
    );
    expect(rows[1].logLoss).toBeLessThan(rows[0].logLoss - 0.5);
  });

  it('give every action a chance, also for values that are missing or were never seen', () => {
    const [frozen] = categoryBaselines(SPEC, training);
    const odd = play({ seed: 7, length: 5 });
    odd.columns[2].fill(NaN);
    const p = predicted(frozen, odd);
    expect(Math.min(...p)).toBeGreaterThan(0);
    expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('do not exist without such a field, or without training', () => {
    const plain = defineSpec({ name: 'plain', observation: [number('x')], action: MOVES });
    expect(categoryBaselines(plain, training)).toEqual([]);
    expect(categoryBaselines(SPEC, [])).toEqual([]);
    expect(categoryBaselines(SPEC, [play({ seed: 1, length: 0 })])).toEqual([]);
  });
});
