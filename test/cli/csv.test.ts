import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { createRng } from '../../src/util/rng.ts';
import { Folder, foresightHere } from './run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

/** A car on a winding road at 10 Hz, whose controls follow from their past values. */
function drivingLog(rows: number): string {
  const rng = createRng(7);
  let [bend, drift, speed] = [0, 0, 15];
  const lines = ['time,steering,throttle,brake,speed'];
  for (let i = 0; i < rows; i++) {
    drift += -0.02 * bend - 0.05 * drift + 0.01 * rng.normal();
    bend += drift;
    const wanted = 20 - 12 * Math.abs(bend);
    const throttle = Math.max(0, Math.min(1, (wanted - speed) / 5));
    const brake = Math.max(0, Math.min(1, (speed - wanted) / 5));
    speed += 0.3 * throttle - 0.6 * brake;
    lines.push([i / 10, bend, throttle, brake, speed].map((x) => x.toFixed(4)).join(','));
  }
  return `${lines.join('\n')}\n`;
}

const log = folder.write('drive.csv.gz', gzipSync(drivingLog(1500)));
const spec = folder.write(
  'drive.json',
  JSON.stringify({
    name: 'driving',
    tickRate: 10,
    tick: { column: 'time', unit: 'seconds' },
    fields: ['steering', 'throttle', 'brake', { column: 'speed', unit: 'm/s' }],
    continuous: ['steering', 'throttle', 'brake', 'speed'],
  }),
);
const model = folder.file('drive.safetensors');
const config = folder.write(
  'config.json',
  JSON.stringify({
    model: { units: 16 },
    training: { epochs: 8, dropout: 0, fieldDropout: 0, learningRate: { rate: 0.01 } },
  }),
);

