import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestBaseline } from '../../src/evaluate/baselines.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { createRng } from '../../src/util/rng.ts';
import { habitualEpisodes } from '../predict/habitual.ts';
import { Folder, foresightHere } from './run.ts';
import type { EndedHere } from './run.ts';

const folder = new Folder();
const alone = new Folder();
afterAll(() => {
  folder.remove();
  alone.remove();
});

/** A player who has lost changes their move; winners keep it. */
function rounds(players: number, length: number): string {
  const rng = createRng(5);
  const header = {
    format: 'episodes-jsonl/1',
    name: 'rounds',
    tickRate: 1,
    actions: ['rock', 'paper', 'scissors'],
    columns: ['tick', 'action', 'outcome'],
    categorical: { outcome: 'id 0-1' },
  };
  const lines = Array.from({ length: players }, (_, player) => {
    let action = 0;
    const steps = Array.from({ length }, (__, tick) => {
      const step = [tick, action, rng.int(2)];
      action = (action + step[2]) % 3;
      return step;
    });
    return { episode: `p${player}`, game: `p${player}`, steps };
  });
  return [header, ...lines].map((line) => JSON.stringify(line)).join('\n');
}

/** Follows a wall: turns where it is near. */
function wall(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const near = i % 7 < 3;
    return `${near ? 0.4 : 1.5},${near ? 'Turn' : 'Forward'}`;
  });
  return ['distance,move', ...lines].join('\n');
}

const set = habitualEpisodes({ sessions: 4, length: 60, seed: 1 });
folder.write('README.md', 'Not a recording.');
folder.write('habits.jsonl', writeJsonLines(set));
folder.write('rounds.jsonl', rounds(6, 80));
folder.write('broken.jsonl', writeJsonLines(set).slice(0, 3000));
folder.write('one.jsonl', rounds(1, 40));
folder.write('still.jsonl', rounds(3, 1));
folder.write('unknown.csv', wall(50));
folder.write('wall.csv', wall(280));
folder.write(
  'wall.json',
  JSON.stringify({
    name: 'wall',
    tickRate: 10,
    fields: ['distance'],
    action: { column: 'move', actions: ['Forward', 'Turn'] },
    parts: 4,
  }),
);
const config = alone.write(
  'config.json',
  JSON.stringify({ model: { contexts: 1, units: 4, feedForward: 0, pieces: 0 } }),
);
const out = alone.file('scores.json');
const bench = (path: string, ...args: string[]) =>
  foresightHere(['bench-data', path, '--config', config, '--epochs', '1', ...args]);

describe('foresight bench-data', () => {
  let ended: EndedHere;
  beforeAll(async () => {
    ended = await bench(folder.path, '--folds', '2', '--out', out);
  });

  it('prints one table of all sets, and the best simple predictor of each', () => {
    const lines = ended.stdout.split('\n');
    expect(lines[0]).toMatch(/^ +log-loss +95 % +top-1 +95 % +ece +first 50: log-loss +top-1$/);
    const names = lines.slice(1, 16).map((line) => line.match(/^ *\S+( \(best simple\))?/)![0]);
    expect(names).toEqual(
      [
        ['habits', expect.stringMatching(/^ {2}ngram-\d\S* \(best simple\)$/)],
        ['rounds', expect.stringMatching(/^ {2}ngram-category\S* \(best simple\)$/)],
        ['wall', expect.stringMatching(/ \(best simple\)$/)],
      ].flatMap((heads) => [...heads, '  ngram-mix', '  model', '  model-adaptive']),
    );
    expect(lines[3]).toMatch(
      /^ {2}ngram-mix +\d\.\d{3} +\d\.\d{3} to \d\.\d{3} +\d+\.\d % +\d+\.\d to \d+\.\d +0\.\d{3} +\d\.\d{3} +\d+\.\d %$/,
    );
    expect(ended.stdout).toMatch(
      /^habits: 472 steps of 4 sessions and 8 players \(400 first actions\), 2 models, \d+ s\.$/m,
    );
    expect(ended.stdout).toMatch(/^wall: \d+ action changes of 4 sessions and 4 players/m);
  });

  it('reports each file that cannot be scored, with the cure, and does the others', () => {
    expect(ended.code).toBe(1);
    const errors = ended.stderr.trim().split('\n');
    expect(errors).toEqual([
      expect.stringMatching(/^foresight: .*broken\.jsonl/),
      expect.stringMatching(
        /^foresight: ".*one\.jsonl": .*of one session.*Record more sessions\.$/,
      ),
      expect.stringMatching(
        /^foresight: ".*still\.jsonl": Its action never changes.*Name continuous fields/,
      ),
      expect.stringMatching(/^foresight: ".*unknown\.csv" is a CSV file.*Add --spec/),
    ]);
    expect(ended.stdout).toMatch(/^Not scored, see above: .*broken\.jsonl, .*unknown\.csv\.$/m);
  });

  it('shows where it is', () => {
    expect(ended.progress).toMatch(
      /habits\.jsonl \(2 of 7\)\nFold [12] of 2: without \S+, \S+: 10 20 .* 100 %$/m,
    );
    expect(ended.progress).toMatch(/^Scoring model-adaptive: 10 20 .* 100 %$/m);
    expect(ended.progress).not.toMatch(/README|wall\.json/);
  });

  it('saves everything as JSON', () => {
    const saved = JSON.parse(readFileSync(out, 'utf8'));
    expect(saved.sets.map((one: { set: string }) => one.set)).toEqual(['habits', 'rounds', 'wall']);
    expect(saved.failed).toHaveLength(4);
    for (const one of saved.sets) {
      expect(one.best).toBe(bestBaseline(one)!.name);
      expect(one.overSessions.map(({ name }: { name: string }) => name)).toEqual(
        one.rows.map(({ name }: { name: string }) => name),
      );
    }
    expect(ended.stdout).toMatch(/^Saved .*scores\.json\.$/m);
  });

  it('uses the beginning of every episode for a quick look, and prints what it would save', async () => {
    alone.write('habits.jsonl', writeJsonLines(set));
    const quick = await bench(alone.path, '--limit', '96', '--folds', '2', '--json');
    expect(quick.code).toBe(0);
    const [only] = JSON.parse(quick.stdout).sets;
    // 12 of the 60 steps of each of the 8 episodes.
    expect(only).toMatchObject({ sessions: 4, models: 2, predictions: 8 * 11 });
    expect(only.firstActions).toMatchObject({ actions: 50, players: 8, predictions: 8 * 11 });
  });

  it('requires a folder with recordings', async () => {
    const empty = new Folder();
    const none = await bench(empty.path);
    empty.remove();
    expect(none.code).toBe(1);
    expect(none.stderr).toMatch(/There is no recording in ".*"\. Give a folder with files/);
    const file = await bench(folder.file('habits.jsonl'));
    expect(file.stderr).toMatch(/cannot be read as a folder: .*Give the folder that holds/);
    expect((await bench(folder.path, '--out', folder.file('no/where.json'))).stderr).toMatch(
      /where\.json" cannot be written/,
    );
  });
});
