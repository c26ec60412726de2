import type { RecurrentText } from './recurrent-text.ts';
import { rowElement, rowVectors, traceSectionsWgsl, visitUnits } from './recurrent-text.ts';
import { columnsPerLane } from './tuning.ts';
import { ACTIVATIONS, each, fittingRows, LaneTile, unrolled } from './wgsl.ts';
import type { Wgsl } from './wgsl.ts';

/** Computes the hidden state `h` from the gates' sums, for one unit of one row. */
interface ForwardCell {
  /** Columns of the recurrent weights per unit. */
  readonly gates: number;
  /**
   * `sum(gate)` is the hidden state's share of a gate, `at` its place in the trace, `carry` a variable
   * of this unit.
   */
  step(sum: (gate: number) => string, carry: string): string;
}

const LSTM: ForwardCell = {
  gates: 4,
  step: (sum, carry) => `
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
};

const GRU: ForwardCell = {
  gates: 3,
  step: (sum, carry) => `
      let bias = uniforms.recurrentBias + j;
      let r = sigmoid(result[at] + ${sum(0)} + recurrentBias[bias]);
      let z = sigmoid(result[at + H] + ${sum(1)} + recurrentBias[bias + H]);
      let m = ${sum(2)} + recurrentBias[bias + 2 * H];
      let c = squash(result[at + 2 * H] + r * m);
      let h = c + z * (${carry} - c);
      ${carry} = h;
      result[at] = r;
      result[at + H] = z;
      result[at + 2 * H] = c;
      result[at + 3 * H] = m;`,
};

function tiling({ cell, units, tuning }: RecurrentText) {
  const { gates } = cell === 'lstm' ? LSTM : GRU;
  const wanted = tuning.serial ? Math.ceil(columnsPerLane(gates * units, tuning) / gates) : 1;
  const perLane = Math.max(Math.ceil(units / tuning.maxLanes), wanted);
  return {
    perLane,
    lanes: Math.ceil(units / perLane),
    // Both halves of `hidden` must fit into workgroup memory.
    rows: tuning.serial ? tuning.recurrentRows : fittingRows(tuning.recurrentRows, 2 * 4 * units),
  };
}

/** Workgroups for `windows` windows. */
export function forwardGroups(text: RecurrentText, windows: number): number {
  return Math.ceil(windows / tiling(text).rows);
}

/**
 * A recurrent layer over all time steps: a workgroup computes some rows (windows), a lane one unit or
 * several. On GPUs the hidden states of a step are in workgroup memory, in two halves that alternate,
 * so that one barrier a step is enough; simulated lanes read them from the trace. Rows past the end of
 * the batch repeat the products of the last one, which are dropped.
 */
export function recurrentForwardWgsl(text: RecurrentText): Wgsl {
  const { units, dropout, tuning } = text;
  const { serial } = tuning;
  const cell = text.cell === 'lstm' ? LSTM : GRU;
  const { perLane, lanes, rows } = tiling(text);
  const { type, parts, width } = rowVectors(rows);
  const half = parts * units;
  const tile = new LaneTile(perLane * cell.gates, rows);
  const multiply = unrolled('k', { count: units, by: serial ? 1 : 4 }, (k) => {
    const at = `let row = uniforms.recurrentWeights + ${k} * ${cell.gates * units};`;
    const hidden = serial
      ? ''
      : each(parts, (p) => `let h${p} = hidden[now + ${p * units} + ${k}];`);
    const sums = tile.add(
      (q) => `recurrentWeights[row + ${(q % cell.gates) * units} + j${Math.floor(q / cell.gates)}]`,
      (r) => (serial ? `result[before${r} + ${k}]` : rowElement('h', rows, r)),
    );
    return `${at}\n${hidden}\n${sums}`;
  });
  const sum = (u: string, r: string) => (gate: number) =>
    serial
      ? `sums[(${u} * ${cell.gates} + ${gate}) * ${rows} + ${r}]`
      : `s${Number(u) * cell.gates + gate}_${r}`;
  const finish = visitUnits({ units: perLane, rows, rolled: serial }, (u, r) => {
    const output = dropout
      ? 'result[outputAt + n + j] = h * factors[uniforms.factors + n + j];'
      : '';
    const share = serial
      ? ''
      : `hidden[next + ${Math.floor(Number(r) / width) * units} + j]${width > 1 ? `[${Number(r) % width}]` : ''} = h;`;
    return `let j = lane + ${u} * ${lanes};
      if (j < H && first + ${r} < uniforms.windows) {
      let n = (t * uniforms.windows + first + ${r}) * H;
      let at = 4 * n + j;
      ${cell.step(sum(u, r), `carry[${u} * ${rows} + ${r}]`)}
      result[hiddenAt + n + j] = h;
      ${output}
      ${share}
      }`;
  });
  return {
    name: cell === LSTM ? 'LstmForward' : 'GruForward',
    inputs: [
      'recurrentWeights',
      ...(cell === GRU ? ['recurrentBias'] : []),
      ...(dropout ? ['factors'] : []),
    ],
    uniforms: {
      windows: 'i32',
      steps: 'i32',
      recurrentWeights: 'i32',
      recurrentBias: 'i32',
      factors: 'i32',
    },
    lanes,
    code: `
const H = ${units};
${serial ? '' : `var<workgroup> hidden : array<${type}, ${2 * half}>;`}
${ACTIVATIONS}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / ${lanes}) * ${rows};
  ${traceSectionsWgsl(text)}
  ${each(perLane, (u) => `let j${u} = min(lane + ${u * lanes}, H - 1);`)}
  // Cell states of an LSTM, hidden states of a GRU.
  var carry : array<f32, ${perLane * rows}>;
  ${serial ? `var sums : array<f32, ${tile.columns * rows}>;` : ''}
  for (var t = 0; t < uniforms.steps; t++) {
    ${serial ? '' : `let now = (t & 1) * ${half};\nlet next = ${half} - now;`}
    ${tile.declare()}
    if (t > 0) {
      ${
        serial
          ? each(
              rows,
              (r) =>
                `let before${r} = hiddenAt + ((t - 1) * uniforms.windows + min(first + ${r}, uniforms.windows - 1)) * H;`,
            )
          : ''
      }
      ${multiply}
    }
    ${serial ? tile.all((q, r) => `sums[${q * rows + r}] = s${q}_${r};`) : ''}
    ${finish}
    ${serial ? 'storageBarrier();' : 'workgroupBarrier();'}
  }
}`,
  };
}
