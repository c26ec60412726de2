import { describe, expect, it } from 'vitest';
import { checkSet } from '../../src/record/check-set.ts';
import { parseCsvSpec } from '../../src/record/csv-spec.ts';
import { readCsv } from '../../src/record/read-csv.ts';
import type { Episode } from '../../src/record/episode.ts';

const SPEC = {
  name: 'robot',
  tickRate: 10,
  everyTicks: 2,
  fields: [
    'near',
    { column: 'lit', kind: 'boolean' },
    { column: 'ground', kind: 'category', categories: ['road', 'grass'] },
    { column: 'map', kind: 'id' },
  ],
  action: { column: 'move', actions: ['ahead', 'left', 'right'] },
};
const HEADER = 'near,lit,ground,map,move';

/** A file of `rows`, read with SPEC and its overrides. */
function read(rows: readonly string[], over: object = {}, header = HEADER): readonly Episode[] {
  const set = readCsv(
    [header, ...rows, ''].join('\n'),
    'log.csv',
    parseCsvSpec({ ...SPEC, ...over }),
  );
  checkSet(set);
  return set.episodes;
}

const row = (near: number): string => `${near},true,road,7,left`;

describe('readCsv', () => {
  it('converts rows to steps', () => {
    const rows = [
      '0.5,true,road,7,left',
      ' 1.5 , 0 , grass , 8 , ahead ',
      ',,,,right',
      '"2",1,"road",7,right',
    ];
    const [episode] = read(rows, { parts: 1 });
    expect(episode.length).toBe(4);
    expect([...episode.ticks]).toEqual([0, 2, 4, 6]);
    expect([...episode.actions]).toEqual([1, 0, 2, 2]);
    expect(episode.columns.map((column) => [...column])).toEqual([
      [0.5, 1.5, NaN, 2],
      [1, 0, NaN, 1],
      [0, 1, NaN, 0],
      [7, 8, NaN, 7],
    ]);
  });

  it('cuts a single run into consecutive sessions, named by content', () => {
    const rows = Array.from({ length: 103 }, (_, i) => row(i));
    const episodes = read(rows);
    expect(episodes).toHaveLength(20);
    expect(episodes.flatMap(({ columns }) => [...columns[0]])).toEqual(rows.map((_, i) => i));
    expect(new Set(episodes.map(({ session }) => session)).size).toBe(20);
    expect(Math.max(...episodes.map(({ length }) => length))).toBe(6);
    expect(episodes[2].session).toMatch(/^robot [0-9a-f]{8} part 03 of 20$/);
    expect(read(rows)[2].session).toBe(episodes[2].session);
    expect(read(rows.slice(1))[2].session).not.toBe(episodes[2].session);
  });

  it('makes no parts that have only one row', () => {
    expect(read([row(1), row(2), row(3), row(4), row(5)]).map(({ length }) => length)).toEqual([
      3, 2,
    ]);
    expect(read([row(1)])).toHaveLength(1);
  });

  it('groups rows by the session and episode columns', () => {
    const rows = ['a,1', 'a,1', 'b,1', 'a,2', 'b,1'].map((ids, i) => `${row(i)},${ids}`);
    const header = `${HEADER},day,lap`;
    const both = read(rows, { session: 'day', episode: 'lap' }, header);
    expect(both.map(({ session, columns }) => [session, [...columns[0]]])).toEqual([
      ['a', [0, 1]],
      ['b', [2, 4]],
      ['a', [3]],
    ]);
    expect(read(rows, { session: 'day' }, header).map(({ length }) => length)).toEqual([3, 2]);
    const laps = read(rows, { episode: 'lap' }, header);
    expect(laps.map(({ session }) => session)).toEqual([
      expect.stringMatching(/^[0-9a-f]{8} 1$/),
      expect.stringMatching(/^[0-9a-f]{8} 2$/),
    ]);
  });

  it('reads times relative to the first row of a run', () => {
    const rows = [100.0, 100.1, 100.26, 101].map((time, i) => `${row(i)},${time}`);
    const over = { parts: 1, tick: { column: 'time', unit: 'seconds' } };
    expect([...read(rows, over, `${HEADER},time`)[0].ticks]).toEqual([0, 1, 3, 10]);
  });

  it('skips blank lines and accepts other delimiters, line ends and a byte-order mark', () => {
    const text = '\ufeffnear;lit;ground;map;move\r\n1;1;road;7;left\r\n\r\n2;1;road;7;left\r\n';
    const set = readCsv(text, 'log.csv', parseCsvSpec({ ...SPEC, delimiter: ';', parts: 1 }));
    expect([...set.episodes[0].columns[0]]).toEqual([1, 2]);
  });

  it.each<[string, readonly string[], object, string, string, RegExp]>([
    [
      'a missing column',
      [row(1)],
      { fields: ['neer'] },
      HEADER,
      'bad-data',
      /^log\.csv has no column "neer"\. Did you mean "near"\? Correct the spec file or the header; the columns are near, lit/,
    ],
    [
      'a cell that is not a number',
      [row(1), 'far,1,road,7,left'],
      {},
      HEADER,
      'bad-data',
      /^log\.csv line 3, column "near": "far" is not a number\. Write one there, .* or leave the cell empty/,
    ],
    [
      'a decimal comma',
      ['"1,5",1,road,7,left'],
      {},
      HEADER,
      'bad-data',
      /"1,5" is not a number\. Write one there, with a point/,
    ],
    [
      'a number beyond 32 bits',
      ['1e99,1,road,7,left'],
      {},
      HEADER,
      'bad-data',
      /"1e99" is not a number/,
    ],
    [
      'neither true nor false',
      ['1,maybe,road,7,left'],
      {},
      HEADER,
      'bad-data',
      /column "lit": "maybe" is neither true nor false/,
    ],
    [
      'an unknown category',
      ['1,1,gras,7,left'],
      {},
      HEADER,
      'bad-data',
      /"gras" is not a category of the spec\. Did you mean "grass"/,
    ],
    ['a broken id', ['1,1,road,7.5,left'], {}, HEADER, 'bad-data', /"7\.5" is not a whole number/],
    [
      'an unknown action',
      [row(1), '1,1,road,7,lft'],
      {},
      HEADER,
      'unknown-action',
      /^log\.csv line 3, column "move" has the action "lft", which is not in the spec\. Did you mean "left"\? Correct it, or add it/,
    ],
    ['no action', ['1,1,road,7,'], {}, HEADER, 'unknown-action', /has the action ""/],
    [
      'a ragged row',
      [row(1), '1,1,road,7'],
      {},
      HEADER,
      'bad-data',
      /^log\.csv has 4 cells on line 3, but 5 columns\. Correct or remove that line/,
    ],
    [
      'a header alone',
      [],
      {},
      HEADER,
      'bad-data',
      /^log\.csv has a header but no rows\. Export it again/,
    ],
    ['nothing at all', [], {}, '', 'bad-data', /^log\.csv is empty\. Export it again/],
    [
      'a column twice',
      ['1,1,road,7,left,2'],
      {},
      `${HEADER},near`,
      'bad-data',
      /has two columns "near"\. Give each/,
    ],
    [
      'an open quote',
      ['"1,1,road,7,left'],
      {},
      HEADER,
      'corrupt-file',
      /^log\.csv is not a readable CSV file: Quote Not Closed.*Check the quotes/,
    ],
    [
      'time that runs backwards',
      [`${row(1)},5`, `${row(2)},4`],
      { parts: 1, tick: { column: 't', unit: 'ticks' } },
      `${HEADER},t`,
      'bad-data',
      /line 3: time in column "t" runs backwards, to 4\. Sort the rows/,
    ],
    [
      'time of another unit',
      [`${row(1)},0`, `${row(2)},1e12`],
      { parts: 1, tick: { column: 't', unit: 'seconds' } },
      `${HEADER},t`,
      'bad-data',
      /too many\. Check the unit and tickRate/,
    ],
  ])('refuses %s and names the fix', (_, rows, over, header, code, message) => {
    expect(() => read(rows, over, header)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
