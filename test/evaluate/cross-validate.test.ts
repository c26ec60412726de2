import { describe, expect, it } from 'vitest';
import { crossValidation } from '../../src/evaluate/cross-validate.ts';
import { evaluateCheckpoint } from '../../src/evaluate/evaluate.ts';
import { replayOf } from '../../src/train/replay.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const set = habitualEpisodes({ sessions: 2, length: 30, seed: 3 });
const sessions = [...new Set(set.episodes.map(({ session }) => session))];
const folds = sessions.map((session, seed) => {
  const checkpoint = randomCheckpoint(set, { seed, model: { contexts: 1 } });
  return {
    checkpoint,
    replay: replayOf(checkpoint, []),
    episodes: set.episodes.filter((episode) => episode.session === session),
  };
});

describe('crossValidation', () => {
  it('is the mean over the sessions of each fold, scored with the model of that fold', () => {
    const { rows, predictions } = crossValidation(folds);
    const apart = folds.map(({ checkpoint, episodes, replay }) =>
      evaluateCheckpoint(checkpoint, episodes, { replay }),
    );
    expect(predictions).toBe(apart[0].predictions + apart[1].predictions);
    rows.forEach(({ name, logLoss, top1 }, i) => {
      const own = apart.map((report) => report.rows[i]);
      expect(own.map((row) => row.name)).toEqual([name, name]);
      const mean = (key: 'logLoss' | 'top1'): number =>
        apart.reduce((sum, report, f) => sum + report.predictions * own[f][key], 0) / predictions;
      expect(logLoss).toBeCloseTo(mean('logLoss'), 10);
      expect(top1).toBeCloseTo(mean('top1'), 10);
    });
    const model = rows.find(({ name }) => name === 'model')!;
    expect(model.logLoss).not.toBeCloseTo(apart[0].rows.at(-2)!.logLoss, 3);
  });

  it('refuses a session that is in two folds', () => {
    const [first, second] = folds;
    expect(() => crossValidation([first, { ...second, episodes: first.episodes }])).toThrow(
      /in two folds/,
    );
    expect(() => crossValidation([])).toThrow(RangeError);
  });
});
