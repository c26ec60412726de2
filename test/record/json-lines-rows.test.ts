import { expect, it } from 'vitest';
import { readJsonLines } from '../../src/record/json-lines.ts';
import { MAX_ID } from '../../src/record/observation.ts';
import { expectError } from './fixtures.ts';

const HEADER = JSON.stringify({
  format: 'episodes-jsonl/1',
  tickRate: 60,
  actions: ['idle', 'jab'],
  columns: ['tick', 'action', 'rival'],
  categorical: { rival: 'id', stage: 'id' },
});
const file = (rival: number, stage: number): string =>
  `${HEADER}\n${JSON.stringify({ episode: 'a', stage, steps: [[0, 1, rival]] })}`;

it('reads ids up to the largest that a column can hold exactly', () => {
  const [{ columns }] = readJsonLines(file(MAX_ID, MAX_ID - 1)).episodes;
  expect(columns.map(([value]) => value)).toEqual([MAX_ID, MAX_ID - 1]);
});

it('refuses larger ids, which could become equal', async () => {
  const message = /line 2: .*16777217 for "(rival|stage)"\. Give a whole number from 0 to 16777216/;
  await expectError(() => readJsonLines(file(MAX_ID + 1, 0)), 'corrupt-file', message);
  await expectError(() => readJsonLines(file(0, MAX_ID + 1)), 'corrupt-file', message);
});
