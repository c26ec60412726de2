import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { openDataset } from '../../src/parquet/dataset-reader.ts';
import { DatasetWriter } from '../../src/parquet/dataset-writer.ts';
import type { DatasetWriterOptions } from '../../src/parquet/dataset-writer.ts';
import { decodeEpisodes, encodeEpisodes } from '../../src/record/binary-format.ts';
import type { Episode, EpisodeSet } from '../../src/record/episode.ts';
import { writeJsonLines } from '../../src/record/json-lines.ts';
import { boolean, category, defineSpec, number, vector } from '../../src/record/spec.ts';
import { createRng } from '../../src/util/rng.ts';
import { Folder, foresightHere } from '../cli/run.ts';
import { anySet, bitsOf } from '../record/any-set.ts';

const folder = new Folder();
afterAll(() => folder.remove());

let folders = 0;
function write({ spec, episodes }: EpisodeSet, options?: DatasetWriterOptions): string {
  const root = folder.file(`set-${folders++}`);
  const writer = new DatasetWriter(root, spec, options);
  for (const episode of episodes) writer.add(episode);
  writer.finish();
  return root;
}

async function read(root: string): Promise<EpisodeSet> {
  const dataset = await openDataset(root);
  const episodes: Episode[] = [];
  for await (const episode of dataset.read()) episodes.push(episode);
  return { spec: dataset.spec, episodes };
}

const SPEC = defineSpec({
  name: 'fighter',
  observation: [
    number('distance'),
    boolean('grounded'),
    category('stance', ['low', 'high']),
    vector('rays', 3),
  ],
  action: ['jab', 'kick', 'wait'],
});

const STEPS = 300;

function someEpisodes(count: number): EpisodeSet {
  const rng = createRng(7);
  const episodes = Array.from({ length: count }, (_, e): Episode => {
    const column = (value: () => number): Float32Array =>
      Float32Array.from({ length: STEPS }, () => (rng.next() < 0.1 ? NaN : value()));
    return {
      id: `e${e}`,
      session: `s${e >> 1}`,
      character: 'hero',
      end: 'terminated',
      endTick: 4 * STEPS,
      learn: true,
      meta: { level: e },
      length: STEPS,
      ticks: Int32Array.from({ length: STEPS }, (_unused, i) => 4 * i),
      actions: Uint16Array.from({ length: STEPS }, () => rng.int(3)),
      columns: [
        column(() => 100 * rng.next()),
        column(() => rng.int(2)),
        column(() => rng.int(2)),
        ...Array.from({ length: 3 }, () => column(() => rng.normal())),
      ],
    };
  });
  return { spec: SPEC, episodes };
}

const SET = someEpisodes(9);

