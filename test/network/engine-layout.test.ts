import { describe, expect, it } from 'vitest';
import { engineLayout, toEngine, toFlat } from '../../src/network/engine-layout.ts';
import type { EngineMatrix } from '../../src/network/engine-layout.ts';
import { findParameter, parameterLayout } from '../../src/network/graph.ts';
import { smallShape } from '../../train/problem.ts';

/** Each weight is its own index plus 1, which identifies it after a move. */
const numbered = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i + 1);

describe.each([1, 4, 8])('an engine layout padded to %i', (pad) => {
  const shapes = (['lstm', 'gru'] as const).flatMap((cell) =>
    [1, 3].map((layers) => smallShape({ cell, layers })),
  );

  it.each(shapes)('gives every weight its own place: $cell, $layers layers', (shape) => {
    const layout = engineLayout(shape, pad);
    const flat = numbered(parameterLayout(shape).length);
    expect(new Set(layout.places).size).toBe(flat.length);
    const ordered = toEngine(flat, layout);
    expect(ordered).toHaveLength(layout.length);
    expect(ordered.filter((value) => value !== 0)).toHaveLength(flat.length);
    expect(toFlat(ordered, layout)).toEqual(flat);
    for (const size of [layout.units, layout.inputs, layout.outputs]) expect(size % pad).toBe(0);
  });

  it.each(shapes)('transposes matrices, gate by gate: $cell, $layers layers', (shape) => {
    const parameters = parameterLayout(shape);
    const layout = engineLayout(shape, pad);
    const ordered = toEngine(numbered(parameters.length), layout);
    const at = ({ offset, columns }: EngineMatrix, row: number, column: number): number =>
      ordered[offset + row * columns + column];
    const flat = (name: string, row: number, column: number): number => {
      const { offset, shape: dims } = findParameter(parameters, name);
      return 1 + offset + row * (dims[1] ?? 1) + column;
    };
    const top = layout.layers.length - 1;
    const layer = layout.layers[top];
    for (const gate of [0, 2])
      for (const unit of [0, 3]) {
        const [row, column] = [gate * shape.units + unit, gate * layout.units + unit];
        const name = (what: string): string => `${shape.cell}.${what}_l${top}`;
        expect(at(layer.inputWeights, 4, column)).toBe(flat(name('weight_ih'), row, 4));
        expect(at(layer.recurrentWeights, 2, column)).toBe(flat(name('weight_hh'), row, 2));
        expect(at(layer.inputBias, 0, column)).toBe(flat(name('bias_ih'), row, 0));
        expect(at(layer.recurrentBias, 0, column)).toBe(flat(name('bias_hh'), row, 0));
      }
    const { time } = layout.heads;
    expect(time).toEqual({ column: shape.actions, size: shape.timeBins });
    expect(at(layout.headWeights, 3, time.column + 2)).toBe(flat('time.weight', 2, 3));
    expect(at(layout.headBias, 0, time.column + 1)).toBe(flat('time.bias', 1, 0));
    expect(at(layout.embeddings[1], 4, 2)).toBe(flat('embedding.stage.weight', 4, 2));
  });

  it('marks weights, not biases and not padding', () => {
    const shape = smallShape({ layers: 2, values: 0 });
    const { parameters, length } = parameterLayout(shape);
    const layout = engineLayout(shape, pad);
    const marks = new Float32Array(length);
    for (const { kind, offset, length: count } of parameters)
      if (kind === 'weight') marks.fill(1, offset, offset + count);
    expect(toFlat(Float32Array.from(layout.penalized), layout)).toEqual(marks);
    const sum = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((total, value) => total + value, 0);
    expect(sum(layout.penalized)).toBe(sum(marks));
    expect(layout.heads.values.size).toBe(0);
  });
});
