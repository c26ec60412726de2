import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeEpisodes, encodeEpisodes } from '../../src/record/binary-format.ts';
import { parseCsvSpec } from '../../src/record/csv-spec.ts';
import type { Episode } from '../../src/record/episode.ts';
import { readJsonLines } from '../../src/record/json-lines.ts';
import { LIMITS } from '../../src/record/limits.ts';
import { readCsv } from '../../src/record/read-csv.ts';
import { readEpisodes } from '../../src/record/read-episodes.ts';
import { fileOf, withChecksum } from './binary-files.ts';
import { episodeAt, expectError, setOf } from './fixtures.ts';

/** A header of the plain format. */
const plain = (more: object = {}): string =>
  JSON.stringify({
    format: 'episodes-jsonl/1',
    tickRate: 60,
    actions: ['jab', 'kick'],
    columns: ['tick', 'action'],
    ...more,
  });

/** A header of our own format, with this spec. */
const full = (actions: readonly string[], more: object = {}): string =>
  JSON.stringify({
    format: 'episodes-jsonl/2',
    spec: {
      name: 'fighter',
      tickRate: 60,
      sampling: { kind: 'onChange' },
      observation: { fields: [] },
      action: { actions, ...more },
    },
  });

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** A binary file of one episode with values that no field can have, and a checksum that is right. */
function forgeValue(column: number, value: number): Uint8Array {
  const file = encodeEpisodes(setOf(episodeAt('a', 1, 2, 3)));
  const view = new DataView(file.buffer);
  const dataAt = 24 + view.getUint32(12, true);
  view.setFloat32(dataAt + 3 * 4 + 8 + column * 3 * 4, value, true);
  return withChecksum(file);
}

const replaceText = (from: string, to: string): Uint8Array => {
  const file = encodeEpisodes(setOf(episodeAt('a', 1, 2, 3)));
  const at = String.fromCharCode(...file).indexOf(from);
  expect(at).toBeGreaterThan(0);
  file.set(new TextEncoder().encode(to), at);
  return withChecksum(file);
};

describe('a small file that requests much memory', () => {
  it('is refused for a range of a million categories', async () => {
    const header = plain({ columns: ['tick', 'action', 'x'], categorical: { x: 'id 0-999999' } });
    await expectError(
      () => readJsonLines(header, 'My.file'),
      'corrupt-file',
      /^My\.file, line 1: the kind of "x" is "id 0-999999", which are too many categories\. Give "id"/,
    );
  });

  it('is refused for many ranges that are each allowed', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `x${i}`);
    const categorical = Object.fromEntries(names.map((name) => [name, 'id 0-49999']));
    await expectError(
      () => readJsonLines(plain({ categorical })),
      'corrupt-file',
      /"x2" is "id 0-49999", which are too many categories/,
    );
  });

  it('is refused for a gzipped file that unpacks to hundreds of times its size', async () => {
    const rows = '[0,0],'.repeat(4_000_000).slice(0, -1);
    const text = `${plain()}\n{"episode":"a","steps":[${rows}]}`;
    await expectError(
      () => readEpisodes(gzipSync(text), 'My.file'),
      'too-large',
      /^My\.file is gzipped and unpacks to more than 4\.\d+ MB, the limit\. Unpack it first/,
    );
  });

  it('is refused for vectors that are not known', async () => {
    const header = plain({ columns: ['tick', 'action', 'v'], vectors: { v: 4096 } });
    const steps = Array.from({ length: 10_000 }, () => '[0,0,null]').join(',');
    await expectError(
      () => readJsonLines(`${header}\n{"episode":"a","steps":[${steps}]}`, 'My.file'),
      'too-large',
      /^My\.file holds many more values than it has bytes.* split it/,
    );
  });

  it('is refused for very many episodes without steps', async () => {
    const header = plain({ columns: ['tick', 'action', 'v'], vectors: { v: 4096 } });
    const lines = Array.from({ length: 200 }, (_, i) => `{"episode":"${i}","steps":[]}`);
    await expectError(() => readJsonLines([header, ...lines].join('\n')), 'too-large', /^The text/);
    const wide = readJsonLines(header).spec;
    const episodes = Array.from({ length: 200 }, (_, i): Episode => {
      const columns = Array.from({ length: 4096 }, () => new Float32Array(0));
      return { ...episodeAt(`${i}`), columns };
    });
    const file = encodeEpisodes({ spec: wide, episodes });
    await expectError(() => decodeEpisodes(file, 'My.file'), 'too-large', /^My\.file holds many/);
  });

  it('is refused for a vector of a length that no array has', async () => {
    const { spec } = setOf();
    const field = { kind: 'vector', name: 'rays', length: 1e9 };
    const file = fileOf({ spec: { ...spec, observation: { fields: [field] } }, episodes: [] });
    await expectError(
      () => decodeEpisodes(file, 'My.file'),
      'corrupt-file',
      /^My\.file .* its spec is not usable \(.*the vector "rays" has the length 1000000000\. Give/,
    );
  });

  it('is refused for more columns or names than a spec may have', async () => {
    const names = Array.from({ length: 5 }, (_, i) => `v${i}`);
    const vectors = Object.fromEntries(names.map((name) => [name, 4096]));
    await expectError(
      () => readJsonLines(plain({ columns: ['tick', 'action', ...names], vectors })),
      'corrupt-file',
      /its fields have 20480 columns, more than 16384\. Leave some out/,
    );
    const actions = Array.from({ length: 60_000 }, (_, i) => `action ${i}`);
    await expectError(
      () => readJsonLines(full(actions, { choices: actions })),
      'corrupt-file',
      /120000 names of fields, actions and categories, more than 100000/,
    );
  });
});

