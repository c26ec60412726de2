import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASELINES } from '../../src/evaluate/baselines.ts';
import { CATEGORY_BASELINES } from '../../src/evaluate/category-ngram.ts';
import { parseCheckpoint, serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { encodeEpisodes } from '../../src/record/binary-format.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { defineSpec } from '../../src/record/spec.ts';
import { HABITUAL_SPEC, habitualEpisodes } from '../predict/habitual.ts';
import { Folder, foresight, foresightHere } from './run.ts';

interface Row {
  readonly name: string;
  readonly top1: number;
  readonly top3: number;
  readonly logLoss: number;
  readonly ece: number;
}

const ROWS = [...BASELINES, ...CATEGORY_BASELINES, 'ngram-mix', 'model', 'model-adaptive'];
const folder = new Folder();
const first = habitualEpisodes({ sessions: 6, length: 80, seed: 1 });
const second = habitualEpisodes({ sessions: 2, length: 80, seed: 2 });
const games = folder.write('games.jsonl', writeJsonLines(first));
const more = folder.write('more.bin', encodeEpisodes(second));
const kicker = defineSpec({ ...HABITUAL_SPEC, action: ['idle', 'strike', 'block', 'kick'] });
const others = folder.write(
  'others.jsonl',
  writeJsonLines(habitualEpisodes({ sessions: 1, length: 20, seed: 3, spec: kicker })),
);
const model = folder.file('model.safetensors');
let trained: Record<string, unknown> & {
  split: { trainSessions: string[]; testSessions: string[]; trainSteps: number; testSteps: number };
  test: { predictions: number; rows: Row[] };
};

const saved = (): Checkpoint => parseCheckpoint(new Uint8Array(readFileSync(model)));
const row = (rows: Row[], name: string): Row => rows.find((other) => other.name === name)!;

beforeAll(async () => {
  const config = folder.write(
    'config.json',
    JSON.stringify({
      model: { units: 24, feedForward: 24, contexts: 4, pieces: 8 },
      training: {
        epochs: 2,
        dropout: 0,
        windowLength: 16,
        learningRate: { rate: 0.02 },
        heldOutFraction: 0.1,
      },
    }),
  );
  const args = `train ${games} --out ${model} --config ${config} --units 16 --epochs 40 --seed 3 --test-fraction 0.3 --json`;
  const { code, stdout, stderr } = await foresight(args.split(' '));
  if (code) throw new Error(`training failed with ${code}: ${stderr}`);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  trained = JSON.parse(stdout);
});

afterAll(() => folder.remove());

describe('foresight train', () => {
  it('prints one JSON object about the run', () => {
    expect(trained).toMatchObject({ out: model, engine: 'wasm', cancelled: false });
    expect(trained.seconds).toBeGreaterThan(0);
    expect(trained.parameters).toBe(saved().weights.length);
    expect(trained.metrics).toMatchObject({ heldOutTop1: expect.any(Number) });
    expect(trained.test.rows.map(({ name }) => name)).toEqual(ROWS);
  });

  it('prefers options to the config file, and the config file to the defaults', () => {
    const { shape, training } = saved();
    expect(shape.units).toBe(16);
    expect(training).toMatchObject({ epochs: 40, seed: 3, dropout: 0, windowLength: 16 });
  });

  it('keeps whole sessions for the test and never trains on them', () => {
    const { trainSessions, testSessions, trainSteps, testSteps } = trained.split;
    expect(testSessions.length).toBeGreaterThan(0);
    expect(trainSessions.filter((session) => testSessions.includes(session))).toEqual([]);
    expect(trainSteps + testSteps).toBe(12 * 80);
    expect([...saved().trainedOn.sessions].sort()).toEqual([...trainSessions].sort());
    expect(trained.test.predictions).toBe(2 * testSessions.length * 79);
  });

  it('learns the habit of the player', () => {
    const { rows } = trained.test;
    expect(row(rows, 'model').logLoss).toBeLessThan(row(rows, 'majority').logLoss - 0.3);
    expect(row(rows, 'model').top1).toBeGreaterThan(row(rows, 'ngram-1').top1);
  });

  it('merges files, trains on all of them if asked to, and continues from a model', async () => {
    const out = folder.file('further.safetensors');
    const args = `train ${games} ${more} ${games} --out ${out} --start ${model} --epochs 1 --test-fraction 0`;
    const { code, stdout, stderr } = await foresightHere(args.split(' '));
    expect(stderr).not.toMatch(/foresight:/);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Saved .*further\.safetensors/);
    expect(stdout).toMatch(/Trained on 1,280 steps of 8 sessions/);
    expect(stdout).toMatch(/Not tested/);
  });

  it('reports the best epoch only where sessions are held out to find it', async () => {
    const out = folder.file('brief.safetensors');
    const brief = (...args: string[]) =>
      foresightHere(['train', games, '--out', out, '--epochs', '2', '--units', '4', ...args]);
    expect((await brief()).stdout).toMatch(/(?<!best of )2 epochs/);
    const config = folder.write('held.json', '{ "training": { "heldOutFraction": 0.2 } }');
    expect((await brief('--config', config)).stdout).toMatch(/best of 2 epochs/);
  });

  it('shows how far the scoring is, and leaves the slow row out if asked to', async () => {
    const out = folder.file('scored.safetensors');
    const scored = async (...args: string[]) => {
      const fast = ['--out', out, '--epochs', '1', '--units', '4'];
      const { progress, stdout } = await foresightHere(['train', games, ...fast, ...args]);
      return { stdout, lines: progress.split('\n').filter((line) => line.startsWith('Scoring ')) };
    };
    const tenths = '10 20 30 40 50 60 70 80 90 100 %';
    const all = await scored();
    expect(all.lines).toEqual(
      ['ngram-mix', 'model', 'model-adaptive'].map((name) => `Scoring ${name}: ${tenths}`),
    );
    expect(all.stdout).toMatch(/^model-adaptive +\d/m);
    const quick = await scored('--no-adaptive');
    expect(quick.lines).toEqual(['ngram-mix', 'model'].map((name) => `Scoring ${name}: ${tenths}`));
    expect(quick.stdout).toMatch(/^model +\d/m);
    expect(quick.stdout).not.toMatch(/model-adaptive/);
  });

  it('saves the model so far on Ctrl-C, and reports it', async () => {
    const out = folder.file('early.safetensors');
    const args = ['train', games, '--out', out, '--epochs', '5000', '--units', '32'];
    const { code, stdout, stderr } = await foresight(args, { interruptAt: 'epoch 1/5000' });
    expect(stderr).toMatch(/stopping after this batch/);
    expect(stdout).toMatch(/Stopped early; the model so far is saved in .*early\.safetensors/);
    expect(code).toBe(130);
    expect(parseCheckpoint(new Uint8Array(readFileSync(out))).spec).toEqual(HABITUAL_SPEC);
  });

  it.each<[string, string, number, RegExp]>([
    ['no files', '--out m', 2, /at least one file of episodes/],
    ['no --out', 'GAMES', 2, /needs --out: where to save the model.*--out model\.safetensors/],
    ['unknown option', 'GAMES --out m --unit 3', 2, /no option "--unit"\. Did you mean --units\?/],
    [
      'no such file',
      'nowhere.jsonl --out FOLDER/m',
      1,
      /"nowhere\.jsonl" cannot be read: the file or its folder does not exist/,
    ],
    ['folder as a file', 'FOLDER --out FOLDER/m', 1, /cannot be read: it is a folder/],
    ['no such folder for --out', 'GAMES --out FOLDER/none/m', 1, /none\/m" cannot be written/],
    ['another spec', 'GAMES OTHERS --out FOLDER/m', 1, /others\.jsonl.*kick/],
    ['a model as data', 'MODEL --out FOLDER/m', 1, /is a model, not recorded episodes/],
    [
      'start of another spec',
      'OTHERS --start MODEL --out FOLDER/m',
      1,
      /start model.*another spec/,
    ],
    [
      'start with another size',
      'GAMES --start MODEL --units 9 --out FOLDER/m',
      2,
      /--start.*--units/,
    ],
    ['bad config', 'GAMES --config FOLDER/bad.json --out FOLDER/m', 1, /bad\.json.*"epoch"/],
    ['a config that is not JSON', 'GAMES --config GAMES.bin --out FOLDER/m', 1, /is not JSON/],
  ])('refuses %s', async (_, args, code, message) => {
    folder.write('bad.json', '{ "training": { "epoch": 3 } }');
    folder.write('games.jsonl.bin', '{ "training": ');
    const ended = await foresightHere(['train', ...fill(args)]);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).toMatch(/^foresight: /);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
    expect(existsSync(folder.file('m'))).toBe(false);
  });
});

