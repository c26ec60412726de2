import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { BASELINES } from '../../src/evaluate/baselines.ts';
import { Folder, foresight } from './run.ts';

const DATA =
  process.env.FORESIGHT_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const MELEE = `${DATA}/melee.jsonl.gz`;
const missing = existsSync(MELEE) ? '' : ` (skipped: ${MELEE} is not there)`;

describe.skipIf(missing)(`real recordings of players${missing}`, () => {
  const folder = new Folder();
  afterAll(() => folder.remove());

  it('a model trained for half a minute beats everything simpler, and learns on, on games it never saw', async () => {
    const model = folder.file('melee.safetensors');
    const args = ['train', MELEE, '--out', model, '--seed', '1', '--json'];
    const trained = await foresight(args);
    expect(trained.stderr).not.toMatch(/foresight:/);
    const scored = await foresight(['evaluate', model, MELEE, '--json']);
    const { predictions, rows, sessions, excludedSessions } = JSON.parse(scored.stdout);
    expect(predictions).toBeGreaterThan(1500);
    expect(sessions.length + excludedSessions.length).toBe(13);
    expect(rows.map(({ name }: { name: string }) => name)).toEqual([
      ...BASELINES,
      'ngram-mix',
      'model',
      'model-adaptive',
    ]);
    const row = (name: string) => rows.find((other: { name: string }) => other.name === name);
    expect(row('model').top1).toBeGreaterThan(row('majority').top1 + 0.25);
    expect(row('model').logLoss).toBeLessThan(row('ngram-1').logLoss);
    expect(row('model').logLoss).toBeLessThan(row('ngram-mix').logLoss);
    expect(row('model-adaptive').logLoss).toBeLessThan(row('model').logLoss);
    expect(row('model-adaptive').ece).toBeLessThan(0.03);
    expect(JSON.parse(trained.stdout).test.rows).toEqual(rows);
  }, 400_000);
});
