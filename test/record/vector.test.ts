import { describe, expect, it } from 'vitest';
import { decodeEpisodes, encodeEpisodes } from '../../src/record/binary-format.ts';
import { checkEpisodes } from '../../src/record/check-episodes.ts';
import { columnNames, columnsOf, spansOf } from '../../src/record/columns.ts';
import { parseCsvSpec } from '../../src/record/csv-spec.ts';
import type { Episode } from '../../src/record/episode.ts';
import { readJsonLines, writeJsonLines } from '../../src/record/json-lines.ts';
import { MemoryEpisodeStore } from '../../src/record/memory-store.ts';
import { rowFromObservation } from '../../src/record/observation.ts';
import { readCsv } from '../../src/record/read-csv.ts';
import { Recorder } from '../../src/record/recorder.ts';
import {
  checkSpec,
  defineSpec,
  number,
  specDifferences,
  specHash,
  vector,
} from '../../src/record/spec.ts';
import type { CharacterSpec, Observation } from '../../src/record/spec.ts';
import { bitsOf } from './any-set.ts';
import { DUELIST, expectError } from './fixtures.ts';
import { SCOUT } from './scout.ts';

const OBSERVATION = { speed: 2, rays: [1, null, 3], lit: true } as const;

/** Two steps of a scout, recorded in a store. */
async function record(): Promise<{ spec: CharacterSpec; episodes: Episode[] }> {
  const store = new MemoryEpisodeStore();
  const recorder = new Recorder({ spec: SCOUT, store, session: 'evening' });
  recorder.begin('hero', { id: 'a' });
  const rays = Float32Array.of(0.5, NaN, 9);
  recorder.act('hero', { tick: 1, action: 'left', observation: { speed: 1, rays, lit: false } });
  // The game may use the same array again.
  rays.fill(7);
  recorder.act('hero', { tick: 5, action: 'ahead', observation: { ...OBSERVATION, rays: null } });
  await recorder.end('hero', 'terminated');
  return { spec: SCOUT, episodes: await store.load(SCOUT) };
}

describe('the columns of a spec', () => {
  it('are its fields, and one for each number of a vector', () => {
    expect(columnsOf(SCOUT)).toEqual([
      { kind: 'number', name: 'speed', unit: 'm/s' },
      { kind: 'number', name: 'rays_0', min: 0, max: 9, unit: 'm' },
      { kind: 'number', name: 'rays_1', min: 0, max: 9, unit: 'm' },
      { kind: 'number', name: 'rays_2', min: 0, max: 9, unit: 'm' },
      { kind: 'boolean', name: 'lit' },
    ]);
    expect(columnsOf(DUELIST)).toEqual(DUELIST.observation.fields);
  });

  it('are found by field', () => {
    const places = spansOf(SCOUT).map(({ field, first, columns }) => [
      field.name,
      first,
      columns.length,
    ]);
    expect(places).toEqual([
      ['speed', 0, 1],
      ['rays', 1, 3],
      ['lit', 4, 1],
    ]);
    expect(columnNames(SCOUT, ['rays_1', 'rays', 'speed', 'other'])).toEqual([
      'rays_1',
      'rays_0',
      'rays_2',
      'speed',
      'other',
    ]);
  });

  it('are made once for each list of fields', () => {
    const other = { ...SCOUT, name: 'other' };
    expect(columnsOf(other)).toBe(columnsOf(SCOUT));
  });
});

describe('a vector in a spec', () => {
  const withRays = (...fields: Parameters<typeof defineSpec>[0]['observation'][]) =>
    defineSpec({ ...SCOUT, observation: fields.flat() as never });

  it.each([0, -1, 2.5, 4097, NaN])('has no length of %s', async (length) => {
    const message = new RegExp(`"rays" has the length ${length}\\. .* from 1 to 4096`);
    await expectError(() => withRays([vector('rays', length)]), 'bad-spec', message);
  });

  it('has a range that is not empty', async () => {
    await expectError(
      () => withRays([vector('rays', 3, { min: 2, max: 2 })]),
      'bad-spec',
      /range of "rays" is empty \(2 to 2\)/,
    );
  });

  it('has no number with the name of another field', async () => {
    await expectError(
      () => withRays([vector('rays', 3), number('rays_2')]),
      'bad-spec',
      /column "rays_2" occurs twice/,
    );
    expect(() => checkSpec(withRays([vector('rays', 2), number('rays_2')]))).not.toThrow();
  });

  it('counts in the fingerprint and in the differences', () => {
    const longer = withRays([number('speed', { unit: 'm/s' }), vector('rays', 4)]);
    const shorter = withRays([number('speed', { unit: 'm/s' }), vector('rays', 3)]);
    expect(specHash(longer)).not.toBe(specHash(shorter));
    expect(specDifferences(longer, shorter)).toEqual([
      expect.stringMatching(/field "rays": .*"length":4.* here, .*"length":3.* there/),
    ]);
  });
});

