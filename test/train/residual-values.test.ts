import { describe, expect, it } from 'vitest';
import { linearAutoregression } from '../../src/evaluate/value-baselines.ts';
import { measureErrors, modelValues } from '../../src/evaluate/value-predictor.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { defineSpec, number } from '../../src/record/spec.ts';
import { createCpuBackend } from '../../src/train/cpu-backend.ts';
import { train } from '../../src/train/trainer.ts';
import { swings } from '../dataset/swings.ts';

const SPEC = defineSpec({
  name: 'swing',
  sampling: { kind: 'everyTicks', ticks: 1 },
  observation: [number('angle')],
  action: ['none', 'unused'],
});

const TARGETS = [{ column: 0, resolution: 0.001 }];

async function trained() {
  const run = train({
    spec: SPEC,
    episodes: swings(5, 1),
    model: { units: 8, timeBins: 0, continuous: ['angle'], valueTarget: 'residual' },
    training: { epochs: 2, lossWeights: { action: 0 } },
    createBackend: createCpuBackend,
  });
  let item = await run.next();
  while (!item.done) item = await run.next();
  return item.value.checkpoint;
}

describe('a network of residuals', () => {
  it('is nearly as good as a regression on a linear system, also when read from a file', async () => {
    const checkpoint = await trained();
    const test = swings(2, 2);
    const linear = linearAutoregression([{ column: 0, mean: 0, scale: 1 }], swings(5, 1));
    const [best] = measureErrors(linear, test, TARGETS);
    const [own] = measureErrors(modelValues(checkpoint), test, TARGETS);
    expect(own.rmse).toBeLessThan(1.1 * best.rmse);
    const read = parseCheckpoint(serializeCheckpoint(checkpoint));
    expect(read).toEqual(checkpoint);
    expect(measureErrors(modelValues(read), test, TARGETS)).toEqual([own]);
  });
});
