import { fileURLToPath } from 'node:url';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, expect, it } from 'vitest';
import { GuardedTable } from '../../src/parquet/guarded-table.ts';
import { Folder } from '../cli/run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

/** Found by changing random bytes of a small export: one of its columns keeps hyparquet busy for ever. */
const ENDLESS = fileURLToPath(new URL('endless.parquet', import.meta.url));
const DEADLINE_MS = 3000;

const small = folder.file('small.parquet');
parquetWriteFile({ filename: small, columnData: [{ name: 'a', data: [1, 2, 3], type: 'INT32' }] });

it('ends the reading of a file that would take for ever, and reads the next one', async () => {
  const endless = await GuardedTable.open(ENDLESS, DEADLINE_MS);
  expect(await endless.read('action', { from: 0, to: 4 })).toHaveLength(4);
  await expect(endless.read('observation.stage', { from: 0, to: 4 })).rejects.toMatchObject({
    code: 'corrupt-file',
    message: expect.stringMatching(/endless\.parquet" cannot be read as Parquet: its reader was/),
  });
  await expect(endless.read('action', { from: 0, to: 4 })).rejects.toThrow('was ended');
  endless.close();
  const table = await GuardedTable.open(small, DEADLINE_MS);
  expect([...table.ranges()]).toEqual([{ from: 0, to: 3 }]);
  expect(await table.read('a', { from: 1, to: 3 })).toEqual([2, 3]);
  table.close();
});

it('reports a file that is no Parquet, and continues', async () => {
  const text = folder.write('text.parquet', 'no Parquet at all');
  await expect(GuardedTable.open(text)).rejects.toMatchObject({ code: 'corrupt-file' });
  const table = await GuardedTable.open(small);
  expect(table.columns).toEqual(['a']);
  table.close();
});