describe('a vector in an observation', () => {
  it.each([
    ['an array', [1, 2.5, 3]],
    ['floats', Float32Array.of(1, 2.5, 3)],
    ['doubles', Float64Array.of(1, 2.5, 3)],
  ])('can be %s', (_, rays) => {
    expect([...rowFromObservation(SCOUT, { ...OBSERVATION, rays })]).toEqual([2, 1, 2.5, 3, 1]);
  });

  it('can be unknown, as a whole or in part', () => {
    expect([...rowFromObservation(SCOUT, OBSERVATION)]).toEqual([2, 1, NaN, 3, 1]);
    const nan = rowFromObservation(SCOUT, { ...OBSERVATION, rays: [NaN, 2, null] });
    expect([...nan]).toEqual([2, NaN, 2, NaN, 1]);
    const nothing = rowFromObservation(SCOUT, { ...OBSERVATION, rays: null });
    expect([...nothing]).toEqual([2, NaN, NaN, NaN, 1]);
  });

  it.each<[string, unknown, RegExp]>([
    ['too short', [1, 2], /"rays" .*"scout" has 2 numbers\. Give an array of 3 numbers, or null/],
    ['too long', new Float32Array(4), /"rays" .* has 4 numbers\. Give an array of 3/],
    ['a number', 1, /"rays" .* is 1\. Give an array of 3 numbers, or null/],
    ['a text', '123', /"rays" .* is "123"\. Give an array of 3 numbers/],
    ['bytes', new DataView(new ArrayBuffer(3)), /"rays" .* is an object\. Give an array/],
    ['missing', undefined, /"rays" .* is missing\. Give "rays", or pass null/],
    ['infinite', [1, Infinity, 2], /"rays" .* has Infinity at index 1\. Give a finite number/],
    ['too large', [1, 2, 1e39], /"rays" .* has 1e\+39 at index 2\. Give a finite number/],
    ['of texts', ['1', 2, 3], /"rays" .* has "1" at index 0\. Give a finite number/],
    ['sparse', [1, undefined, 3], /"rays" .* has undefined at index 1\./],
    ['of large integers', BigInt64Array.of(1n, 2n, 3n), /"rays" .* has 1 at index 0\./],
  ])('is refused when it is %s', async (_, rays, message) => {
    const observation = { ...OBSERVATION, rays } as Observation;
    const plain: CharacterSpec = SCOUT;
    await expectError(() => rowFromObservation(plain, observation), 'bad-observation', message);
  });
});

describe('a recorded vector', () => {
  it('is a column for each of its numbers', async () => {
    const { episodes } = await record();
    expect(episodes[0].columns.map((column) => [...column])).toEqual([
      [1, 2],
      [0.5, NaN],
      [NaN, NaN],
      [9, NaN],
      [0, 1],
    ]);
  });

  it('survives every format', async () => {
    const set = await record();
    expect(bitsOf(decodeEpisodes(encodeEpisodes(set)))).toEqual(bitsOf(set));
    expect(bitsOf(readJsonLines(writeJsonLines(set)))).toEqual(bitsOf(set));
  });

  it('is an array in JSON lines', async () => {
    const [header, episode] = writeJsonLines(await record()).split('\n');
    expect(JSON.parse(header).columns).toEqual(['tick', 'action', 'speed', 'rays', 'lit']);
    expect(episode).toContain('"steps":[[1,1,1,[0.5,null,9],0],[5,0,2,[null,null,null],1]]');
  });

  it('can be null as a whole in JSON lines', async () => {
    const set = await record();
    const text = writeJsonLines(set).replace('[null,null,null]', 'null');
    expect(bitsOf(readJsonLines(text))).toEqual(bitsOf(set));
  });

  it.each([
    ['[0.5,null]', /step 0 has 2 numbers for "rays"\. Give an array of 3 numbers, or null/],
    ['7', /step 0 has 7 for "rays"\. Give an array of 3 numbers/],
    ['[0.5,null,"9"]', /step 0 has "9" for "rays_2"\. Give a finite number/],
  ])('is refused as %s in JSON lines', async (rays, message) => {
    const text = writeJsonLines(await record()).replace('[0.5,null,9]', rays);
    await expectError(() => readJsonLines(text), 'corrupt-file', message);
  });

  it('has as many columns as its spec', async () => {
    const { episodes } = await record();
    const [episode] = episodes;
    const short = { ...episode, columns: episode.columns.slice(1) };
    await expectError(
      () => checkEpisodes(SCOUT, [short]),
      'bad-data',
      /it has 4 columns but the spec has 3 fields of 5 values/,
    );
    const uneven = episode.columns.map((one, i) => (i === 2 ? one.slice(1) : one));
    await expectError(
      () => checkEpisodes(SCOUT, [{ ...episode, columns: uneven }]),
      'bad-data',
      /column "rays_1" has 1 values for 2 steps/,
    );
  });
});

