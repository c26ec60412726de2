import { expect, it } from 'vitest';
import { ChildIndex } from '../../src/experts/child-index.ts';
import { createRng } from '../../src/util/rng.ts';

it('finds what a map of maps finds, and a copy of it is independent', () => {
  const rng = createRng(4);
  const known = new Map<string, number>();
  const index = new ChildIndex();
  for (let child = 1; child < 3000; child++) {
    const [node, symbol] = [rng.int(child), rng.int(4096)];
    expect(index.get(node, symbol)).toBe(known.get(`${node} ${symbol}`) ?? 0);
    if (index.get(node, symbol)) continue;
    index.add(node, symbol, child);
    known.set(`${node} ${symbol}`, child);
  }
  const copy = new ChildIndex(index);
  for (const [key, child] of known) {
    const [node, symbol] = key.split(' ').map(Number);
    expect([index.get(node, symbol), copy.get(node, symbol)]).toEqual([child, child]);
  }
  copy.add(0, 5000, 7);
  expect([index.get(0, 5000), copy.get(0, 5000)]).toEqual([0, 7]);
});
