import { afterAll, describe, expect, it } from 'vitest';
import { BASELINES } from '../../src/evaluate/baselines.ts';
import { CATEGORY_BASELINES } from '../../src/evaluate/category-ngram.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { Folder, foresightHere } from './run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const set = habitualEpisodes({ sessions: 5, length: 60, seed: 1 });
const games = folder.write('games.jsonl', writeJsonLines(set));
const config = folder.write(
  'config.json',
  JSON.stringify({
    model: { contexts: 1, units: 8, feedForward: 8 },
    training: { windowLength: 16, learningRate: { rate: 0.02 } },
  }),
);
const validate = (...args: string[]) =>
  foresightHere(['cross-validate', ...args, '--config', config]);

describe('foresight cross-validate', () => {
  it('predicts every session with a model of the others, and scores all of them together', async () => {
    const { code, stdout } = await validate(games, '--folds', '3', '--epochs', '8', '--json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.predictions).toBe(set.episodes.length * 59);
    expect(report.rows.map(({ name }: { name: string }) => name)).toEqual([
      ...BASELINES,
      ...CATEGORY_BASELINES,
      'ngram-mix',
      'model',
      'model-adaptive',
    ]);
    const sessions = new Set(set.episodes.map(({ session }) => session));
    const tested = report.folds.flatMap(({ testSessions }: Fold) => testSessions);
    expect(tested.sort()).toEqual([...sessions].sort());
    expect(report.folds.map(({ testSessions }: Fold) => testSessions.length)).toEqual([2, 2, 1]);
    for (const { trainSessions, testSessions } of report.folds as Fold[])
      expect(new Set([...trainSessions, ...testSessions])).toEqual(sessions);
    const row = (name: string) => report.rows.find((one: { name: string }) => one.name === name);
    expect(row('model').logLoss).toBeLessThan(row('majority').logLoss - 0.3);
    expect(report.intervals[0].low).toBeLessThan(report.intervals[0].high);
  });

  it('uses at most as many folds as sessions, and reports them in text', async () => {
    const { code, stdout, progress } = await validate(games, '--epochs', '1', '--threads', '1');
    expect(code).toBe(0);
    expect(progress).toMatch(
      /^Fold 1 of 5: without [^]*epoch 1\/1 [^]*Scoring all folds\.\.\.\n[^]*Scoring model-adaptive: 10 20 [^]* 90 100 %\n$/,
    );
    expect(stdout).toMatch(/^predictor +top-1/);
    expect(stdout).toMatch(
      /590 steps of 5 sessions, each predicted by a model of the others: 5 models/,
    );
    expect(stdout).toMatch(/^log-loss in minute/m);
  });

  it('reports the same for every number of threads', async () => {
    const runs = await Promise.all(
      ['1', '3'].map((threads) =>
        validate(games, '--folds', '2', '--epochs', '2', '--json', '--threads', threads),
      ),
    );
    const [one, three] = runs.map(({ stdout }) => ({ ...JSON.parse(stdout), seconds: 0 }));
    expect(three).toEqual(one);
    expect(runs[1].progress).toMatch(
      /^(Fold [12] of 2: without .*: 10 20 .* 100 %\n){2}Scoring all folds/,
    );
  });

  it('requires files and more than one session', async () => {
    const none = await foresightHere(['cross-validate']);
    expect(none.code).toBe(2);
    expect(none.stderr).toMatch(/at least one file/);
    const [{ session }] = set.episodes;
    const own = { ...set, episodes: set.episodes.filter((one) => one.session === session) };
    const lone = await validate(folder.write('lone.jsonl', writeJsonLines(own)));
    expect(lone.code).toBe(1);
    expect(lone.stderr).toMatch(/Record more sessions/);
  });
});

interface Fold {
  readonly trainSessions: readonly string[];
  readonly testSessions: readonly string[];
}
