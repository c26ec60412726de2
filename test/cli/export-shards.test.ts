import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import { readSafetensors } from '../../src/model/safetensors.ts';
import { encodeEpisodes } from '../../src/record/binary-format.ts';
import { prepareRun } from '../../src/train/prepare.ts';
import { SPEC } from '../dataset/make-episodes.ts';
import { randomEpisode } from '../model/make-checkpoint.ts';
import { Folder, foresightHere } from './run.ts';

const EPISODES = Array.from({ length: 6 }, (_, i) => randomEpisode(50, i + 1));
const MODEL = { contexts: 2, units: 8, pieces: 0, feedForward: 0 };
const TRAINING = { windowLength: 16, windowStride: 8, warmUp: 8, heldOutFraction: 0.3 };

describe('foresight export --shards', () => {
  const folder = new Folder();
  afterAll(() => folder.remove());
  const play = folder.write('play.bin', encodeEpisodes({ spec: SPEC, episodes: EPISODES }));
  const config = folder.write('c.json', JSON.stringify({ model: MODEL, training: TRAINING }));
  const run = (out: string, shards: number) =>
    foresightHere([
      'export',
      play,
      '--out',
      out,
      '--shards',
      String(shards),
      '--config',
      config,
      '--test-fraction',
      '0',
      '--json',
    ]);

  it('saves every window once, in files of equal size, and the start weights', async () => {
    const out = folder.file('shards');
    const { stdout, stderr } = await run(out, 3);
    expect(stderr).toBe('');
    const index = JSON.parse(readFileSync(join(out, 'shards.json'), 'utf8'));
    expect(readdirSync(out)).toHaveLength(2 + index.train.length + index.heldOut.length);
    const start = parseCheckpoint(readFileSync(join(out, 'start.safetensors')));
    const { model, training, shape } = start;
    expect(index.shape).toEqual(shape);
    const prepared = prepareRun({ spec: SPEC, episodes: EPISODES, model, training });
    expect(start.weights).toEqual(prepared.weights);
    for (const [kind, data] of [
      ['train', prepared.train],
      ['heldOut', prepared.heldOut!],
    ] as const) {
      expect(index[kind]).toHaveLength(3);
      let [windows, targets] = [0, 0];
      for (const { file, windows: count } of index[kind]) {
        const { tensors } = readSafetensors(readFileSync(join(out, file)), file);
        const of = (name: string) => tensors.find((tensor) => tensor.name === name)!;
        expect(of('features').shape).toEqual([count, 16, shape.features]);
        expect(of('experts').shape).toEqual([count, 16, shape.experts! * shape.actions]);
        for (const one of of('mask').data) targets += one;
        windows += count;
      }
      expect([windows, targets]).toEqual([data.count, data.targets]);
      const sizes = index[kind].map((one: { windows: number }) => one.windows);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(3);
    }
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'shards', episodes: 6, testSessions: [] });
  });

  it('refuses more shards than there are windows', async () => {
    const { code, stderr } = await run(folder.file('too-many'), 5000);
    expect(code).toBe(2);
    expect(stderr).toContain('fewer than 5000 shards');
  });
});