describe('a vector of another program', () => {
  const HEADER = {
    format: 'episodes-jsonl/1',
    tickRate: 60,
    actions: ['ahead', 'left'],
    columns: ['tick', 'rays', 'action', 'speed'],
    vectors: { rays: 2 },
  };
  const lines = (header: object): string =>
    [header, { episode: 'a', steps: [[1, [5, null], 1, 3]] }]
      .map((line) => JSON.stringify(line))
      .join('\n');

  it('is named in the header of plain JSON lines', () => {
    const { spec, episodes } = readJsonLines(lines(HEADER));
    expect(spec.observation.fields).toEqual([vector('rays', 2), number('speed')]);
    expect(episodes[0].columns.map((column) => [...column])).toEqual([[5], [NaN], [3]]);
  });

  it.each<[string, object, RegExp]>([
    ['not a column', { beams: 3 }, /the vector "beams" is not a column\. List it under "columns"/],
    ['without a length', { rays: 'two' }, /its spec is not usable.*"rays" has the length NaN/],
    ['not listed by name', [2], /"0" is not a column|"vectors" is not an object/],
  ])('is refused when %s', async (_, vectors, message) => {
    await expectError(() => readJsonLines(lines({ ...HEADER, vectors })), 'corrupt-file', message);
  });

  const CSV = {
    name: 'scout',
    tickRate: 10,
    fields: [
      'speed',
      { column: 'lidar', name: 'rays', kind: 'vector', length: 2, unit: 'm' },
      { column: 'lit', kind: 'boolean' },
    ],
    action: { column: 'move', actions: ['ahead', 'left'] },
  };

  it('is numbered columns of a CSV file, in any order', () => {
    const text = 'lidar_1,speed,lit,move,lidar_0\n4,1,true,left,5\n,2,false,ahead,6\n';
    const { spec, episodes } = readCsv(text, 'log.csv', parseCsvSpec({ ...CSV, parts: 1 }));
    expect(spec.observation.fields[1]).toEqual(vector('rays', 2, { unit: 'm' }));
    expect(episodes[0].columns.map((column) => [...column])).toEqual([
      [1, 2],
      [5, 6],
      [4, NaN],
      [1, 0],
    ]);
  });

  it('can be what a CSV spec predicts, as a whole or in part', async () => {
    expect(parseCsvSpec({ ...CSV, continuous: ['rays', 'speed'] }).continuous).toEqual([
      'rays_0',
      'rays_1',
      'speed',
    ]);
    expect(parseCsvSpec({ ...CSV, continuous: ['rays_1'] }).continuous).toEqual(['rays_1']);
    await expectError(
      () => parseCsvSpec({ ...CSV, continuous: ['rays_2'] }),
      'bad-spec',
      /names "rays_2", which is not a number field.*Did you mean "rays"/,
    );
  });

  it('names the column of a CSV file that is missing', async () => {
    await expectError(
      () => readCsv('lidar_0,speed,lit,move\n4,1,true,left\n', 'log.csv', parseCsvSpec(CSV)),
      'bad-data',
      /log\.csv has no column "lidar_1"/,
    );
  });
});
