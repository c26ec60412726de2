import { afterAll, describe, expect, it } from 'vitest';
import { BASELINES } from '../../src/evaluate/baselines.ts';
import { CATEGORY_BASELINES } from '../../src/evaluate/category-ngram.ts';
import { inventedFights } from '../fixtures/invented-fights.ts';
import { Folder, foresightHere } from './run.ts';

interface Row {
  readonly name: string;
  readonly top1: number;
  readonly logLoss: number;
  readonly ece: number;
}

/** Like what `foresight train` takes by default, but small. */
const CONFIG = {
  model: { units: 16, feedForward: 16, pieces: 8, contexts: 4 },
  training: { epochs: 12 },
};

describe('recordings of invented fights', () => {
  const folder = new Folder();
  afterAll(() => folder.remove());
  const text = inventedFights();
  const fights = folder.write('fights.jsonl', text);
  const config = folder.write('config.json', JSON.stringify(CONFIG));

  it('a model beats everything simpler, and learns on, on games it never saw', async () => {
    const model = folder.file('fights.safetensors');
    const args = ['train', fights, '--out', model, '--config', config, '--seed', '1', '--json'];
    const trained = await foresightHere(args);
    expect(trained.stderr).toBe('');
    const { test, split } = JSON.parse(trained.stdout);
    expect(test.predictions).toBeGreaterThan(750);
    const sessions = [...split.trainSessions, ...split.testSessions];
    expect(new Set(sessions).size).toBe(13);
    expect(sessions).toHaveLength(13);
    const names = [...BASELINES, ...CATEGORY_BASELINES, 'ngram-mix', 'model', 'model-adaptive'];
    expect(test.rows.map(({ name }: Row) => name)).toEqual(names);
    const row = (name: string): Row => test.rows.find((other: Row) => other.name === name);
    expect(row('model').top1).toBeGreaterThan(row('majority').top1 + 0.4);
    // They go by the distance and the opponent, which no n-gram sees.
    expect(row('model').logLoss).toBeLessThan(row('ngram-1').logLoss - 0.5);
    expect(row('model').logLoss).toBeLessThan(row('ngram-2-adaptive').logLoss - 0.4);
    expect(row('model').logLoss).toBeLessThan(row('ngram-mix').logLoss - 0.01);
    // Each has habits that only its own game shows.
    expect(row('model-adaptive').logLoss).toBeLessThan(row('model').logLoss - 0.02);
    expect(row('model-adaptive').logLoss).toBeLessThan(row('ngram-mix').logLoss - 0.04);
    expect(row('model-adaptive').ece).toBeLessThan(0.07);
    // The saved file is opened and scored on one of these games alone.
    const [game] = split.testSessions;
    const [header, ...episodes] = text.trim().split('\n');
    const wanted = episodes.filter((line) => JSON.parse(line).game === game);
    const one = folder.write('game.jsonl', [header, ...wanted, ''].join('\n'));
    const scored = JSON.parse((await foresightHere(['evaluate', model, one, '--json'])).stdout);
    expect(scored.sessions).toEqual([game]);
    expect(scored.rows.map(({ name }: Row) => name)).toEqual(names);
    expect(scored.rows.at(-1).logLoss).toBeLessThan(scored.rows[0].logLoss - 1);
  });
});
