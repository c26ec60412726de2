import type { RecurrentOptions } from './recurrent-text.ts';
import { rowElement, rowVectors, traceWgsl, visitUnits } from './recurrent-text.ts';
import { columnsPerLane } from './tuning.ts';
import { ACTIVATIONS, each, element, fittingRows, inputsOf, LaneTile, unrolled } from './wgsl.ts';
import type { Place, Program } from './wgsl.ts';

export interface RecurrentForwardOptions extends RecurrentOptions {
  /** [H, G]. */
  readonly recurrentWeights: Place;
  /** [3H] of a GRU. */
  readonly recurrentBias: Place;
}

/** Computes the hidden state `h` from the gates' sums, for one unit of one row. */
interface ForwardCell {
  /** Columns of the recurrent weights per unit. */
  readonly gates: number;
  /**
   * `sum(gate)` is the hidden state's share of a gate, `at` its place in the trace, `carry` a variable
   * of this unit, `bias(gate)` a GRU's recurrent bias.
   */
  step(sum: (gate: number) => string, carry: string, bias: (gate: number) => string): string;
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
  step: (sum, carry, bias) => `
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
};

function tiling({ cell, units, tuning }: RecurrentOptions) {
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

/**
 * A recurrent layer over all time steps: a workgroup computes some rows (windows), a lane one unit or
 * several. On GPUs the hidden states of a step are in workgroup memory, in two halves that alternate,
 * so that one barrier a step is enough; simulated lanes read them from the trace. Rows past the end of
 * the batch repeat the products of the last one, which are dropped.
 */
export function recurrentForwardProgram(options: RecurrentForwardOptions): Program {
  const { units, trace, factors, recurrentWeights, recurrentBias, tuning } = options;
  const { serial } = tuning;
  const cell = options.cell === 'lstm' ? LSTM : GRU;
  const { perLane, lanes, rows } = tiling(options);
  const { type, parts, width } = rowVectors(rows);
  const half = parts * units;
  const tile = new LaneTile(perLane * cell.gates, rows);
  const multiply = unrolled('k', { count: units, by: serial ? 1 : 4 }, (k) => {
    const at = `let row = ${recurrentWeights.at} + ${k} * ${cell.gates * units};`;
    const hidden = serial
      ? ''
      : each(parts, (p) => `let h${p} = hidden[now + ${p * units} + ${k}];`);
    const sums = tile.add(
      (q) =>
        `${recurrentWeights.buffer}[row + ${(q % cell.gates) * units} + j${Math.floor(q / cell.gates)}]`,
      (r) => (serial ? `result[before${r} + ${k}]` : rowElement('h', rows, r)),
    );
    return `${at}\n${hidden}\n${sums}`;
  });
  const sum = (u: string, r: string) => (gate: number) =>
    serial
      ? `sums[(${u} * ${cell.gates} + ${gate}) * ${rows} + ${r}]`
      : `s${Number(u) * cell.gates + gate}_${r}`;
  const bias = (gate: number): string => element(recurrentBias, `${gate} * H + j`);
  const finish = visitUnits({ units: perLane, rows, rolled: serial }, (u, r) => {
    const output = factors ? `result[outputAt + n + j] = h * ${element(factors, 'n + j')};` : '';
    const share = serial
      ? ''
      : `hidden[next + ${Math.floor(Number(r) / width) * units} + j]${width > 1 ? `[${Number(r) % width}]` : ''} = h;`;
    return `let j = lane + ${u} * ${lanes};
      if (j < H && first + ${r} < uniforms.windows) {
      let n = (t * uniforms.windows + first + ${r}) * H;
      let at = gatesAt + 4 * n + j;
      ${cell.step(sum(u, r), `carry[${u} * ${rows} + ${r}]`, bias)}
      result[hiddenAt + n + j] = h;
      ${output}
      ${share}
      }`;
  });
  return {
    groups: ({ windows }) => Math.ceil(windows / rows),
    name: cell === LSTM ? 'LstmForward' : 'GruForward',
    inputs: inputsOf(recurrentWeights, cell === GRU ? recurrentBias : null, factors),
    lanes,
    code: `
const H = ${units};
${serial ? '' : `var<workgroup> hidden : array<${type}, ${2 * half}>;`}
${ACTIVATIONS}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / ${lanes}) * ${rows};
  ${traceWgsl(trace)}
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
