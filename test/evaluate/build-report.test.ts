import { describe, expect, it } from 'vitest';
import { createBaselines } from '../../src/evaluate/baselines.ts';
import { evaluateCheckpoint, scorePredictors } from '../../src/evaluate/evaluate.ts';
import { leadingRow } from '../../src/evaluate/evaluation-report.ts';
import type { SequencePredictor } from '../../src/evaluate/sequence-predictor.ts';
import type { Episode } from '../../src/record/episode.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { timedEpisodes } from './timed.ts';

const training = timedEpisodes(3, 60, 1);
const { spec, episodes } = timedEpisodes(3, 80, 2);
const checkpoint = randomCheckpoint(training, { seed: 2 });

/** Predicts the same at every step, and counts its calls. */
function constant(name: string, shares: readonly number[]): SequencePredictor & { asked: number } {
  return {
    name,
    asked: 0,
    reset() {},
    next(_step, out) {
      this.asked++;
      out.set(shares);
    },
  };
}

const CERTAIN = [0.5, 0.25, 0.25];
const VAGUE = [1 / 3, 1 / 3, 1 / 3];

describe('a report', () => {
  it('runs each predictor once over the episodes', () => {
    const predictors = [constant('ngram-1', VAGUE), constant('model', CERTAIN)];
    scorePredictors(spec, episodes, predictors);
    expect(predictors.map(({ asked }) => asked)).toEqual([240, 240]);
  });

  it('is about the adaptive model where there is one', () => {
    expect(leadingRow(['majority', 'model', 'model-adaptive'])).toBe('model-adaptive');
    expect(leadingRow(['model', 'majority'])).toBe('model');
    expect(leadingRow(['majority', 'ngram-1'])).toBe('ngram-1');
  });

  it('scores choices separately: those of the spec, or those it is given', () => {
    const actions = createBaselines(3, checkpoint.trainedOn.actions);
    const strikes = 3 * 27; // Steps 1, 4, ... 79 of 0 to 79.
    const { choices } = scorePredictors(spec, episodes, actions);
    expect(choices?.predictions).toBe(strikes);
    expect(choices?.rows.map(({ name }) => name)).toEqual(actions.map(({ name }) => name));
    expect(choices?.rows.find(({ name }) => name === 'ngram-1')?.top1).toBe(1);
    const { choices: given } = evaluateCheckpoint(checkpoint, episodes, {
      choices: ['idle', 'hit'],
    });
    expect(given?.predictions).toBe(3 * 79 - strikes);
  });

  it('has no choices where none are named, and refuses unknown ones', () => {
    const unnamed = { ...spec, action: { actions: spec.action.actions } };
    const report = evaluateCheckpoint({ ...checkpoint, spec: unnamed }, episodes);
    expect('choices' in report).toBe(false);
    expect(() => evaluateCheckpoint(checkpoint, episodes, { choices: ['stirke'] })).toThrow(
      /"stirke" is not an action of "timed"\. Did you mean "strike"/,
    );
  });

  it('counts the minutes of an episode from its first tick', () => {
    const minute = spec.tickRate * 60;
    const ticks = [100, 101, minute + 99, minute + 100, 3 * minute + 100];
    const [first] = timedEpisodes(1, 5, 3).episodes;
    const episode: Episode = { ...first, ticks: Int32Array.from(ticks), endTick: ticks[4] };
    const predictors = [constant('majority', VAGUE), constant('model', CERTAIN)];
    const { byMinute } = scorePredictors(spec, [episode], predictors);
    // Actions 1, 2, 0, 1 after the first: only the 0 was guessed correctly.
    expect(byMinute.map(({ minute: at, predictions, top1 }) => [at, predictions, top1])).toEqual([
      [0, 2, 0],
      [1, 1, 1],
      [3, 1, 0],
    ]);
    expect(byMinute[1].logLoss).toBeCloseTo(Math.LN2, 12);
    expect(Object.keys(byMinute[0].rows)).toEqual(['majority']);
    expect(byMinute[0].rows.majority.logLoss).toBeCloseTo(Math.log(3), 12);
  });

  it('compares the log-loss of the leading row with every other, session by session', () => {
    const predictors = [constant('majority', VAGUE), constant('model', CERTAIN)];
    const { rows, intervals } = scorePredictors(spec, episodes, predictors);
    expect(intervals).toHaveLength(1);
    const [{ against, difference, low, high }] = intervals;
    expect(against).toBe('majority');
    expect(difference).toBeCloseTo(rows[0].logLoss - rows[1].logLoss, 12);
    // The three sessions have the same actions.
    expect(low).toBeCloseTo(difference, 12);
    expect(high).toBeCloseTo(difference, 12);
    const alone = scorePredictors(spec, [episodes[0]], predictors).intervals;
    expect(alone[0].low).toBeNaN();
  });

  it('scores the first 50 actions of each player apart, over all of their episodes', () => {
    // Right at each third step only: idle, strike, hit and again.
    const predictors = [constant('majority', VAGUE), constant('model', CERTAIN)];
    const [first, second, third] = timedEpisodes(3, 31, 4).episodes;
    const { session, character } = first;
    const again: Episode = { ...second, session, character };
    const { firstActions } = scorePredictors(spec, [first, again, third], predictors);
    // 30 and then 20 of the one player, 30 of the other.
    expect(firstActions).toMatchObject({ actions: 50, players: 2, predictions: 80 });
    expect(firstActions.rows[0]).toMatchObject({ name: 'majority' });
    expect(firstActions.rows[0].logLoss).toBeCloseTo(Math.log(3), 12);
    const idle = [30, 20, 30].reduce((sum, steps) => sum + Math.floor(steps / 3), 0);
    expect(firstActions.rows[1].top1).toBeCloseTo(idle / 80, 12);
  });

  it('has an interval over sessions for each row', () => {
    const predictors = [constant('majority', VAGUE), constant('model', CERTAIN)];
    // Two sessions of different lengths: every resample lies between their own scores.
    const [short, long] = [timedEpisodes(1, 3, 5).episodes[0], timedEpisodes(1, 80, 6).episodes[0]];
    const both = [short, { ...long, id: 'long', session: 'long' }];
    const { overSessions } = scorePredictors(spec, both, predictors);
    expect(overSessions.map(({ name }) => name)).toEqual(['majority', 'model']);
    const own = both.map((episode) => scorePredictors(spec, [episode], predictors).rows[1]);
    const [{ logLoss, top1 }] = overSessions.slice(1);
    const sorted = (values: number[]): number[] => values.sort((a, b) => a - b);
    const [lowLoss, highLoss] = sorted(own.map((row) => row.logLoss));
    const [lowHits, highHits] = sorted(own.map((row) => row.top1));
    expect(logLoss.low).toBeCloseTo(lowLoss, 12);
    expect(logLoss.high).toBeCloseTo(highLoss, 12);
    expect(top1.low).toBeCloseTo(lowHits, 12);
    expect(top1.high).toBeCloseTo(highHits, 12);
    const alone = scorePredictors(spec, [long], predictors).overSessions[0];
    expect(alone.logLoss).toEqual({ low: NaN, high: NaN });
  });

  it('shows the leading row action by action', () => {
    const { closeUp } = scorePredictors(spec, episodes, [constant('model', CERTAIN)]);
    expect(closeUp.name).toBe('model');
    // 79 steps an episode: strike and hit 26 or 27 times, and idle always guessed.
    expect(closeUp.actions).toEqual([
      { name: 'strike', count: 81, recall: 0, meanProbability: 0.25 },
      { name: 'idle', count: 78, recall: 1, meanProbability: 0.5 },
      { name: 'hit', count: 78, recall: 0, meanProbability: 0.25 },
    ]);
    expect(closeUp.confusion).toEqual([
      [0, 81, 0, 0],
      [0, 78, 0, 0],
      [0, 78, 0, 0],
    ]);
    const filled = closeUp.reliability.filter(({ predictions }) => predictions);
    expect(filled).toHaveLength(1);
    expect(filled[0].predictions).toBe(237);
    expect(filled[0].confidence).toBeCloseTo(0.5, 12);
    expect(filled[0].hits).toBeCloseTo(78 / 237, 12);
  });
});
