import { expect, it } from 'vitest';
import { contextPart } from '../../src/experts/context-part.ts';
import type { SymbolSource } from '../../src/experts/symbol-source.ts';
import { boolean, category, defineSpec, number } from '../../src/record/spec.ts';

const spec = defineSpec({
  name: 'fighter',
  observation: [
    number('distance', { unit: 'm' }),
    boolean('hurt'),
    category('rival', ['a', 'b']),
    number('facing'),
  ],
  action: ['strike', 'block'],
});

it.each<[SymbolSource, number, object]>([
  [{ kind: 'action', back: 1 }, 0, { kind: 'action', back: 1, action: null }],
  [{ kind: 'action', back: 0 }, 2, { kind: 'action', back: 0, action: 'block' }],
  [{ kind: 'duration', back: 0, edges: [5, 9] }, 0, { kind: 'duration', back: 0, range: null }],
  [
    { kind: 'duration', back: 2, edges: [5, 9] },
    3,
    { kind: 'duration', back: 2, range: { above: 9, upTo: Infinity } },
  ],
  [
    { kind: 'number', field: 0, edges: [5, 9] },
    1,
    { kind: 'number', field: 'distance', unit: 'm', range: { above: -Infinity, upTo: 5 } },
  ],
  [
    { kind: 'number', field: 0, edges: [5, 9] },
    2,
    { kind: 'number', field: 'distance', unit: 'm', range: { above: 5, upTo: 9 } },
  ],
  [
    { kind: 'number', field: 0, by: 3, edges: [5] },
    2,
    { kind: 'number', field: 'distance × facing', unit: 'm', range: { above: 5, upTo: Infinity } },
  ],
  [
    { kind: 'place', field: 1, back: 0, size: 2 },
    1,
    { kind: 'place', field: 'hurt', back: 0, value: false },
  ],
  [
    { kind: 'place', field: 1, back: 0, size: 2 },
    2,
    { kind: 'place', field: 'hurt', back: 0, value: true },
  ],
  [
    { kind: 'place', field: 2, back: 1, size: 2 },
    2,
    { kind: 'place', field: 'rival', back: 1, value: 'b' },
  ],
  [
    { kind: 'place', field: 2, back: 1, size: 2 },
    0,
    { kind: 'place', field: 'rival', back: 1, value: null },
  ],
])('describes what a symbol stands for: %j %i', (source, symbol, expected) => {
  expect(contextPart(source, symbol, spec)).toEqual(expected);
});
