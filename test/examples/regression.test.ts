import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { chart } from '../../examples/regression/chart.ts';
import { makeSeries, seriesCsv, STEPS } from '../../examples/regression/series.ts';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import { Folder, foresightHere } from '../cli/run.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/regression', import.meta.url));
const folder = new Folder();
afterAll(() => folder.remove());

describe('series', () => {
  it('are the same for the same seed', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => makeSeries({ sequences: 3, seed }));
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
    expect(one.map(({ length }) => length)).toEqual([STEPS + 1, STEPS + 1, STEPS + 1]);
    expect(seriesCsv(one).split('\n', 2)).toEqual(['sequence,value', `1,${one[0][0].toFixed(4)}`]);
  });
});

describe('chart', () => {
  it('draws a perfect prediction on the diagonal', () => {
    const svg = chart(
      [
        { actual: 0, predicted: 0 },
        { actual: 1, predicted: 1 },
      ],
      'two',
    );
    expect(svg).toMatch(/^<svg xmlns/);
    const diagonal = /<path d="M([\d.,]+)L([\d.,]+)"\/>/.exec(svg)!;
    expect(svg).toContain(`M${diagonal[1]}h.01M${diagonal[2]}h.01`);
  });
});

describe('the classic set-up', () => {
  it('has the architecture of the config, and beats persistence after a few epochs', async () => {
    const [train, test] = [1, 2].map((seed) =>
      folder.write(`${seed}.csv`, seriesCsv(makeSeries({ sequences: 300, seed }))),
    );
    const model = folder.file('series.safetensors');
    const spec = ['--spec', `${EXAMPLE}/spec.json`];
    const config = ['--config', `${EXAMPLE}/config.json`];
    const args = ['train', train, ...spec, ...config, '--epochs', '10', '--test-fraction', '0'];
    expect((await foresightHere([...args, '--out', model])).code).toBe(0);
    const checkpoint = parseCheckpoint(new Uint8Array(readFileSync(model)));
    expect(checkpoint.shape).toMatchObject({ cell: 'lstm', layers: 2, units: 50, values: 1 });
    // Only one linear output, on the value.
    expect(checkpoint.model).toMatchObject({ pieces: 0, feedForward: 0, contexts: 0 });
    expect(checkpoint.training).toMatchObject({
      batchSize: 32,
      windowLength: 10,
      heldOutFraction: 0.2,
      optimizer: { kind: 'adam', weightDecay: 0 },
      lossWeights: { action: 0, values: 1 },
    });
    const scored = await foresightHere(['evaluate', model, test, ...spec, '--json']);
    const [{ predictions, rows }] = JSON.parse(scored.stdout).continuous.targets;
    expect(predictions).toBe(300 * STEPS);
    const [last, , network] = rows;
    expect(network.rmse).toBeLessThan(last.rmse);
  });
});
