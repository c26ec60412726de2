/** WGSL of the equations of a cell, for one unit of one row. */
interface Cell {
  readonly name: string;
  /** Gates with recurrent sums: columns of the recurrent weights per unit. */
  readonly gates: number;
  /**
   * Computes the hidden state `h` from the gates' sums. `sum(gate)` is the hidden state's share of a gate, `at`
   * its place in the trace, `carry` a variable of this unit, `bias(gate)` a GRU's recurrent bias.
   */
  forward(sum: (gate: number) => string, carry: string, bias: (gate: number) => string): string;
  /**
   * Computes the gradients of the gates' sums from `dh`, that of the hidden state: declares `d0 ... d3`, to be
   * written into the trace at `at`.
   */
  backward(carry: string): string;
  /** Columns of the trace that hold gradients of recurrent sums, in the order of those: [first, count] in H. */
  readonly blocks: readonly (readonly [number, number])[];
  /** Whether `carry` bypasses the gates to the hidden state of the step before. */
  readonly past: boolean;
}

export const CELLS: Readonly<Record<'lstm' | 'gru', Cell>> = {
  lstm: {
    name: 'Lstm',
    gates: 4,
    forward: (sum, carry) => `
      let i = sigmoid(result[at] + ${sum(0)});
      let f = sigmoid(result[at + H] + ${sum(1)});
      let g = squash(result[at + 2 * H] + ${sum(2)});
      let o = sigmoid(result[at + 3 * H] + ${sum(3)});
      let c = f * ${carry} + i * g;
      let h = o * squash(c);
      ${carry} = c;
      result[at] = i;
      result[at + H] = f;
      result[at + 2 * H] = g;
      result[at + 3 * H] = o;
      result[cellAt + n + j] = c;`,
    backward: (carry) => `
      let i = result[at];
      let f = result[at + H];
      let g = result[at + 2 * H];
      let o = result[at + 3 * H];
      let q = squash(result[cellAt + n + j]);
      let dc = ${carry} + dh * o * (1.0 - q * q);
      ${carry} = dc * f;
      let d0 = dc * g * i * (1.0 - i);
      let d1 = dc * started * result[cellAt + before + j] * f * (1.0 - f);
      let d2 = dc * i * (1.0 - g * g);
      let d3 = dh * q * o * (1.0 - o);`,
    blocks: [[0, 4]],
    past: false,
  },
  gru: {
    name: 'Gru',
    gates: 3,
    forward: (sum, carry, bias) => `
      let r = sigmoid(result[at] + ${sum(0)} + ${bias(0)});
      let z = sigmoid(result[at + H] + ${sum(1)} + ${bias(1)});
      let m = ${sum(2)} + ${bias(2)};
      let c = squash(result[at + 2 * H] + r * m);
      let h = c + z * (${carry} - c);
      ${carry} = h;
      result[at] = r;
      result[at + H] = z;
      result[at + 2 * H] = c;
      result[at + 3 * H] = m;`,
    backward: (carry) => `
      let r = result[at];
      let z = result[at + H];
      let c = result[at + 2 * H];
      let d2 = dh * (1.0 - z) * (1.0 - c * c);
      let d1 = dh * (started * result[hiddenAt + before + j] - c) * z * (1.0 - z);
      let d0 = d2 * result[at + 3 * H] * r * (1.0 - r);
      let d3 = d2 * r;
      ${carry} = dh * z;`,
    blocks: [
      [0, 2],
      [3, 1],
    ],
    past: true,
  },
};
