import { expect, it } from 'vitest';
import { SymbolHistory } from '../../src/experts/symbol-history.ts';
import type { SymbolSource } from '../../src/experts/symbol-source.ts';

const SOURCES: readonly SymbolSource[] = [
  { kind: 'action', back: 0 },
  { kind: 'action', back: 2 },
  { kind: 'duration', back: 0, edges: [5, 10] },
  { kind: 'duration', back: 1, edges: [5, 10] },
  { kind: 'number', field: 0, edges: [-1, 1] },
  { kind: 'place', field: 1, back: 0, size: 3 },
  { kind: 'place', field: 1, back: 1, size: 3 },
];

const see = (history: SymbolHistory, tick: number, action: number, ...values: number[]) => {
  history.push({ tick, action, values: Float32Array.from(values) });
  return [...history.symbols];
};

it('reads the last steps, and 0 where nothing is known', () => {
  const history = new SymbolHistory(SOURCES, 2);
  expect(see(history, 100, 7, -3, 0)).toEqual([8, 0, 0, 0, 1, 1, 0]);
  expect(see(history, 104, 5, 1, 2)).toEqual([6, 0, 1, 0, 2, 3, 1]);
  expect(see(history, 111, 4, 1.5, NaN)).toEqual([5, 8, 2, 1, 3, 0, 3]);
  expect(see(history, 200, 0, NaN, 9)).toEqual([1, 6, 3, 2, 0, 0, 0]);
});

it('forgets at the beginning of an episode', () => {
  const history = new SymbolHistory(SOURCES, 2);
  see(history, 0, 1, 0, 1);
  see(history, 9, 2, 0, 1);
  history.reset();
  expect([...history.symbols]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(see(history, 0, 3, 0, 0)).toEqual([4, 0, 0, 0, 2, 1, 0]);
});

it('multiplies a number by the facing direction', () => {
  const turned: SymbolSource = { kind: 'number', field: 0, by: 1, edges: [0, 10] };
  const history = new SymbolHistory([turned], 2);
  expect(see(history, 0, 0, 12, 1)).toEqual([3]);
  expect(see(history, 1, 0, 12, -1)).toEqual([1]);
  expect(see(history, 2, 0, -12, -1)).toEqual([3]);
  expect(see(history, 3, 0, 12, NaN)).toEqual([0]);
});