describe('foresight evaluate', () => {
  it('prints one JSON object, on sessions the model never saw', async () => {
    const { code, stdout } = await foresightHere(['evaluate', model, games, more, '--json']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    const { trainSessions, testSessions } = trained.split;
    expect(report.rows.map(({ name }: Row) => name)).toEqual(ROWS);
    for (const scores of report.rows)
      expect(Object.keys(scores)).toEqual(['name', 'top1', 'top3', 'logLoss', 'ece']);
    expect([...report.excludedSessions].sort()).toEqual([...trainSessions].sort());
    expect(report.sessions).toHaveLength(testSessions.length + 2);
    expect(report.predictions).toBe(2 * (testSessions.length + 2) * 79);
    expect(report.baselines).toEqual({ from: 'model', episodes: 2 * trainSessions.length });
  });

  it('reproduces the scores of the test after training', async () => {
    // In a process of its own, like the training: the command uses the faster build of the kernels.
    const { stdout } = await foresight(['evaluate', model, games, '--json']);
    expect(JSON.parse(stdout)).toMatchObject(trained.test);
  });

  it('scores everything with --all, and fits baselines on the files it is given', async () => {
    const args = ['evaluate', model, games, '--all', '--json', '--baseline-data', more, games];
    const { code, stdout } = await foresightHere(args);
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.excludedSessions).toEqual([]);
    expect(report.predictions).toBe(12 * 79);
    // The sessions of games.jsonl are scored, so only those of more.bin are left to fit on.
    expect(report.baselines).toEqual({ from: 'baseline-data', episodes: 4 });
  });

  it('prints an aligned table without --json', async () => {
    const { stdout, progress } = await foresightHere(['evaluate', model, more]);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^predictor +top-1 +top-3 +log-loss +ece$/);
    expect(lines.slice(1, 1 + ROWS.length).map((line) => line.split(' ')[0])).toEqual(ROWS);
    expect(new Set(lines.slice(0, 1 + ROWS.length).map((line) => line.length)).size).toBe(1);
    expect(progress).toMatch(
      /^Scoring ngram-mix: 10 20 [^]*^Scoring model-adaptive: 10 .* 100 %\n$/m,
    );
    expect(stdout).toMatch(/316 steps predicted in 4 episodes of 2 sessions/);
  });

  it('falls back to the files that the model names when it holds no actions', async () => {
    const bare = saved();
    const nothing = { ...bare.trainedOn, actions: [] };
    const write = (name: string, files: string[]) =>
      folder.write(name, serializeCheckpoint({ ...bare, trainedOn: { ...nothing, files } }));
    const named = await foresightHere(['evaluate', write('named', [games]), more, '--json']);
    const full = await foresightHere(['evaluate', model, more, '--json']);
    expect(JSON.parse(named.stdout).baselines.from).toBe('training-files');
    // The model's own simple models have no files to fall back to.
    const fitted = ({ stdout }: { readonly stdout: string }) =>
      JSON.parse(stdout).rows.filter(({ name }: { name: string }) => !name.startsWith('model'));
    expect(fitted(named)).toHaveLength(ROWS.length - 2);
    expect(fitted(named)).toEqual(fitted(full));
    const gone = await foresightHere(['evaluate', write('gone', ['gone.jsonl']), more]);
    expect(gone.code).toBe(1);
    expect(gone.stderr).toMatch(/gone\.jsonl.*--baseline-data/);
    const without = await foresightHere(['evaluate', write('without', []), more]);
    expect(without.stderr).toMatch(/names no files.*--baseline-data/);
  });

  it.each<[string, string, number, RegExp]>([
    ['nothing', '', 2, /needs a model and at least one file/],
    ['no episodes', 'MODEL', 2, /only ".*model\.safetensors"/],
    ['a file that is not a model', 'GAMES MORE', 1, /games\.jsonl" is not a model file/],
    ['a model cut short', 'FOLDER/cut MORE', 1, /cut/],
    ['a corrupt recording', 'MODEL FOLDER/corrupt.bin', 1, /corrupt\.bin/],
    ['a corrupt line', 'MODEL FOLDER/corrupt.jsonl', 1, /corrupt\.jsonl/],
    ['another spec', 'MODEL OTHERS', 1, /another spec.*kick/],
    ['nothing unseen', 'FOLDER/all MORE', 1, /trained on every session.*--all/],
    ['baseline data that is scored', 'MODEL MORE --baseline-data MORE', 1, /other sessions/],
    ['unknown option', 'MODEL MORE --al', 2, /Did you mean --all\?/],
  ])('refuses %s', async (_, args, code, message) => {
    folder.write('cut', readFileSync(model).subarray(0, 3000));
    folder.write('corrupt.bin', readFileSync(more).subarray(0, 500));
    folder.write('corrupt.jsonl', writeJsonLines(first).slice(0, 5000));
    const sessions = second.episodes.map(({ session }) => session);
    const known = { ...saved().trainedOn, sessions };
    folder.write('all', serializeCheckpoint({ ...saved(), trainedOn: known }));
    const ended = await foresightHere(['evaluate', ...fill(args)]);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).toMatch(/^foresight: /);
    expect(ended.stderr).not.toMatch(/\n\s+at |bug in foresight/);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
  });
});