describe('episodes as Parquet', () => {
  it('are the same when they are read back', async () => {
    await fc.assert(
      fc.asyncProperty(anySet(), async (set) => {
        const root = write(set, { groupRows: 5, fileBytes: 1 });
        expect(bitsOf(await read(root))).toEqual(bitsOf(set));
        rmSync(root, { recursive: true });
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('are divided into groups of rows and files, with no episode in two files', async () => {
    const root = write(SET, { groupRows: 128, fileBytes: 8000 });
    expect(readdirSync(join(root, 'data/chunk-000')).length).toBeGreaterThan(2);
    expect(bitsOf(await read(root))).toEqual(bitsOf(SET));
  });

  it('come with counts, ranges and means', () => {
    const root = write(SET);
    const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
    const info = json('meta/info.json');
    expect(info).toMatchObject({ fps: 60, total_episodes: 9, total_frames: 9 * STEPS });
    const counts = [0, 1, 2].map((action) =>
      SET.episodes.reduce((sum, one) => sum + one.actions.filter((a) => a === action).length, 0),
    );
    expect(info.action_counts).toEqual(counts);
    const known = SET.episodes.flatMap(({ columns }) =>
      [...columns[0]].filter((value) => !Number.isNaN(value)),
    );
    const stats = json('meta/stats.json')['observation.distance'];
    expect(stats.count).toEqual([known.length]);
    expect(stats.min).toEqual([Math.min(...known)]);
    expect(stats.max).toEqual([Math.max(...known)]);
    expect(stats.mean[0]).toBeCloseTo(known.reduce((a, b) => a + b) / known.length, 6);
    expect(Math.abs(stats.q50[0] - 50)).toBeLessThan(5);
    expect(json('meta/stats.json')['observation.rays'].mean).toHaveLength(3);
  });

  it('are refused when a file has changed, is missing, or the export was not finished', async () => {
    const root = write(SET);
    const data = join(root, 'data/chunk-000/file-000.parquet');
    const bytes = readFileSync(data);
    bytes[200] ^= 1;
    writeFileSync(data, bytes);
    await expect(read(root)).rejects.toMatchObject({ code: 'corrupt-file' });
    rmSync(data);
    await expect(read(root)).rejects.toMatchObject({ code: 'corrupt-file' });
    rmSync(join(root, 'meta/info.json'));
    await expect(read(root)).rejects.toMatchObject({ code: 'bad-data' });
  });

  it('are refused with values that a field does not have', () => {
    const [episode] = SET.episodes;
    const columns = episode.columns.map((column) => column.slice());
    columns[2][4] = 2;
    expect(() => write({ spec: SPEC, episodes: [{ ...episode, columns }] })).toThrow(
      /step 4 has 2 for "stance"/,
    );
  });

  it('are read from files of other programs, with names, wide numbers and times alone', async () => {
    const root = write({ spec: SPEC, episodes: [] });
    const info = JSON.parse(readFileSync(join(root, 'meta/info.json'), 'utf8'));
    rmSync(join(root, 'meta/episodes'), { recursive: true, force: true });
    writeFileSync(
      join(root, 'meta/info.json'),
      JSON.stringify({ spec: info.spec, by: 'another program' }),
    );
    mkdirSync(join(root, 'data'));
    parquetWriteFile({
      filename: join(root, 'data/part-0.parquet'),
      columnData: [
        { name: 'episode_index', data: [0n, 0n, 1n] },
        { name: 'timestamp', data: [0, 0.5, 0] },
        { name: 'action', data: ['kick', 'jab', 'wait'] },
        { name: 'observation.distance', data: [1.5, null, 3], nullable: true },
        { name: 'observation.grounded', data: [true, false, true] },
        { name: 'observation.stance', data: ['high', 'low', null], nullable: true },
        { name: 'observation.rays', data: ['', '', ''] },
        { name: 'session', data: ['s', 's', 't'] },
        { name: 'character', data: ['a', 'a', 'b'] },
      ],
    });
    await expect(read(root)).rejects.toThrow(/row 0, has "" for "rays"/);
    writeFileSync(
      join(root, 'meta/info.json'),
      JSON.stringify({
        spec: { ...SPEC, observation: { fields: SPEC.observation.fields.slice(0, 3) } },
      }),
    );
    const { episodes } = await read(root);
    expect(episodes.map(({ id, session, length }) => [id, session, length])).toEqual([
      ['episode-0', 's', 2],
      ['episode-1', 't', 1],
    ]);
    expect([...episodes[0].ticks]).toEqual([0, 30]);
    expect([...episodes[0].actions]).toEqual([1, 0]);
    expect(episodes[0].columns.map((column) => [...column])).toEqual([
      [1.5, NaN],
      [1, 0],
      [1, 0],
    ]);
  });
});

describe('foresight export and import', () => {
  it('give the same file back, from binary and gzipped JSON lines', async () => {
    const half = { spec: SPEC, episodes: SET.episodes.slice(0, 4) };
    const other = { spec: SPEC, episodes: SET.episodes.slice(3) };
    const first = folder.write('first.bin', encodeEpisodes(half));
    const second = folder.write('second.jsonl.gz', gzipSync(writeJsonLines(other)));
    const out = folder.file('exported');
    const exported = await foresightHere(['export', first, second, '--out', out, '--json']);
    expect(exported.stderr).toBe('');
    expect(JSON.parse(exported.stdout)).toMatchObject({
      episodes: 9,
      doubledEpisodes: 1,
      steps: 9 * STEPS,
    });
    const file = folder.file('back.bin');
    const imported = await foresightHere(['import', out, '--out', file]);
    expect(imported.stderr).toBe('');
    expect(new Uint8Array(readFileSync(file))).toEqual(encodeEpisodes(SET));
    const lines = folder.file('back.jsonl');
    await foresightHere(['import', out, '--out', lines]);
    expect(readFileSync(lines, 'utf8')).toBe(writeJsonLines(decodeEpisodes(readFileSync(file))));
  });

  it('leave no part of a file behind when the steps cannot be read to the end', async () => {
    const root = write(SET, { fileBytes: 8000 });
    const data = join(root, 'data/chunk-000');
    const last = join(data, readdirSync(data).sort().at(-1)!);
    writeFileSync(last, readFileSync(last).fill(0, 4, 400));
    const info = JSON.parse(readFileSync(join(root, 'meta/info.json'), 'utf8'));
    // Without checksums, as others may write it: the damage is found while the episodes are written.
    writeFileSync(join(root, 'meta/info.json'), JSON.stringify({ ...info, files: undefined }));
    for (const name of ['damaged.bin', 'damaged.jsonl.gz']) {
      const { code } = await foresightHere(['import', root, '--out', join(root, name)]);
      expect(code).toBe(1);
      expect(readdirSync(root).sort()).toEqual(['data', 'meta']);
    }
  });

  it('report a damaged file, and a folder that has files already', async () => {
    const bytes = encodeEpisodes(SET);
    bytes[bytes.length - 100] ^= 1;
    const damaged = folder.write('damaged.bin', bytes);
    const out = folder.file('of-damaged');
    const { code, stderr } = await foresightHere(['export', damaged, '--out', out]);
    expect(code).toBe(1);
    expect(stderr).toContain('checksum differs');
    expect((await foresightHere(['import', out, '--out', folder.file('x.bin')])).code).toBe(1);
    const again = await foresightHere(['export', damaged, '--out', write(SET)]);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('not an empty folder');
  });
});

/** A Python with a reader of Parquet. */
const PYTHONS = [process.env.FORESIGHT_PYTHON ?? '', 'python3', '/usr/bin/python3'];
const hasModule = (name: string) => (command: string) =>
  command !== '' && spawnSync(command, ['-c', `import ${name}`]).status === 0;

describe('readers of others find the same', () => {
  const root = write(SET);
  const pattern = join(root, 'data/*/*.parquet');
  const known = SET.episodes.flatMap(({ columns }) => [...columns[0]]).filter((x) => x === x);
  const expected = [
    9 * STEPS,
    9,
    known.length,
    SET.episodes.reduce((sum, { actions }) => sum + actions.filter((a) => a === 1).length, 0),
    3,
  ];

  it('DuckDB', ({ skip }) => {
    const python = PYTHONS.find(hasModule('duckdb'));
    if (!python) return skip('python3 cannot import duckdb: pip install duckdb');
    const query = `select count(*), count(distinct episode_index), count("observation.distance"),
      count(*) filter (action = 1), max(len("observation.rays")) from '${pattern}'`;
    const script = `import duckdb, json; print(json.dumps(duckdb.sql(${JSON.stringify(query)}).fetchone()))`;
    const { stdout, stderr } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it('pyarrow', ({ skip }) => {
    const python = PYTHONS.find(hasModule('pyarrow.parquet'));
    if (!python) return skip('python3 cannot import pyarrow: pip install pyarrow');
    const script = [
      'import json, pyarrow.parquet as pq, pyarrow.compute as pc',
      `t = pq.read_table('${join(root, 'data')}')`,
      'd = t["observation.distance"]',
      'print(json.dumps([t.num_rows, pc.count_distinct(t["episode_index"]).as_py(),' +
        ' len(d) - d.null_count, pc.sum(pc.equal(t["action"], 1)).as_py(),' +
        ' pc.max(pc.list_value_length(t["observation.rays"])).as_py()]))',
    ].join('\n');
    const { stdout, stderr } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(expected);
  });
});
