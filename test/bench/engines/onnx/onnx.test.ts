import { describe, expect, it } from 'vitest';
import { createProblem } from '../../problem.ts';
import { lstmStepModel, reorderGates } from './lstm-step-model.ts';
import { encodeMessage } from './protobuf.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('encodeMessage', () => {
  it('writes the examples of the protobuf documentation', () => {
    expect(hex(encodeMessage([[1, 150]]))).toBe('089601');
    expect(hex(encodeMessage([[2, 'testing']]))).toBe('120774657374696e67');
    expect(hex(encodeMessage([[3, [[1, 150]]]]))).toBe('1a03089601');
  });

  it('writes field numbers above 15 in two bytes', () => {
    expect(hex(encodeMessage([[20, 2]]))).toBe('a00102');
  });
});

it('reorderGates brings i, f, g, o into the order i, o, f, c', () => {
  const data = Float32Array.of(1, 1, 2, 2, 3, 3, 4, 4);
  expect([...reorderGates(data, 2)]).toEqual([1, 1, 4, 4, 2, 2, 3, 3]);
});

describe('lstmStepModel', () => {
  const size = { batchSize: 1, windowLength: 1, features: 2, units: 3, layers: 1, classes: 4 };

  it('holds every weight and the three operations', () => {
    const problem = createProblem(size);
    const model = lstmStepModel(problem);
    const text = Buffer.from(model).toString('latin1');
    for (const name of ['LSTM', 'Squeeze', 'Gemm', 'hidden_size', 'logits', 'next_h'])
      expect(text).toContain(name);
    const bytes = problem.weights.length * 4;
    expect(model.length).toBeGreaterThan(bytes);
    expect(model.length).toBeLessThan(bytes + 600);
  });

  it('refuses a second layer', () => {
    expect(() => lstmStepModel(createProblem({ ...size, layers: 2 }))).toThrow(RangeError);
  });
});
