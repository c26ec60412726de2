import type { NetworkShape } from '../../network/shape.ts';

/** Where each gate of ONNX is among PyTorch's: i, o, f, c among i, f, g, o; and z, r, h among r, z, n. */
const GATES: Readonly<Record<NetworkShape['cell'], readonly number[]>> = {
  lstm: [0, 3, 1, 2],
  gru: [1, 0, 2],
};

/** The blocks of PyTorch's gates, in a matrix [G, columns] or a bias [G], in ONNX' order. */
export function reorderGates(data: Float32Array, cell: NetworkShape['cell']): Float32Array {
  const order = GATES[cell];
  const length = data.length / order.length;
  const result = new Float32Array(data.length);
  order.forEach((from, to) =>
    result.set(data.subarray(from * length, (from + 1) * length), to * length),
  );
  return result;
}
