import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContextTree } from '../../src/experts/context-tree.ts';

const ACTIONS = 4;
const lesson = fc.record({
  symbols: fc.array(fc.nat(5), { maxLength: 4 }),
  next: fc.nat(ACTIONS - 1),
});

/** Lessons for a tree, and a context to ask it about. */
const learned = fc.record({ lessons: fc.array(lesson, { maxLength: 60 }), asked: lesson });

function taught(lessons: readonly { symbols: number[]; next: number }[]): ContextTree {
  const tree = new ContextTree({ actions: ACTIONS });
  for (const { symbols, next } of lessons) tree.learn(symbols, symbols.length, next);
  return tree;
}

describe('ContextTree', () => {
  it('gives one action the probability that it has among all', () => {
    fc.assert(
      fc.property(learned, ({ lessons, asked: { symbols } }) => {
        const tree = taught(lessons);
        const all = [...tree.predict(symbols, symbols.length, new Float64Array(ACTIONS))];
        expect(all.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
        all.forEach((share, action) =>
          expect(tree.probability(symbols, symbols.length, action)).toBeCloseTo(share, 12),
        );
      }),
    );
  });

  it('unlearns, as if it had never learned', () => {
    fc.assert(
      fc.property(learned, fc.array(lesson, { maxLength: 60 }), ({ lessons, asked }, others) => {
        const same = (left: ContextTree, right: ContextTree): void => {
          const { symbols } = asked;
          const [a, b] = [left, right].map((tree) => {
            const match = { depth: -1, count: -1 };
            const out = tree.predict(symbols, symbols.length, new Float64Array(ACTIONS), match);
            const counts = [0, 1, 2, 3].map((next) => tree.count(symbols, symbols.length, next));
            return { out: [...out], match, counts };
          });
          expect(a).toEqual(b);
        };
        // Of one depth, as the contexts of an expert are.
        const deep = (all: typeof lessons) =>
          all.map(({ symbols, next }) => ({ symbols: [...symbols, 0, 0, 0, 0].slice(0, 4), next }));
        const tree = taught([...deep(others), ...deep(lessons)]);
        for (const { symbols, next } of deep(others)) tree.unlearn(symbols, 4, next);
        same(tree, taught(deep(lessons)));
        for (const { symbols, next } of deep(others)) tree.learn(symbols, 4, next);
        same(tree, taught([...deep(lessons), ...deep(others)]));
      }),
    );
    expect(() => taught([]).unlearn([1], 1, 0)).toThrow(RangeError);
  });

  it('reports how much it knows about the context', () => {
    const tree = taught([
      { symbols: [1, 2], next: 0 },
      { symbols: [1, 3], next: 0 },
      { symbols: [1, 2, 4], next: 1 },
    ]);
    const match = { depth: -1, count: -1 };
    const ask = (...symbols: number[]) => {
      tree.predict(symbols, symbols.length, new Float64Array(ACTIONS), match);
      return { ...match };
    };
    expect(ask(1, 2, 4)).toEqual({ depth: 3, count: 1 });
    expect(ask(1, 2, 5)).toEqual({ depth: 2, count: 2 });
    // A shorter context counts an action only when it was new in the longer one.
    expect(ask(1, 9)).toEqual({ depth: 1, count: 3 });
    expect(ask(7)).toEqual({ depth: 0, count: 2 });
    expect(new ContextTree({ actions: 2 }).probability([1], 1, 0)).toBe(0.5);
  });

  it('forgets by visits of a context at a retention below 1', () => {
    const tree = new ContextTree({ actions: 2, discount: 0, strength: 0.5, retention: 0.5 });
    for (let i = 0; i < 20; i++) tree.learn([1], 1, 0);
    const match = { depth: 0, count: 0 };
    tree.predict([1], 1, new Float64Array(2), match);
    expect(match.count).toBeCloseTo(2, 4);
    // 1 of 2 was new twice in a row: three quarters of what is remembered.
    tree.learn([1], 1, 1);
    tree.learn([1], 1, 1);
    const root = (0.5 * 0.5 + 1.5) / 2.5;
    expect(tree.probability([], 0, 1)).toBeCloseTo(root, 4);
    expect(tree.probability([1], 1, 1)).toBeCloseTo((0.5 * root + 1.5) / 2.5, 4);
    expect(() => new ContextTree({ actions: 2, retention: 0 })).toThrow(RangeError);
  });

  it('copies itself', () => {
    const tree = taught([{ symbols: [1], next: 2 }]);
    const copy = tree.clone();
    copy.learn([1], 1, 3);
    expect(tree.probability([1], 1, 3)).toBeLessThan(copy.probability([1], 1, 3));
  });

  it.each([-1, 4096, NaN])('refuses the symbol %d', (symbol) => {
    expect(() => taught([{ symbols: [symbol], next: 0 }])).toThrow(RangeError);
  });
});
