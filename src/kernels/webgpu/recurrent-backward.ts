import { CELLS } from './recurrent-cells.ts';
import type { RecurrentOptions } from './recurrent-text.ts';
import { rowVectors, traceWgsl, visitUnits } from './recurrent-text.ts';
import { columnsPerLane } from './tuning.ts';
import {
  ACTIVATIONS,
  each,
  element,
  fittingRows,
  inputsOf,
  LaneTile,
  times,
  unrolled,
} from './wgsl.ts';
import type { Place, Program } from './wgsl.ts';

export interface RecurrentBackwardOptions extends RecurrentOptions {
  /** [G, H], the transpose, so that neighbouring lanes load neighbouring weights. */
  readonly turnedWeights: Place;
  /** [N, H] gradient of the layer's output. */
  readonly upper: Place;
}

/**
 * A lane with one unit in the recurrent product would load a weight for every few multiplications. So
 * the lanes are split into a group for each gate, each lane has several units, and the groups' shares
 * are added up in workgroup memory. With more units than lanes, each lane has several anyway.
 */
function tiling({ cell, units, tuning }: RecurrentOptions) {
  const { gates } = CELLS[cell];
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
  const cell = CELLS[options.cell];
  const { rows, lanes, perLane, groups, groupLanes, perGroupLane } = tiling(options);
  const { type, parts, width, part, component } = rowVectors(rows);
  const columns = cell.gates * units;
  const tile = new LaneTile(perGroupLane, rows);
  const weights = (k: string): string => `let row = at + ${k} * ${units};`;
  const weight = (v: number): string => `${turnedWeights.buffer}[row + p${v}]`;
  /** The columns of the trace that hold the gradients of the recurrent sums, in their order. */
  const columnsInTrace = cell.blocks.flatMap(([first, count]) => times(count, (i) => first + i));
  const fromTrace = (): string =>
    cell.blocks
      .map(([block, count]) =>
        unrolled('k', { count: count * units, by: 1 }, (k) => {
          const start = columnsInTrace.indexOf(block) * units;
          const sums = tile.add(weight, (r) => `result[trace${r} + ${block * units} + ${k}]`);
          return `${weights(`(${k} + ${start})`)}\n${sums}`;
        }),
      )
      .join('\n');
  const fromLanes = (): string =>
    unrolled('k', { count: groups > 1 ? units : columns, by: 4 }, (k) => {
      const gradients = each(parts, (p) => `let d${p} = dGates[${p * columns} + origin + ${k}];`);
      return `${weights(k)}\n${gradients}\n${tile.add(weight, (r) => `d${part(r)}${component(r)}`)}`;
    });
  const gradients = visitUnits({ lanes, perLane, rows, rolled: serial }, (u, r) => {
    const factor = factors ? ` * ${element(factors, 'n + j')}` : '';
    const toLanes = columnsInTrace.map((column, gate) => {
      const at = part(r) * columns + gate * units;
      return `dGates[${at} + j]${component(r)} = d${column};`;
    });
    return `let before = max(n - uniforms.windows * H, 0);
      let dh = dNext[${u} * ${rows} + ${r}] + ${element(upper, 'n + j')}${factor};
      ${cell.backward(`carry[${u} * ${rows} + ${r}]`)}
      ${each(4, (i) => `result[at + ${i} * H] = d${i};`)}
      ${serial ? '' : toLanes.join('\n')}`;
  });
  const past = (u: number, r: number): string => (cell.past ? ` + carry[${u * rows + r}]` : '');
  const shares = `
    ${each(perGroupLane, (v) => {
      const lines = each(parts, (p) => {
        const elements = times(width, (i) => `s${v}_${p * width + i}`);
        return `shares[${p * groups * units} + origin + p${v}] = ${type}(${elements.join(', ')});`;
      });
      return `if (lane % ${groupLanes} + ${v * groupLanes} < H) {\n${lines}\n}`;
    })}
    workgroupBarrier();
    ${each(perLane, (u) =>
      each(parts, (p) => {
        const terms = times(groups, (g) => `shares[${(p * groups + g) * units} + j${u}]`);
        const name = `sum${u}_${p}`;
        return `let ${name} = ${terms.join(' + ')};\n${each(width, (i) => {
          const row = p * width + i;
          return `dNext[${u * rows + row}] = ${name}${component(row)}${past(u, row)};`;
        })}`;
      }),
    )}`;
  const own = tile.all((u, r) => `dNext[${u * rows + r}] = s${u}_${r}${past(u, r)};`);
  const inTrace = (r: number): string =>
    `let trace${r} = gatesAt + 4 * H * (t * uniforms.windows + min(first + ${r}, uniforms.windows - 1));`;
  return {
    groups: ({ windows }) => Math.ceil(windows / rows),
    name: `${cell.name}Backward`,
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
    ${serial ? each(rows, inTrace) : ''}
    ${tile.declare()}
    ${serial ? fromTrace() : fromLanes()}
    ${groups > 1 ? shares : serial ? own : `workgroupBarrier();\n${own}`}
  }
}`,
  };
}
