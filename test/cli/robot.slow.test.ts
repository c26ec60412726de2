import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { REAL_DATA } from '../fixtures/real-data.ts';
import { Folder, foresight } from './run.ts';

const ROBOT = `${REAL_DATA}/wall-following-robot.csv.gz`;
const EXAMPLE = fileURLToPath(new URL('../../examples/robot', import.meta.url));

interface Row {
  readonly name: string;
  readonly top1: number;
  readonly logLoss: number;
  readonly rmse: number;
}

describe('readings of a mobile robot', () => {
  beforeEach(({ skip }) =>
    skip(!existsSync(ROBOT), `${ROBOT} is not there: name its folder in FORESIGHT_DATA`),
  );
  const folder = new Folder();
  afterAll(() => folder.remove());

  it('foresees changes of its move, and its sensors, on the last fifth of the run', async () => {
    const model = folder.file('robot.safetensors');
    const spec = ['--spec', `${EXAMPLE}/spec.json`];
    const config = ['--config', `${EXAMPLE}/config.json`];
    const args = ['train', ROBOT, ...spec, ...config, '--out', model, '--json'];
    const trained = JSON.parse((await foresight(args)).stdout);
    expect(
      trained.split.testSteps / (trained.split.trainSteps + trained.split.testSteps),
    ).toBeCloseTo(0.2, 2);
    const scored = JSON.parse(
      (await foresight(['evaluate', model, ROBOT, ...spec, '--json'])).stdout,
    );
    expect(scored.scored).toBe('changes');
    expect(scored.predictions).toBe(77);
    const rows: Row[] = scored.rows;
    const network = rows.find(({ name }) => name === 'model')!;
    const simple = rows.filter(({ name }) => /^(ngram|repeat)/.test(name));
    expect(simple).toHaveLength(6);
    for (const { logLoss, top1 } of simple) {
      expect(network.logLoss).toBeLessThan(logLoss - 0.3);
      expect(network.top1).toBeGreaterThan(top1 + 0.05);
    }
    expect(scored.continuous.targets).toHaveLength(24);
    const better = scored.continuous.targets.filter(
      ({ rows: [last, , own] }: { rows: Row[] }) => own.rmse < last.rmse,
    );
    expect(better.length).toBeGreaterThan(20);
  });
});