async function json(args: readonly string[]) {
  const { code, stdout, stderr } = await foresightHere([...args, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

const saved = (): Checkpoint => parseCheckpoint(new Uint8Array(readFileSync(model)));

describe('a driving log without actions', () => {
  let trained: Awaited<ReturnType<typeof json>>;
  beforeAll(async () => {
    const args = ['train', log, '--spec', spec, '--config', config, '--out', model];
    trained = await json(args);
  });

  it('looks back 5 seconds and predicts changes of every control', () => {
    const checkpoint = saved();
    expect(checkpoint.training.windowLength).toBe(50);
    expect(checkpoint.model).toMatchObject({
      continuous: ['steering', 'throttle', 'brake', 'speed'],
      valueTarget: 'change',
      contexts: 0,
    });
    expect(checkpoint.training.lossWeights).toMatchObject({ action: 0, values: 1 / 4 });
    expect(checkpoint.metrics.values).toEqual({
      from: 'held-out',
      deviations: {
        steering: expect.any(Number),
        throttle: expect.any(Number),
        brake: expect.any(Number),
        speed: expect.any(Number),
      },
    });
  });

  it('holds out the last 20 % of the time', () => {
    const { testSessions, trainSteps, testSteps } = trained.split;
    expect([trainSteps, testSteps]).toEqual([1200, 300]);
    expect(testSessions).toEqual(
      [17, 18, 19, 20].map((part) => expect.stringMatching(new RegExp(`part ${part} of 20$`))),
    );
    expect(trained.test).toBeNull();
  });

  it('has no scores of an action that does not exist', () => {
    expect(trained.metrics).toEqual({
      epochs: expect.any(Number),
      loss: expect.any(Number),
      heldOutLoss: expect.any(Number),
      values: expect.anything(),
    });
  });

  it('is scored on the next values, better than persistence', async () => {
    const scored = await json(['evaluate', model, log, '--spec', spec]);
    expect(scored.continuous).toEqual(trained.continuous);
    expect(scored).toMatchObject({ predictions: 0, rows: [] });
    expect(scored.excludedSessions).toHaveLength(16);
    const steering = scored.continuous.targets[0];
    expect(steering.name).toBe('steering');
    expect(steering.rows.map(({ name }: { name: string }) => name)).toEqual([
      'persistence',
      'linear',
      'model',
    ]);
    const [last, linear, network] = steering.rows;
    expect(network.rmse).toBeLessThan(last.rmse);
    expect(network.logLikelihood).toBeGreaterThan(last.logLikelihood);
    expect(linear.rmse).toBeLessThan(last.rmse);
  });

  it('is reported in a page of values alone', async () => {
    const page = folder.file('drive.html');
    const args = ['evaluate', model, log, '--spec', spec, '--report', page];
    const { code, stdout } = await foresightHere(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^steering .*\n(.*\n)*\nReport saved: .*drive\.html$/m);
    const html = readFileSync(page, 'utf8');
    expect(html.match(/<h2>.*?<\/h2>/g)).toEqual([
      '<h2>The next values</h2>',
      '<h2>Continuous targets</h2>',
    ]);
    for (const name of ['steering', 'throttle', 'brake', 'speed'])
      expect(html).toContain(`predicted ${name}`);
    expect(html).toMatch(/for \d of 4 fields/);
  });

  it('is reported in a table without --json', async () => {
    const { stdout, code } = await foresightHere(['evaluate', model, log, '--spec', spec]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^next value +persistence rmse +linear rmse +model rmse +persistence crps +linear crps +model crps +persistence log-lik/m,
    );
    expect(stdout).toMatch(/^steering +0\.\d/m);
    const about = await foresightHere(['inspect', model]);
    expect(about.stdout).not.toMatch(/held-out top-1/);
    expect(about.stdout).toMatch(/values are off by +steering \d.* \(on held-out sessions\)/);
  });

  it('can be trained on from a model', async () => {
    const again = folder.file('again.safetensors');
    const more = await json([
      'train',
      log,
      '--spec',
      spec,
      '--start',
      model,
      '--epochs',
      '1',
      '--out',
      again,
    ]);
    expect(more.split.testSteps).toBeGreaterThan(0);
  });

  it('is shown by inspect', async () => {
    expect(await json(['inspect', log, '--spec', spec])).toMatchObject({
      kind: 'episodes',
      episodes: 20,
      sessions: 20,
      steps: 1500,
    });
  });
});

describe('a CSV file with actions', () => {
  const rows = Array.from({ length: 400 }, (_, i) => `${(i % 7) / 7},${i % 7 < 4 ? 'go' : 'stop'}`);
  const file = folder.write('steps.csv', ['phase,move', ...rows].join('\n'));
  const steps = folder.write(
    'steps.json',
    JSON.stringify({
      name: 'steps',
      tickRate: 5,
      fields: ['phase'],
      action: { column: 'move', actions: ['go', 'stop'] },
      continuous: ['phase'],
    }),
  );
  const out = folder.file('steps.safetensors');

  it('is scored on changes of the action and on values, in training and in evaluate', async () => {
    const trained = await json([
      'train',
      file,
      '--spec',
      steps,
      '--config',
      config,
      '--epochs',
      '3',
      '--out',
      out,
    ]);
    const scored = await json(['evaluate', out, file, '--spec', steps]);
    expect(scored.scored).toBe('changes');
    expect(scored.rows.map(({ name }: { name: string }) => name)).toContain('model');
    expect(scored.continuous).toEqual(trained.continuous);
    expect(scored.baselines.from).toBe('model');
  });

  it('is reported in a page of both, with the experts that the model relies on', async () => {
    const page = folder.file('steps.html');
    const args = ['evaluate', out, file, '--spec', steps, '--report', page, '--json'];
    expect((await foresightHere(args)).code).toBe(0);
    const html = readFileSync(page, 'utf8');
    const titles = [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);
    expect(titles.slice(-3)).toEqual([
      'What it relies on',
      'The next values',
      'Continuous targets',
    ]);
    expect(html).toContain('players: phase');
  });

  it('does not fit baselines on scored sessions', async () => {
    const args = ['evaluate', out, file, '--spec', steps, '--all', '--baseline-data', file];
    const { code, stderr } = await foresightHere(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/nothing but sessions that are scored\. Give recordings/);
  });

  it('needs the spec wherever CSV is read, and its errors ask for it', async () => {
    for (const args of [
      ['inspect', file],
      ['evaluate', out, file],
      ['train', file, '--out', out],
    ]) {
      const { code, stderr } = await foresightHere(args);
      expect(code).toBe(1);
      expect(stderr).toMatch(/steps\.csv" is a CSV file.*Add --spec file\.json/);
    }
  });

  it.each<[string, string, RegExp]>([
    ['an empty file', '', /bad\.csv" is empty\. Export it again/],
    [
      'a missing column',
      'fase,move\n1,go\n',
      /bad\.csv" has no column "phase"\. Did you mean "fase"/,
    ],
    [
      'a cell that is no number',
      'phase,move\nx,go\n',
      /bad\.csv" line 2, column "phase": "x" is not a number/,
    ],
    [
      'an unknown action',
      'phase,move\n1,gone\n',
      /bad\.csv" line 2, column "move" has the action "gone".*Did you mean "go"/,
    ],
    ['a ragged row', 'phase,move\n1\n', /bad\.csv" has 1 cells on line 2, but 2 columns/],
  ])('is refused with the fix: %s', async (_, text, message) => {
    const bad = folder.write('bad.csv', text);
    const { code, stderr } = await foresightHere(['inspect', bad, '--spec', steps]);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('refuses a spec file that is wrong, naming it', async () => {
    const wrong = folder.write('wrong.json', '{"name": "x", "tickRate": 5, "feilds": []}');
    const { stderr } = await foresightHere(['inspect', file, '--spec', wrong]);
    expect(stderr).toMatch(/wrong\.json": The CSV spec's "\w+" is (not a key here|missing)/);
    const none = folder.write('none.json', '{');
    expect((await foresightHere(['inspect', file, '--spec', none])).stderr).toMatch(
      /none\.json" is not JSON: .*Correct it/,
    );
  });
});
