import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readEntry } from './entries/read-entry.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Files of the entries by their names, and the most names that each may export. */
const ENTRIES = [
  { entry: 'phaser-foresight', file: 'plugin/index.ts', most: 48 },
  { entry: 'core', file: 'src/core.ts', most: 64 },
  { entry: 'lab', file: 'src/lab.ts', most: 76 },
  { entry: 'tfjs', file: 'src/tfjs.ts', most: 6 },
];

const readFile = (file: string) => readEntry(readFileSync(ROOT + file, 'utf8'));

describe.each(ENTRIES)('the entry $entry', ({ entry, file, most }) => {
  const { values, types, namespaces } = readFile(file);
  const names = [
    ...values.map((name) => `value ${name}`),
    ...types.map((name) => `type ${name}`),
    ...[...namespaces.keys()].map((name) => `namespace ${name}`),
  ];
  const inside = [...namespaces].flatMap(([name, from]) => {
    const listed = readFile(join(dirname(file), from));
    expect(listed.values).toEqual([]);
    return listed.types.map((type) => `type ${name}.${type}`);
  });

  it('exports these names', async () => {
    const text = [...names, ...inside].map((line) => `${line}\n`).join('');
    await expect(text).toMatchFileSnapshot(`entries/${entry}.txt`);
  });

  it('is narrow', () => {
    expect(names.length).toBeLessThanOrEqual(most);
  });

  it('has each name once', () => {
    const short = [...names, ...inside].map((line) => line.replace(/^\w+ (\w+\.)?/, ''));
    expect(new Set(short).size).toBe(short.length);
  });
});

it('refuses entries that export more than lists of names', () => {
  expect(() => readEntry(`export * from './a.ts';`)).toThrow(/export \* from/);
  expect(() => readEntry(`export * as a from './a.ts';`)).toThrow(/export \* as a/);
  expect(() => readEntry(`export const a = 1;`)).toThrow(/export const a/);
  expect(
    readEntry(
      `export { b, type C } from './a.ts'; export type { A as D } from './a.ts'; export type * as E from './e.ts';`,
    ),
  ).toEqual({
    values: ['b'],
    types: ['C', 'D'],
    namespaces: new Map([['E', './e.ts']]),
  });
});
