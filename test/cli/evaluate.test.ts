import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { serializeCheckpoint } from '../../src/model/checkpoint-file.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { timedEpisodes } from '../evaluate/timed.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { Folder, foresightHere } from './run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

const training = timedEpisodes(3, 60, 1);
const scored = timedEpisodes(2, 80, 2);
const checkpoint = randomCheckpoint(training, { seed: 3 });
const games = folder.write('games.jsonl', writeJsonLines(scored));
const past = folder.write('past.jsonl', writeJsonLines(training));
const model = folder.write('model.safetensors', serializeCheckpoint(checkpoint));

const json = async (args: readonly string[]) =>
  JSON.parse((await foresightHere(['evaluate', ...args, '--json'])).stdout);

describe('foresight evaluate', () => {
  it('adds choices, timing, minutes and intervals to the JSON', async () => {
    const report = await json([model, games]);
    expect(report.predictions).toBe(2 * 79);
    expect(report.choices.predictions).toBe(2 * 27);
    expect(report.choices.rows.map(({ name }: { name: string }) => name)).toEqual(
      report.rows.map(({ name }: { name: string }) => name),
    );
    expect(report.timing.from).toBe('model');
    expect(report.timing.rows[0]).toEqual({
      name: 'unconditional',
      logLoss: expect.any(Number),
      medianErrorTicks: expect.any(Number),
    });
    expect(report.byMinute[0].minute).toBe(0);
    expect(Object.keys(report.intervals[0])).toEqual(['against', 'difference', 'low', 'high']);
  });

  it('takes choices from the command line, and refuses names that are not actions', async () => {
    const report = await json([model, games, '--choices', 'idle, hit']);
    expect(report.choices.predictions).toBe(2 * 79 - 2 * 27);
    const { code, stderr } = await foresightHere(['evaluate', model, games, '--choices', 'hot']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/"hot" is not an action of "timed"\. Did you mean "hit"\?/);
  });

  it('reports what each part of a model contributes', async () => {
    const small = folder.file('small.safetensors');
    const config = folder.write(
      'small.json',
      JSON.stringify({ model: { units: 4, contexts: 1 }, training: { dropout: 0, epochs: 1 } }),
    );
    await foresightHere([
      'train',
      past,
      '--out',
      small,
      '--config',
      config,
      '--test-fraction',
      '0',
    ]);
    const { ablation } = await json([small, games, '--ablation']);
    expect(ablation[0]).toMatchObject({ name: 'model', difference: 0 });
    const names = ablation.map(({ name }: { name: string }) => name);
    expect(names).toContain('without experts');
    expect(names).not.toContain('without dropout');
    const { code, stderr } = await foresightHere(['evaluate', model, games, '--ablation']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/does not name the files it was trained on/);
  });

  it('reports which times the baselines were fitted on', async () => {
    const { timeCounts: _, ...statistics } = checkpoint.statistics;
    const old = (files: string[]) =>
      folder.write(
        'old.safetensors',
        serializeCheckpoint({
          ...checkpoint,
          statistics,
          trainedOn: { ...checkpoint.trainedOn, files },
        }),
      );
    const own = await json([model, games]);
    const given = await json([model, games, '--baseline-data', past]);
    expect(given.timing).toEqual({ ...own.timing, from: 'baseline-data' });
    const named = await json([old([past]), games]);
    // With its training files the adaptive model mixes them in while it learns, so its row differs.
    expect(named.timing.from).toBe('training-files');
    expect(named.timing.rows.slice(0, 3)).toEqual(own.timing.rows.slice(0, 3));
    expect((await json([old(['gone.jsonl']), games])).timing).toBeUndefined();
  });

  it('saves a page with --report in addition to its output', async () => {
    const page = folder.file('report.html');
    const { code, stdout } = await foresightHere(['evaluate', model, games, '--report', page]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Report saved: .*report\.html$/m);
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('158 steps in 2 episodes of 2 sessions');
    const report = await json([model, games, '--report', folder.file('other.html')]);
    expect(report.predictions).toBe(158);
    expect(readFileSync(folder.file('other.html'), 'utf8')).toBe(html);
  });

  it('fails before it scores anything when the page cannot be saved', async () => {
    const page = folder.file('nowhere/report.html');
    const { code, stderr } = await foresightHere(['evaluate', model, games, '--report', page]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /report\.html" cannot be written: the file or its folder does not exist/,
    );
  });

  it('scores roll-outs with --rollouts, where one step ahead equals the plain prediction', async () => {
    const { rows, rollouts, rolloutsScored } = await json([model, games, '--rollouts']);
    expect(rollouts.map(({ k }: { k: number }) => k)).toEqual([1, 2, 3, 4, 5]);
    expect(rollouts[0].rows.map(({ name }: { name: string }) => name)).toEqual([
      'majority',
      'ngram-2',
      'ngram-2-adaptive',
      'model',
    ]);
    expect(Object.keys(rollouts[4].rows[0])).toEqual(['name', 'top1', 'logLoss']);
    // All actions except the first five of each episode.
    expect(rolloutsScored).toEqual({ predictions: 2 * 75, every: 1 });
    expect(rows).toEqual((await json([model, games])).rows);
    expect((await json([model, games])).rollouts).toBeUndefined();
    const { stdout } = await foresightHere(['evaluate', model, games, '--rollouts']);
    expect(stdout).toMatch(/^top-1, actions ahead +1 +2 +3 +4 +5\nmajority +\d/m);
    expect(stdout).toMatch(/^150 actions \(one in 1\) predicted 1 to 5 steps ahead\.$/m);
  });

  it('prints tables without --json', async () => {
    const { stdout } = await foresightHere(['evaluate', model, games]);
    expect(stdout).toMatch(/^choices only +top-1/m);
    expect(stdout).toMatch(/^54 choices predicted\.$/m);
    expect(stdout).toMatch(/^time to next action +log-loss +median error\nunconditional +\d/m);
    expect(stdout).toMatch(/^log-loss in minute +predictions +model/m);
    expect(stdout).toMatch(/minus model-adaptive: .* \(95 % of resampled sessions/);
  });
});
