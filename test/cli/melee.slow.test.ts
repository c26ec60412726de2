import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { BASELINES } from '../../src/evaluate/baselines.ts';
import { CATEGORY_BASELINES } from '../../src/evaluate/category-ngram.ts';
import { REAL_DATA } from '../fixtures/real-data.ts';
import { Folder, foresight } from './run.ts';

const MELEE = `${REAL_DATA}/melee.jsonl.gz`;

interface Row {
  readonly name: string;
  readonly top1: number;
  readonly logLoss: number;
  readonly ece: number;
}

interface AblationRow {
  readonly name: string;
  /** Nats worse than the whole model. */
  readonly difference: number;
}

/** The file's first line and those of its episodes of one game. */
function linesOfGame(game: string): string {
  const [header, ...episodes] = gunzipSync(readFileSync(MELEE)).toString().trim().split('\n');
  const wanted = episodes.filter((line) => JSON.parse(line).game === game);
  return [header, ...wanted, ''].join('\n');
}

describe('real recordings of players', () => {
  beforeEach(({ skip }) =>
    skip(!existsSync(MELEE), `${MELEE} is not there: name its folder in FORESIGHT_DATA`),
  );
  const folder = new Folder();
  afterAll(() => folder.remove());

  it('a model trained for half a minute beats everything simpler, and learns on, on games it never saw', async () => {
    const model = folder.file('melee.safetensors');
    // Fewer epochs than by default: what they add is for the tables, not for a test of minutes.
    const args = ['train', MELEE, '--out', model, '--seed', '1', '--epochs', '12', '--json'];
    const trained = await foresight(args);
    expect(trained.stderr).not.toMatch(/foresight:/);
    const { test, split } = JSON.parse(trained.stdout);
    expect(test.predictions).toBeGreaterThan(1500);
    expect(split.trainSessions.length + split.testSessions.length).toBe(13);
    const names = [...BASELINES, ...CATEGORY_BASELINES, 'ngram-mix', 'model', 'model-adaptive'];
    expect(test.rows.map(({ name }: Row) => name)).toEqual(names);
    const row = (name: string): Row => test.rows.find((other: Row) => other.name === name);
    expect(row('model').top1).toBeGreaterThan(row('majority').top1 + 0.25);
    expect(row('model').logLoss).toBeLessThan(row('ngram-1').logLoss);
    expect(row('model').logLoss).toBeLessThan(row('ngram-mix').logLoss);
    expect(row('model-adaptive').logLoss).toBeLessThan(row('model').logLoss);
    expect(row('model-adaptive').logLoss).toBeLessThan(row('ngram-mix').logLoss - 0.05);
    expect(row('model-adaptive').ece).toBeLessThan(0.03);
    // The saved file is opened and scored on one of these games alone.
    const [game] = split.testSessions;
    const one = folder.write('game.jsonl', linesOfGame(game));
    const scored = JSON.parse((await foresight(['evaluate', model, one, '--json'])).stdout);
    expect(scored.sessions).toEqual([game]);
    expect(scored.rows.map(({ name }: Row) => name)).toEqual(names);
    expect(scored.rows.at(-1).logLoss).toBeLessThan(scored.rows[0].logLoss - 1);
    // What each part is worth: the models without it are trained as this one was.
    const ablated = await foresight(['evaluate', model, one, '--ablation', '--json']);
    const { ablation }: { ablation: AblationRow[] } = JSON.parse(ablated.stdout);
    const worth = (name: string): number =>
      ablation.find((other) => other.name === name)!.difference;
    expect(worth('without experts')).toBeGreaterThan(0.1);
    expect(worth('without the feed-forward network')).toBeLessThan(worth('without experts'));
  });

  it('models of the other games are better than the mixed experts on games left out', async () => {
    const args = [
      'cross-validate',
      MELEE,
      '--folds',
      '4',
      '--seed',
      '1',
      '--epochs',
      '12',
      '--json',
    ];
    const report = JSON.parse((await foresight(args)).stdout);
    expect(report.predictions).toBe(14_930);
    const row = (name: string): Row => report.rows.find((other: Row) => other.name === name);
    expect(row('model').logLoss).toBeLessThan(row('ngram-mix').logLoss - 0.05);
    expect(row('model-adaptive').logLoss).toBeLessThan(row('model').logLoss);
    expect(row('model-adaptive').top1).toBeGreaterThan(0.51);
    expect(row('model-adaptive').ece).toBeLessThan(0.02);
  });
});
