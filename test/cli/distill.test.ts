import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { Folder, foresightHere } from './run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const set = habitualEpisodes({ sessions: 6, length: 80, seed: 1 });
const learned = set.episodes.filter(({ session }) => !/session[01]$/.test(session));
const games = folder.write('games.jsonl', writeJsonLines(set));
const fresh = folder.write(
  'fresh.jsonl',
  writeJsonLines(habitualEpisodes({ sessions: 5, length: 30, seed: 2 })),
);
const teacher = folder.file('teacher.safetensors');
const out = folder.file('student.safetensors');

const distill = (...args: string[]) => foresightHere(['distill', ...args]);
const read = (path: string): Checkpoint => parseCheckpoint(new Uint8Array(readFileSync(path)));

beforeAll(async () => {
  const past = folder.write('past.jsonl', writeJsonLines({ ...set, episodes: learned }));
  const config = folder.write(
    'config.json',
    JSON.stringify({
      model: { contexts: 2 },
      training: { windowLength: 16, learningRate: { rate: 0.02 }, dropout: 0 },
    }),
  );
  const args = `train ${past} --out ${teacher} --config ${config} --units 24 --epochs 20 --test-fraction 0`;
  const { code, stderr } = await foresightHere(args.split(' '));
  if (code) throw new Error(stderr);
});

describe('foresight distill', () => {
  it('teaches a smaller network, and scores it on sessions that neither model learned from', async () => {
    const args = [teacher, games, '--units', '6', '--out', out, '--epochs', '20', '--json'];
    const { code, stdout } = await distill(...args);
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result.trainSessions).toHaveLength(4);
    expect(result.testSessions).toHaveLength(2);
    expect(result.predictions).toBe(4 * 79);
    expect(result.rows.map(({ name }: { name: string }) => name)).toEqual([
      'teacher',
      'plain',
      'student',
    ]);
    const [first, , last] = result.rows;
    expect(last.logLoss).toBeLessThan(first.logLoss + 0.15);
    expect(last.logLoss).toBeLessThan(1);
    const [student, model] = [read(out), read(teacher)];
    expect(student.shape.units).toBe(6);
    expect([model, student].map(({ shape }) => shape.feedForward)).toEqual([128, 32]);
    expect(student.experts).toEqual(model.experts);
    expect(student.statistics).toEqual(model.statistics);
    expect(new Set(student.trainedOn.sessions)).toEqual(new Set(model.trainedOn.sessions));
    expect(result.bytes.student).toBe(readFileSync(out).length);
    expect(result.bytes.student).toBeLessThan(result.bytes.teacher / 2);
  });

  it('trains students without experts or with new ones, and saves them in fewer bits', async () => {
    const args = ['--out', out, '--epochs', '1', '--to', 'int8', '--test-fraction', '0.4'];
    const none = await distill(teacher, fresh, ...args, '--contexts', '0', '--layers', '2');
    expect(none.stdout).toMatch(
      /^Saved .*: 2 x 16 LSTM units and 86 feed-forward units, [\d,]+ weights, [\d.]+ kB/,
    );
    expect(none.stdout).toMatch(/^student +[\d.]+ %/m);
    expect(read(out).experts).toBeUndefined();
    expect(read(out).trainedOn.sessions).toEqual(
      expect.arrayContaining([...read(teacher).trainedOn.sessions]),
    );
    const lone = ['--contexts', '1', '--alpha', '1', '--feed-forward', '0'];
    const own = await distill(teacher, fresh, ...args, ...lone);
    expect(own.code).toBe(0);
    expect(read(out).experts?.plan.contexts).toHaveLength(1);
    expect(read(out).shape.feedForward).toBeUndefined();
  });

  it('reports that there is nothing to test on, and saves the same bytes in every run', async () => {
    const model = folder.write(
      'all.safetensors',
      serializeCheckpoint(randomCheckpoint(set, { seed: 1 })),
    );
    const run = async () => {
      const { stdout } = await distill(model, games, '--out', out, '--epochs', '1', '--units', '3');
      expect(stdout).toMatch(/Not tested: no session was set aside/);
      return readFileSync(out);
    };
    expect(await run()).toEqual(await run());
  });

  it.each([
    [[], 2, /got neither/],
    [[teacher], 2, /got only/],
    [[teacher, games], 2, /where to save/],
    [[teacher, games, '--out', teacher], 2, /--force/],
    [[teacher, games, '--out', out, '--contexts', 'few'], 2, /whole number from 0 to 16/],
    [[teacher, games, '--out', out, '--alpha', '2'], 2, /from 0 to 1/],
  ])('refuses %j', async (args, code, message) => {
    const ended = await distill(...args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(message);
  });
});