describe('reading takes a time that grows with the size of the file', () => {
  it('for as many choices as actions', () => {
    const actions = Array.from({ length: 49_000 }, (_, i) => `action ${i}`);
    expect(readJsonLines(full(actions, { choices: actions })).spec.action.choices).toHaveLength(
      49_000,
    );
  });

  it('for as many names of CSV columns as there may be', async () => {
    const csv = parseCsvSpec({
      name: 'log',
      tickRate: 9,
      fields: ['c0'],
      continuous: ['c0'],
    });
    const header = Array.from({ length: LIMITS.columns + 1 }, (_, i) => `c${i}`);
    const row = header.map(() => '1');
    const text = (columns: number): string =>
      [header, row, row].map((cells) => cells.slice(0, columns).join()).join('\n');
    expect(readCsv(text(LIMITS.columns), 'file', csv).episodes).toHaveLength(1);
    await expectError(
      () => readCsv(text(LIMITS.columns + 1), 'My.csv', csv),
      'bad-data',
      /^My\.csv has 16385 columns, more than 16384\. Leave some out/,
    );
  });
});

describe('values that are nested too deeply are refused', () => {
  it.each<[string, string]>([
    ['in a header', `{"format":"episodes-jsonl/1","x":${nested(5000)}}`],
    ['in other keys of a line', `${plain()}\n{"episode":"a","steps":[],"x":${nested(5000)}}`],
    ['in a step', `${plain()}\n{"episode":"a","steps":[[${nested(5000)},0]]}`],
    ['without an end', `${plain()}\n${'['.repeat(1_000_000)}`],
  ])('%s', async (_, text) => {
    await expectError(
      () => readJsonLines(text, 'My.file'),
      'corrupt-file',
      /^My\.file, line \d: it is not JSON \(arrays and objects are nested deeper than 64 levels\)/,
    );
  });

  it('but brackets in texts do not count', () => {
    const text = `${plain()}\n{"episode":"a","steps":[],"x":"\\"${'['.repeat(100)}"}`;
    expect(readJsonLines(text).episodes[0].meta).toEqual({ x: `"${'['.repeat(100)}` });
  });
});

describe('a binary file with a valid checksum is refused', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['an infinite number', forgeValue(0, Infinity), /has Infinity for "x"\. Give a finite/],
    ['a boolean of 7', forgeValue(1, 7), /has 7 for "airborne"\. Give 0, 1/],
    ['category 1e9', forgeValue(2, 1e9), /has 1000000000 for "rivalAction"\. Give one of its 3/],
    ['an id of -1', forgeValue(3, -1), /has -1 for "stage"\. Give a whole number/],
    [
      'an end before the last tick',
      replaceText('"endTick":3', '"endTick":2'),
      /ends at tick 2, before its last step at 3/,
    ],
  ])('with %s', async (_, file, message) => {
    await expectError(() => decodeEpisodes(file), 'corrupt-file', message);
  });
});

describe('a line is refused', () => {
  it.each<[string, string, RegExp]>([
    [
      'that ends before its last step',
      `${full(['a', 'b'])}\n{"episode":"a","session":"","character":"","end":"truncated","endTick":4,"learn":true,"meta":{},"steps":[[5,0]]}`,
      /line 2: it ends at tick 4, before its last step at 5\. Give/,
    ],
    [
      'whose end is no whole number that is exact',
      `${plain()}\n{"episode":"a","steps":[[5,0]],"ticks":1e300}`,
      /line 2: it cannot be kept \(endTick: The tick is not a whole number\)/,
    ],
    [
      'with an infinite number among its other keys',
      `${plain()}\n{"episode":"a","steps":[[5,0]],"score":1e999}`,
      /line 2: it cannot be kept \(meta: meta must hold only texts, finite numbers/,
    ],
  ])('%s', async (_, text, message) => {
    await expectError(() => readJsonLines(text), 'corrupt-file', message);
  });

  it('with an error that is no longer than needed', async () => {
    const text = `${plain()}\n{"episode":"a","steps":["${'x'.repeat(1e6)}"]}`;
    await expectError(() => readJsonLines(text), 'corrupt-file', /^.{0,300}$/);
  });
});

it('a name may have 1000 characters', async () => {
  const read = (length: number) => readJsonLines(full(['a'.repeat(length), 'b'])).spec;
  expect(read(1000).action.actions[0]).toHaveLength(1000);
  await expectError(
    () => read(1001),
    'corrupt-file',
    /the action "a{20}…" has a name of 1001 characters\. Give it at most 1000/,
  );
});
