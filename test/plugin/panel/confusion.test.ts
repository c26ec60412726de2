import { expect, it } from 'vitest';
import { confusion } from '../../../plugin/panel/confusion.ts';

const pairs = (...rows: readonly (readonly [action: number, guess: number])[]) =>
  rows.map(([action, guess]) => ({ action, guess }));

it('counts what was guessed when each action came, the most frequent first', () => {
  const { labels, counts, total } = confusion(pairs([2, 2], [2, 0], [2, 2], [0, 0]), { limit: 7 });
  expect(labels).toEqual([2, 0]);
  expect(counts).toEqual([
    [2, 1],
    [0, 1],
  ]);
  expect(total).toBe(4);
});

it('takes rare actions together', () => {
  const { labels, counts } = confusion(pairs([0, 0], [0, 0], [1, 1], [3, 0], [4, 3]), { limit: 3 });
  expect(labels).toEqual([0, 1, -1]);
  expect(counts).toEqual([
    [2, 0, 0],
    [0, 1, 0],
    [1, 0, 1],
  ]);
});

it('is empty before the first guess', () => {
  expect(confusion([], { limit: 3 })).toEqual({ labels: [], counts: [], total: 0 });
});
