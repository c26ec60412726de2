import { CELLS } from './recurrent-cells.ts';
import type { RecurrentOptions } from './recurrent-text.ts';
import { rowVectors, traceWgsl, visitUnits } from './recurrent-text.ts';
import { columnsPerLane } from './tuning.ts';
import { ACTIVATIONS, each, element, fittingRows, inputsOf, LaneTile, unrolled } from './wgsl.ts';
import type { Place, Program } from './wgsl.ts';

export interface RecurrentForwardOptions extends RecurrentOptions {
  /** [H, G]. */
  readonly recurrentWeights: Place;
  /** [3H] of a GRU. */
  readonly recurrentBias: Place;
}

function tiling({ cell, units, tuning }: RecurrentOptions) {
  const { gates } = CELLS[cell];
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
  const { name, gates, forward } = CELLS[options.cell];
  const { perLane, lanes, rows } = tiling(options);
  const { type, parts, part, component } = rowVectors(rows);
  const half = parts * units;
  const tile = new LaneTile(perLane * gates, rows);
  const multiply = unrolled('k', { count: units, by: serial ? 1 : 4 }, (k) => {
    const at = `let row = ${recurrentWeights.at} + ${k} * ${gates * units};`;
    const hidden = serial
      ? ''
      : each(parts, (p) => `let h${p} = hidden[now + ${p * units} + ${k}];`);
    const sums = tile.add(
      (q) => `${recurrentWeights.buffer}[row + ${(q % gates) * units} + j${Math.floor(q / gates)}]`,
      (r) => (serial ? `result[before${r} + ${k}]` : `h${part(r)}${component(r)}`),
    );
    return `${at}\n${hidden}\n${sums}`;
  });
  const sum = (u: string, r: string) => (gate: number) =>
    serial
      ? `sums[(${u} * ${gates} + ${gate}) * ${rows} + ${r}]`
      : `s${Number(u) * gates + gate}_${r}`;
  const bias = (gate: number): string => element(recurrentBias, `${gate} * H + j`);
  const finish = visitUnits({ lanes, perLane, rows, rolled: serial }, (u, r) => {
    const output = factors ? `result[outputAt + n + j] = h * ${element(factors, 'n + j')};` : '';
    const to = `hidden[next + ${part(r) * units} + j]${component(r)}`;
    return `${forward(sum(u, r), `carry[${u} * ${rows} + ${r}]`, bias)}
      result[hiddenAt + n + j] = h;
      ${output}
      ${serial ? '' : `${to} = h;`}`;
  });
  const before = (r: number): string =>
    `let before${r} = hiddenAt + ((t - 1) * uniforms.windows + min(first + ${r}, uniforms.windows - 1)) * H;`;
  return {
    groups: ({ windows }) => Math.ceil(windows / rows),
    name: `${name}Forward`,
    inputs: inputsOf(recurrentWeights, options.cell === 'gru' ? recurrentBias : null, factors),
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
      ${serial ? each(rows, before) : ''}
      ${multiply}
    }
    ${serial ? tile.all((q, r) => `sums[${q * rows + r}] = s${q}_${r};`) : ''}
    ${finish}
    ${serial ? 'storageBarrier();' : 'workgroupBarrier();'}
  }
}`,
  };
}
