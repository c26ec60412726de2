import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { Folder, foresightHere } from './run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const training = habitualEpisodes({ sessions: 3, length: 60, seed: 1 });
const fresh = habitualEpisodes({ sessions: 2, length: 50, seed: 2 });
const checkpoint = randomCheckpoint(training, { seed: 3, model: { contexts: 3 } });
const model = folder.write('model.safetensors', serializeCheckpoint(checkpoint));
const games = folder.write('games.jsonl', writeJsonLines(fresh));
const past = folder.write('past.jsonl', writeJsonLines(training));

const quantize = (...args: string[]) => foresightHere(['quantize', model, ...args]);
const read = (path: string) => new Uint8Array(readFileSync(path));

describe('foresight quantize', () => {
  it('saves a smaller file and reports the loss', async () => {
    const out = folder.file('small.safetensors');
    const args = ['--to', 'int8', '--out', out, '--json', '--data', games, past];
    const { code, stdout } = await quantize(...args);
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result.bytes).toEqual({ before: read(model).length, after: read(out).length });
    expect(result.bytes.after).toBeLessThan(result.bytes.before / 1.5);
    expect(result.experts).toEqual({ before: 6 * 59, after: 6 * 59 });
    expect(result.weights.max).toBeGreaterThan(result.weights.mean);
    expect(result.scores.predictions).toBe(4 * 49);
    expect(result.scores.excludedSessions).toHaveLength(3);
    const [before, after] = result.scores.rows;
    expect([before.name, after.name]).toEqual(['before', 'after']);
    expect(Math.abs(after.logLoss - before.logLoss)).toBeLessThan(0.1);
    expect(parseCheckpoint(read(out)).experts).toEqual(checkpoint.experts);
  });

  it('writes the same bytes again for a file that is quantized already', async () => {
    for (const to of ['int8', 'float16']) {
      const [once, twice] = ['a', 'b'].map((name) => folder.file(`${to}-${name}.safetensors`));
      await quantize('--to', to, '--out', once);
      const { stdout } = await foresightHere(['quantize', once, '--to', to, '--out', twice]);
      expect(read(twice)).toEqual(read(once));
      expect(stdout).toMatch(/^in .* 0\.00 +0\.00 +0\.00$/m);
    }
    const { stdout } = await foresightHere(['inspect', folder.file('int8-a.safetensors')]);
    expect(stdout).toMatch(/file +[\d.]+ kB, weights in int8/);
  });

  it('keeps only the newest steps that the experts count', async () => {
    const { stdout } = await quantize('--to', 'float32', '--experts', '100');
    expect(stdout).toMatch(/Its experts count the newest 100 steps of 354\./);
    const { experts, weights } = parseCheckpoint(read(folder.file('model.float32.safetensors')));
    expect(experts?.next).toEqual(checkpoint.experts?.next.slice(-100));
    expect(weights).toEqual(checkpoint.weights);
  });

  it('does not overwrite its input unless forced', async () => {
    const kept = read(model);
    const refused = await quantize('--to', 'int8', '--out', model);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/--force/) });
    expect(read(model)).toEqual(kept);
    const copy = folder.write('copy.safetensors', kept);
    const forced = await foresightHere([
      'quantize',
      copy,
      '--to',
      'int8',
      '--out',
      copy,
      '--force',
    ]);
    expect(forced.code).toBe(0);
    expect(read(copy).length).toBeLessThan(kept.length);
  });

  it.each([
    [['--to', 'int4'], 2, /--to is "int4". Choose float32 or float16 or int8/],
    [[], 2, /needs --to: int8: .* Write: .* --to int8/],
    [['--to', 'int8', 'another'], 2, /one model \(recordings go after --data\)/],
    [['--to', 'int8', '--data', past], 1, /trained on every session/],
  ])('refuses %j', async (args, code, message) => {
    const ended = await quantize(...args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
  });
});