describe('foresight inspect', () => {
  it('describes a model', async () => {
    const { stdout } = await foresightHere(['inspect', model, '--json']);
    const about = JSON.parse(stdout);
    expect(about).toMatchObject({
      kind: 'model',
      parameters: saved().weights.length,
      bytes: readFileSync(model).length,
      spec: HABITUAL_SPEC,
      trainedOn: { sessions: saved().trainedOn.sessions, carriesActions: true },
    });
    const text = await foresightHere(['inspect', model]);
    expect(text.stdout).toMatch(/ 16 LSTM units and 24 feed-forward units, \d+ features/);
    expect(text.stdout).toMatch(/4 actions: idle, strike, block, throw/);
  });

  it('describes episodes', async () => {
    const { stdout } = await foresightHere(['inspect', games, more, games, '--json']);
    const about = JSON.parse(stdout);
    expect(about).toMatchObject({ kind: 'episodes', episodes: 16, doubledEpisodes: 12 });
    expect(about).toMatchObject({ sessions: 8, characters: 2, steps: 16 * 80, terminated: 16 });
    const counted = Object.values<number>(about.actionCounts).reduce((a, b) => a + b);
    expect(counted).toBe(16 * 80);
    const text = await foresightHere(['inspect', games]);
    expect(text.stdout).toMatch(/a step at each action; \d+\.\d % repeat the action before/);
    expect(text.stdout).toMatch(/distance \(m\), hurt \(yes\/no\)/);
  });
});

