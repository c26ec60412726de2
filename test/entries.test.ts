import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readEntry } from './entries/read-entry.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Files of the entries by their names, and the most values that each may export. */
const ENTRIES = [
  { entry: 'phaser-foresight', file: 'plugin/index.ts', most: 24 },
  { entry: 'core', file: 'src/core.ts', most: 34 },
  { entry: 'lab', file: 'src/lab.ts', most: 35 },
  { entry: 'tfjs', file: 'src/tfjs.ts', most: 5 },
];

describe.each(ENTRIES)('the entry $entry', ({ entry, file, most }) => {
  const { values, types } = readEntry(readFileSync(ROOT + file, 'utf8'));

  it('exports these names', async () => {
    const lines = [
      ...values.map((name) => `value ${name}`),
      ...types.map((name) => `type ${name}`),
    ];
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`entries/${entry}.txt`);
  });

  it('is narrow', () => {
    expect(values.length).toBeLessThanOrEqual(most);
    expect(new Set([...values, ...types]).size).toBe(values.length + types.length);
  });
});

it('refuses entries that export more than lists of names', () => {
  expect(() => readEntry(`export * from './a.ts';`)).toThrow(/export \* from/);
  expect(() => readEntry(`export const a = 1;`)).toThrow(/export const a/);
  expect(
    readEntry(`export { b, type C } from './a.ts'; export type { A as D } from './a.ts';`),
  ).toEqual({
    values: ['b'],
    types: ['C', 'D'],
  });
});
