import { describe, expect, it } from 'vitest';
import { reorderGates } from '../../../src/interchange/onnx/gate-order.ts';
import { encodeMessage } from '../../../src/interchange/onnx/protobuf.ts';

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

describe('reorderGates', () => {
  it('brings i, f, g, o into the order i, o, f, c', () => {
    const data = Float32Array.of(1, 1, 2, 2, 3, 3, 4, 4);
    expect([...reorderGates(data, 'lstm')]).toEqual([1, 1, 4, 4, 2, 2, 3, 3]);
  });

  it('brings r, z, n into the order z, r, h', () => {
    expect([...reorderGates(Float32Array.of(1, 1, 2, 2, 3, 3), 'gru')]).toEqual([2, 2, 1, 1, 3, 3]);
  });
});
