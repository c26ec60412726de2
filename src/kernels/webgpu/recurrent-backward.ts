import type { RecurrentOptions } from './recurrent-text.ts';
import { rowElement, rowVectors, traceWgsl, visitUnits } from './recurrent-text.ts';
import { columnsPerLane } from './tuning.ts';
import { ACTIVATIONS, each, element, fittingRows, inputsOf, LaneTile, unrolled } from './wgsl.ts';
import type { Place, Program } from './wgsl.ts';

export interface RecurrentBackwardOptions extends RecurrentOptions {
  /** [G, H], the transpose, so that neighbouring lanes load neighbouring weights. */
  readonly turnedWeights: Place;
  /** [N, H] gradient of the layer's output. */
  readonly upper: Place;
}

/** Computes the gradients of the gates' sums from `dh`, that of the hidden state, for one unit of one row. */
interface BackwardCell {
  /** Gates whose recurrent sums have gradients: columns of the recurrent weights per unit. */
  readonly gates: number;
  /** Columns of the trace that hold them, in the order of those columns: [first, count] in H. */
  readonly blocks: readonly (readonly [number, number])[];
  /** Declares `d0 ... d3`, to be written into the trace at `at`; `carry` is a variable of this unit. */
  step(carry: string): string;
  /** Whether `carry` bypasses the gates to the hidden state of the step before. */
  readonly past: boolean;
}

