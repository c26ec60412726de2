import { afterAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/util/rng.ts';
import { Folder, foresightHere } from './run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

/** A robot that turns to the side where the way is longer, and drifts. */
function log(rows: number): string {
  const rng = createRng(4);
  const lines = ['ray_0,ray_1,ray_2,move'];
  for (let i = 0; i < rows; i++) {
    const rays = Array.from({ length: 3 }, () => rng.next() * 4);
    lines.push([...rays.map((x) => x.toFixed(3)), rays[0] > rays[2] ? 'left' : 'right'].join(','));
  }
  return `${lines.join('\n')}\n`;
}

const recorded = folder.write('scan.csv', log(400));
const spec = folder.write(
  'scan.json',
  JSON.stringify({
    name: 'scan',
    tickRate: 10,
    fields: [{ column: 'ray', name: 'scan', kind: 'vector', length: 3, unit: 'm' }],
    action: { column: 'move', actions: ['left', 'right'] },
    continuous: ['scan'],
  }),
);
const model = folder.file('scan.safetensors');
const config = folder.write(
  'config.json',
  JSON.stringify({ model: { units: 4, contexts: 1 }, training: { epochs: 1 } }),
);

async function output(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await foresightHere(args);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

describe('the command, with a vector', () => {
  it('trains on its columns of a CSV file, predicts them and describes the model', async () => {
    await output('train', recorded, '--spec', spec, '--config', config, '--out', model);
    const text = await output('inspect', model);
    expect(text).toMatch(/1 field: scan \(3 numbers, m\)/);
    expect(text).toMatch(/predicts +2 actions, .*3 values/);
    expect(text).toMatch(/values are off by +scan_0 [\d.]+, scan_1 [\d.]+, scan_2 [\d.]+/);
    const { continuous } = JSON.parse(
      await output('evaluate', model, recorded, '--spec', spec, '--json'),
    );
    expect(continuous.targets.map(({ name }: { name: string }) => name)).toEqual([
      'scan_0',
      'scan_1',
      'scan_2',
    ]);
  });
});
