import { expect, it } from 'vitest';
import { ProgressFeed } from '../../src/worker/client-progress.ts';

async function readAll(feed: ProgressFeed<number>): Promise<number[]> {
  const values: number[] = [];
  for await (const value of feed.read()) values.push(value);
  return values;
}

it('gives every reader all values from where it begins', async () => {
  const feed = new ProgressFeed<number>();
  const first = readAll(feed);
  const second = readAll(feed);
  feed.push(1);
  feed.push(2);
  const late = readAll(feed);
  await Promise.resolve();
  feed.push(3);
  feed.end();
  expect(await first).toEqual([1, 2, 3]);
  expect(await second).toEqual([1, 2, 3]);
  expect(await late).toEqual([3]);
});

it('keeps what came before for its first reader, also after the end', async () => {
  const feed = new ProgressFeed<number>();
  feed.push(1);
  feed.end();
  expect(await readAll(feed)).toEqual([1]);
  expect(await readAll(feed)).toEqual([]);
});