const LSTM: BackwardCell = {
  gates: 4,
  blocks: [[0, 4]],
  step: (carry) => `
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
  past: false,
};

const GRU: BackwardCell = {
  gates: 3,
  blocks: [
    [0, 2],
    [3, 1],
  ],
  step: (carry) => `
      let r = result[at];
      let z = result[at + H];
      let c = result[at + 2 * H];
      let d2 = dh * (1.0 - z) * (1.0 - c * c);
      let d1 = dh * (started * result[hiddenAt + before + j] - c) * z * (1.0 - z);
      let d0 = d2 * result[at + 3 * H] * r * (1.0 - r);
      let d3 = d2 * r;
      ${carry} = dh * z;`,
  past: true,
};

/**
 * A lane with one unit in the recurrent product would load a weight for every few multiplications. So
 * the lanes are split into a group for each gate, each lane has several units, and the groups' shares
 * are added up in workgroup memory. With more units than lanes, each lane has several anyway.
 */
function tiling({ cell, units, tuning }: RecurrentOptions) {
  const { gates } = cell === 'lstm' ? LSTM : GRU;
  const fits = Math.ceil(units / gates) * gates <= tuning.maxLanes;
  const groups = !tuning.serial && fits ? gates : 1;
  const wanted = tuning.serial ? columnsPerLane(units, tuning) : 1;
  const groupLanes =
    groups > 1
      ? Math.ceil(units / gates)
      : Math.ceil(units / Math.max(wanted, Math.ceil(units / tuning.maxLanes)));
  const lanes = groups * groupLanes;
  const bytes = 4 * units * (gates + (groups > 1 ? groups : 0));
  return {
    lanes,
    rows: tuning.serial ? tuning.recurrentRows : fittingRows(tuning.recurrentRows, bytes),
    /** Units of a lane when it computes the gates' gradients: lane + u * lanes. */
    perLane: Math.ceil(units / lanes),
    /** Groups of lanes that share the recurrent product. */
    groups,
    /** Units of a lane in that product: lane of the group + v * groupLanes. */
    groupLanes,
    perGroupLane: Math.ceil(units / groupLanes),
  };
}

/**
 * The backward pass through all time steps: overwrites the gates in the trace with the gradients of
 * their sums. Rows past the end of the batch are as in the forward program.
 */
export function recurrentBackwardProgram(options: RecurrentBackwardOptions): Program {
  const { units, trace, factors, turnedWeights, upper, tuning } = options;
  const { serial } = tuning;
  const cell = options.cell === 'lstm' ? LSTM : GRU;
  const { rows, lanes, perLane, groups, groupLanes, perGroupLane } = tiling(options);
  const { type, parts, width } = rowVectors(rows);
  const columns = cell.gates * units;
  const tile = new LaneTile(perGroupLane, rows);
  const weights = (k: string): string => `let row = at + ${k} * ${units};`;
  const weight = (v: number): string => `${turnedWeights.buffer}[row + p${v}]`;
  const fromTrace = (): string => {
    let first = 0;
    return cell.blocks
      .map(([block, count]) => {
        const start = first;
        first += count;
        return unrolled('k', { count: count * units, by: 1 }, (k) => {
          const sums = tile.add(weight, (r) => `result[trace${r} + ${block * units} + ${k}]`);
          return `${weights(`(${k} + ${start * units})`)}\n${sums}`;
        });
      })
      .join('\n');
  };
  const fromLanes = (): string =>
    unrolled('k', { count: groups > 1 ? units : columns, by: 4 }, (k) => {
      const gradients = each(parts, (p) => `let d${p} = dGates[${p * columns} + origin + ${k}];`);
      return `${weights(k)}\n${gradients}\n${tile.add(weight, (r) => rowElement('d', rows, r))}`;
    });
  const gradients = visitUnits({ units: perLane, rows, rolled: serial }, (u, r) => {
    const factor = factors ? ` * ${element(factors, 'n + j')}` : '';
    const part = Math.floor(Number(r) / width) * columns;
    const component = width > 1 ? `[${Number(r) % width}]` : '';
    let gate = 0;
    const toLanes = cell.blocks.flatMap(([first, count]) =>
      Array.from(
        { length: count },
        (_, i) => `dGates[${part + gate++ * units} + j]${component} = d${first + i};`,
      ),
    );
    return `let j = lane + ${u} * ${lanes};
      if (j < H && first + ${r} < uniforms.windows) {
      let n = (t * uniforms.windows + first + ${r}) * H;
      let before = max(n - uniforms.windows * H, 0);
      let at = gatesAt + 4 * n + j;
      let dh = dNext[${u} * ${rows} + ${r}] + ${element(upper, 'n + j')}${factor};
      ${cell.step(`carry[${u} * ${rows} + ${r}]`)}
      ${each(4, (i) => `result[at + ${i} * H] = d${i};`)}
      ${serial ? '' : toLanes.join('\n')}
      }`;
  });
  const past = (u: number, r: number): string => (cell.past ? ` + carry[${u * rows + r}]` : '');
  const shares = `
    ${each(perGroupLane, (v) => {
      const lines = each(parts, (p) => {
        const elements = Array.from({ length: width }, (_, i) => `s${v}_${p * width + i}`);
        return `shares[${p * groups * units} + origin + p${v}] = ${type}(${elements.join(', ')});`;
      });
      return `if (lane % ${groupLanes} + ${v * groupLanes} < H) {\n${lines}\n}`;
    })}
    workgroupBarrier();
    ${each(perLane, (u) =>
      each(parts, (p) => {
        const terms = Array.from(
          { length: groups },
          (_, g) => `shares[${(p * groups + g) * units} + j${u}]`,
        );
        const name = `sum${u}_${p}`;
        return `let ${name} = ${terms.join(' + ')};\n${each(width, (i) => {
          const row = p * width + i;
          return `dNext[${u * rows + row}] = ${name}${width > 1 ? `[${i}]` : ''}${past(u, row)};`;
        })}`;
      }),
    )}`;
  const own = tile.all((u, r) => `dNext[${u * rows + r}] = s${u}_${r}${past(u, r)};`);
  return {
    groups: ({ windows }) => Math.ceil(windows / rows),
    name: cell === LSTM ? 'LstmBackward' : 'GruBackward',
    inputs: inputsOf(turnedWeights, upper, factors),
    lanes,
    code: `
const H = ${units};
${serial ? '' : `var<workgroup> dGates : array<${type}, ${parts * columns}>;`}
${groups > 1 ? `var<workgroup> shares : array<${type}, ${parts * groups * units}>;` : ''}
${ACTIVATIONS}
fn main(index : i32) {
  let lane = i32(localIndex);
  let first = (index / ${lanes}) * ${rows};
  ${traceWgsl(trace)}
  let origin = (lane / ${groupLanes}) * ${groups > 1 ? units : 0};
  let at = ${turnedWeights.at} + origin * H;
  ${each(perLane, (u) => `let j${u} = min(lane + ${u * lanes}, H - 1);`)}
  ${each(perGroupLane, (v) => `let p${v} = min(lane % ${groupLanes} + ${v * groupLanes}, H - 1);`)}
  var dNext : array<f32, ${perLane * rows}>;
  var carry : array<f32, ${perLane * rows}>;
  for (var t = uniforms.steps - 1; t >= 0; t--) {
    let started = select(0.0, 1.0, t > 0);
    ${gradients}
    ${serial ? 'storageBarrier();' : 'workgroupBarrier();'}
    ${
      serial
        ? each(
            rows,
            (r) =>
              `let trace${r} = gatesAt + 4 * H * (t * uniforms.windows + min(first + ${r}, uniforms.windows - 1));`,
          )
        : ''
    }
    ${tile.declare()}
    ${serial ? fromTrace() : fromLanes()}
    ${groups > 1 ? shares : serial ? own : `workgroupBarrier();\n${own}`}
  }
}`,
  };
}