describe('foresight inspect, on when there is a step', () => {
  const HEADER = {
    format: 'episodes-jsonl/1',
    tickRate: 1,
    actions: ['rock', 'paper', 'scissors'],
    columns: ['tick', 'action'],
  };
  const about = async (header: object, ...steps: (readonly [number, number])[]) => {
    const lines = [
      { ...HEADER, ...header },
      { episode: 'a', steps },
    ].map((line) => JSON.stringify(line));
    const path = folder.write('steps.jsonl', lines.join('\n'));
    return (await foresightHere(['inspect', path])).stdout.match(/^spec: .*$/m)![0];
  };

  it.each<[string, object, (readonly [number, number])[]]>([
    [
      'at each change of action',
      {},
      [
        [1, 0],
        [2, 1],
        [3, 0],
      ],
    ],
    [
      'every tick; 50.0 % repeat the action before',
      {},
      [
        [1, 0],
        [2, 1],
        [3, 1],
      ],
    ],
    [
      'every 2 ticks; 100.0 % repeat the action before',
      {},
      [
        [1, 0],
        [3, 0],
      ],
    ],
    [
      'at each action; 50.0 % repeat the action before',
      {},
      [
        [1, 0],
        [2, 1],
        [5, 1],
      ],
    ],
    [
      'every 6 ticks',
      { everyTicks: 6 },
      [
        [0, 0],
        [6, 1],
      ],
    ],
  ])('reports "%s"', async (text, header, steps) => {
    expect(await about(header, ...steps)).toBe(`spec: 1 tick a second, a step ${text}`);
  });
});

describe('foresight', () => {
  it('prints help without a command', async () => {
    const empty = await foresight([]);
    expect(empty.code).toBe(0);
    expect(empty.stdout).toMatch(/foresight train <files\.\.\.>/);
    const train = await foresightHere(['train', '--help']);
    expect(train.stdout).toMatch(/--test-fraction/);
    expect(await foresightHere(['help', 'train'])).toEqual(train);
  });

  it('shows the stack of an error only with DEBUG', async () => {
    const { stderr } = await foresight(['inspect', 'nowhere'], { env: { DEBUG: '1' } });
    expect(stderr).toMatch(/^foresight: "nowhere" cannot be read/);
    expect(stderr).toMatch(/\n\s+at /);
    const plain = await foresight(['inspect', 'nowhere']);
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr.trim().split('\n')).toHaveLength(1);
  });

  it('suggests the nearest command for an unknown one', async () => {
    const { code, stderr } = await foresightHere(['evalute']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no command "evalute"\. Did you mean "evaluate"\?/);
  });
});

/** Arguments with the paths of the fixtures filled in. */
function fill(args: string): string[] {
  const paths: Record<string, string> = { GAMES: games, MORE: more, OTHERS: others, MODEL: model };
  return args
    .split(' ')
    .filter(Boolean)
    .map((arg) => arg.replace(/^FOLDER/, folder.path).replace(/^[A-Z]+/, (name) => paths[name]));
}
