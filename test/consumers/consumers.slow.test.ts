import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CONSUMERS } from './consumers.ts';
import { installToolbox, versionOf } from './harness/toolbox.ts';
import { useConsumers } from './use-consumers.ts';
import { withTable } from './table.ts';
import type { TableRow } from './table.ts';

const PAGE = fileURLToPath(new URL('../../docs/bundlers.md', import.meta.url));

const expectToWork = useConsumers(installToolbox);

const rows: TableRow[] = [];

it.each(CONSUMERS)('$name ($tool) learns and predicts', async (consumer) => {
  const workerFrom = await expectToWork(consumer);
  const version = consumer.tool && (await versionOf(await installToolbox(), consumer.tool));
  rows.push({ consumer, version, workerFrom });
});

// `npm run test:slow -- --project e2e-slow test/consumers -u` writes the table.
it('has the table of docs/bundlers.md', async ({ skip }) => {
  skip(rows.length < CONSUMERS.length, 'not all consumers ran, or not all worked');
  const page = await readFile(PAGE, 'utf8');
  await expect(await withTable(page, rows, PAGE)).toMatchFileSnapshot(PAGE);
});
