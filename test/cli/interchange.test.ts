import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { writeLayersModel } from '../../src/interchange/layers-model/write-layers-model.ts';
import { writeOnnx } from '../../src/interchange/onnx/write-onnx.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { SPEC } from '../dataset/make-episodes.ts';
import { makeCheckpoint, randomEpisode } from '../model/make-checkpoint.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { Folder, foresightHere } from './run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const checkpoint = makeCheckpoint({ layers: 2, embedding: 0, timeBins: 0, continuous: [] });
const model = folder.write('duelist.safetensors', serializeCheckpoint(checkpoint));
const read = (name: string) => new Uint8Array(readFileSync(folder.file(name)));
const withExperts = (unaided: boolean): Uint8Array => {
  const episodes = [randomEpisode(60, 1)];
  const config = { seed: 1, model: { contexts: 2, unaided } };
  return serializeCheckpoint(randomCheckpoint({ spec: SPEC, episodes }, config));
};

describe('foresight export-onnx', () => {
  it('saves the network, by default next to the model', async () => {
    const { code, stdout, stderr } = await foresightHere(['export-onnx', model]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Saved .*duelist\.onnx: one step of the network, [\d.]+ kB\.\n$/);
    expect(Buffer.compare(read('duelist.onnx'), writeOnnx(checkpoint))).toBe(0);
  });

  it('states that the experts are left out', async () => {
    const path = folder.write('experts.safetensors', withExperts(true));
    const { stdout } = await foresightHere(['export-onnx', path]);
    expect(stdout).toMatch(/^The 6 n-gram experts are left out: .*does not predict the time/m);
    const { stdout: json } = await foresightHere(['export-onnx', path, '--json']);
    expect(JSON.parse(json).leftOut).toMatch(/experts are left out/);
  });

  it('refuses a network that only corrects its experts', async () => {
    const path = folder.write('corrections.safetensors', withExperts(false));
    const { code, stderr } = await foresightHere(['export-onnx', path]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/only corrects its 6 n-gram experts/);
  });

  it('does not overwrite the model', async () => {
    const { code, stderr } = await foresightHere(['export-onnx', model, '--out', model]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/is an input file and would be lost\. Give another --out\.$/m);
  });
});

describe('foresight export-tfjs and import-tfjs', () => {
  it('save a layers model, and make the same network of it again', async () => {
    const out = folder.file('net.json');
    const saved = await foresightHere(['export-tfjs', model, '--out', out]);
    expect(saved.stdout).toMatch(/^Saved .*net\.json and .*net\.weights\.bin: .* kB\.\n$/);
    const files = writeLayersModel(checkpoint, { weightsPath: 'net.weights.bin' });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(JSON.parse(JSON.stringify(files.json)));
    expect(read('net.weights.bin')).toEqual(files.weights);

    const imported = folder.file('imported.safetensors');
    for (const like of [[], ['--like', model]]) {
      const { code, stdout, stderr } = await foresightHere([
        'import-tfjs',
        out,
        ...like,
        '--out',
        imported,
      ]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/a model of "duelist", 2 layers of 6 LSTM units, [\d,]+ weights/);
      const { shape, statistics } = parseCheckpoint(read('imported.safetensors'));
      expect([shape, statistics]).toEqual([checkpoint.shape, checkpoint.statistics]);
    }
  });

  it('explain what is missing', async () => {
    const { json } = writeLayersModel(checkpoint, { weightsPath: 'lost.bin' });
    const lost = folder.write('lost.json', JSON.stringify(json));
    const out = ['--out', folder.file('none.safetensors')];
    const { code, stderr } = await foresightHere(['import-tfjs', lost, ...out]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/lost\.bin" cannot be read/);
    const { userDefinedMetadata: _, ...bare } = json;
    const foreign = folder.write('foreign.json', JSON.stringify(bare));
    folder.write('lost.bin', writeLayersModel(checkpoint).weights);
    expect((await foresightHere(['import-tfjs', foreign, ...out])).stderr).toMatch(
      /does not state what its inputs and outputs mean.*--like/,
    );
    const text = folder.write('text.json', 'hello');
    expect((await foresightHere(['import-tfjs', text, ...out])).stderr).toMatch(/is not JSON/);
  });
});
