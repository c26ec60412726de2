import { describe, expect, it } from 'vitest';
import { engineLayout, toEngine, toFlat } from '../../src/network/engine-layout.ts';
import { networkGraph } from '../../src/network/graph.ts';
import { findParameter } from '../../src/network/parameters.ts';
import type { WeightMatrix } from '../../src/network/parameters.ts';
import { smallShape } from '../train/problem.ts';

/** Each weight is its own index plus 1, which identifies it after a move. */
const numbered = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i + 1);

describe.each([1, 4, 8])('an engine layout padded to %i', (pad) => {
  const shapes = (['lstm', 'gru'] as const).flatMap((cell) =>
    [1, 3].map((layers) => smallShape({ cell, layers })),
  );

  it.each(shapes)('gives every weight its own place: $cell, $layers layers', (shape) => {
    const layout = engineLayout(networkGraph(shape), pad);
    const flat = numbered(layout.graph.length);
    expect(new Set(layout.places).size).toBe(flat.length);
    const ordered = toEngine(flat, layout);
    expect(ordered).toHaveLength(layout.length);
    expect(ordered.filter((value) => value !== 0)).toHaveLength(flat.length);
    expect(toFlat(ordered, layout)).toEqual(flat);
    layout.graph.matrices.forEach(({ kind }, i) => {
      const { rows, columns } = layout.matrices[i];
      if (kind === 'table') return;
      expect(columns % pad).toBe(0);
      if (kind === 'matrix') expect(rows % pad).toBe(0);
    });
  });

  it.each(shapes)('transposes matrices, gate by gate: $cell, $layers layers', (shape) => {
    const graph = networkGraph(shape);
    const layout = engineLayout(graph, pad);
    const ordered = toEngine(numbered(graph.length), layout);
    const at = ({ index }: WeightMatrix, row: number, column: number): number => {
      const { offset, columns } = layout.matrices[index];
      return ordered[offset + row * columns + column];
    };
    const flat = (name: string, row: number, column: number): number => {
      const { offset, shape: dims } = findParameter(graph, name);
      return 1 + offset + row * (dims[1] ?? 1) + column;
    };
    const [{ layers, heads }] = graph.branches;
    const top = layers.length - 1;
    const layer = layers[top];
    if (layer.kind !== 'recurrent') throw new TypeError('the first branch is recurrent');
    const padded = layout.padded(shape.units);
    for (const gate of [0, 2])
      for (const unit of [0, 3]) {
        const [row, column] = [gate * shape.units + unit, gate * padded + unit];
        const name = (what: string): string => `${shape.cell}.${what}_l${top}`;
        expect(at(layer.inputWeights, 4, column)).toBe(flat(name('weight_ih'), row, 4));
        expect(at(layer.recurrentWeights, 2, column)).toBe(flat(name('weight_hh'), row, 2));
        expect(at(layer.inputBias, 0, column)).toBe(flat(name('bias_ih'), row, 0));
        expect(at(layer.recurrentBias, 0, column)).toBe(flat(name('bias_hh'), row, 0));
      }
    const time = heads.heads.find(({ name: head }) => head === 'time')!;
    expect(time).toMatchObject({ column: shape.actions, size: shape.timeBins });
    expect(at(heads.linear.weights, 3, time.column + 2)).toBe(flat('time.weight', 2, 3));
    expect(at(heads.linear.bias, 0, time.column + 1)).toBe(flat('time.bias', 1, 0));
    expect(at(graph.input.blocks[1].table, 4, 2)).toBe(flat('embedding.stage.weight', 4, 2));
  });

  it('marks weights, not biases and not padding', () => {
    const shape = smallShape({ layers: 2, values: 0 });
    const graph = networkGraph(shape);
    const { parameters, length } = graph;
    const layout = engineLayout(graph, pad);
    const marks = new Float32Array(length);
    for (const { kind, offset, length: count } of parameters)
      if (kind === 'weight') marks.fill(1, offset, offset + count);
    expect(toFlat(Float32Array.from(layout.penalized), layout)).toEqual(marks);
    const sum = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((total, value) => total + value, 0);
    expect(sum(layout.penalized)).toBe(sum(marks));
    expect(graph.branches[0].heads.heads.map(({ name }) => name)).toEqual(['action', 'time']);
  });
});
