import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { inventedRobot } from '../fixtures/invented-robot.ts';
import { Folder, foresightHere } from './run.ts';

const SPEC = fileURLToPath(new URL('../../examples/robot/spec.json', import.meta.url));

interface Row {
  readonly name: string;
  readonly top1: number;
  readonly logLoss: number;
  readonly rmse: number;
}

/** That of examples/robot, but small. */
const CONFIG = {
  model: { contexts: 0, units: 24, feedForward: 0 },
  training: {
    epochs: 20,
    dropout: 0.1,
    fieldDropout: 0,
    heldOutFraction: 0.2,
    lossWeights: { values: 0.2 },
  },
};

describe('readings of an invented robot', () => {
  const folder = new Folder();
  afterAll(() => folder.remove());
  const readings = folder.write('robot.csv', inventedRobot());
  const config = folder.write('config.json', JSON.stringify(CONFIG));

  it('foresees changes of its move, and its sensors, on the last fifth of the run', async () => {
    const model = folder.file('robot.safetensors');
    const spec = ['--spec', SPEC];
    const args = ['train', readings, ...spec, '--config', config, '--out', model, '--json'];
    const { stdout, stderr } = await foresightHere(args);
    expect(stderr).toBe('');
    const { trainSteps, testSteps } = JSON.parse(stdout).split;
    expect(testSteps / (trainSteps + testSteps)).toBeCloseTo(0.2, 2);
    const scored = JSON.parse(
      (await foresightHere(['evaluate', model, readings, ...spec, '--json'])).stdout,
    );
    expect(scored.scored).toBe('changes');
    expect(scored.predictions).toBe(67);
    const rows: Row[] = scored.rows;
    const network = rows.find(({ name }) => name === 'model')!;
    const simple = rows.filter(({ name }) => /^(ngram|repeat)/.test(name));
    expect(simple).toHaveLength(6);
    for (const { logLoss, top1 } of simple) {
      expect(network.logLoss).toBeLessThan(logLoss - 0.3);
      expect(network.top1).toBeGreaterThan(top1 + 0.1);
    }
    expect(scored.continuous.targets).toHaveLength(24);
    const better = scored.continuous.targets.filter(
      ({ rows: [last, , own] }: { rows: Row[] }) => own.rmse < last.rmse,
    );
    expect(better.length).toBeGreaterThan(20);
  });
});
