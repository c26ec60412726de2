import { expect, it } from 'vitest';
import { ContextTree } from '../../src/experts/context-tree.ts';
import { GrowingContext } from '../../src/experts/growing-context.ts';
import { createRng } from '../../src/util/rng.ts';

const STEPS = 500;
const ACTIONS = 4;

/** Columns of few and of many symbols, and actions that depend on them. */
function invent(seed: number) {
  const rng = createRng(seed);
  const columns = [3, 5, 40, 1].map((size) => ({
    symbols: Uint16Array.from({ length: STEPS }, () => rng.int(size)),
    size,
  }));
  const next = Uint16Array.from({ length: STEPS }, (_, step) =>
    rng.next() < 0.5 ? (columns[0].symbols[step] + columns[1].symbols[step]) % 4 : rng.int(4),
  );
  return { columns, next };
}

it.each([1, 2, 3])('predicts bit for bit what a context tree predicts, seed %i', (seed) => {
  const { columns, next } = invent(seed);
  let grown = GrowingContext.empty({ next, kinds: ACTIONS });
  const shares = new Float64Array(STEPS);
  columns.forEach((column, last) => {
    const context = columns.slice(0, last + 1);
    const tree = new ContextTree({ actions: ACTIONS });
    const expected = Array.from(next, (action, step) => {
      const symbols = context.map((one) => one.symbols[step]);
      const share = tree.probability(symbols, symbols.length, action);
      tree.learn(symbols, symbols.length, action);
      return share;
    });
    grown.predict(column, shares);
    expect([...shares]).toEqual(expected);
    // Trying leaves nothing behind.
    grown.predict(columns[0], shares);
    grown = grown.longer(column);
  });
});

it('predicts each step from the steps of its own player alone', () => {
  const { columns, next } = invent(4);
  const players = { symbols: next.map((_, step) => Math.floor(step / 90)), size: 6 };
  const options = { next, kinds: ACTIONS, players, strength: 2 };
  const grown = GrowingContext.empty(options).longer(columns[0]);
  const shares = new Float64Array(STEPS);
  grown.predict(columns[1], shares);
  const trees = Array.from({ length: 6 }, () => new ContextTree({ actions: ACTIONS, strength: 2 }));
  const expected = Array.from(next, (action, step) => {
    const tree = trees[players.symbols[step]];
    const symbols = [columns[0].symbols[step], columns[1].symbols[step]];
    const share = tree.probability(symbols, 2, action);
    tree.learn(symbols, 2, action);
    return share;
  });
  expect([...shares]).toEqual(expected);
});

it('has nothing to predict without steps', () => {
  const none = new Uint16Array(0);
  const shares = new Float64Array(0);
  GrowingContext.empty({ next: none, kinds: ACTIONS })
    .longer({ symbols: none, size: 1 })
    .predict({ symbols: none, size: 1 }, shares);
  expect(shares).toHaveLength(0);
});
