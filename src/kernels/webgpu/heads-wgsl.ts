import type { EngineHead } from '../../network/engine-layout.ts';
import { columnsPerLane } from './tuning.ts';
import type { Tuning } from './tuning.ts';
import { each, LaneTile, literal, unrolled } from './wgsl.ts';
import type { Wgsl } from './wgsl.ts';

export interface HeadsText {
  /** H. */
  readonly units: number;
  /** O, columns of all heads together. */
  readonly outputs: number;
  readonly heads: Readonly<Record<'action' | 'time' | 'values', EngineHead>>;
  /** Weights of the heads' losses. */
  readonly lossWeights: Readonly<Record<'action' | 'time' | 'values', number>>;
  /** Whether to compute the gradients too, or only the losses. */
  readonly gradient: boolean;
  readonly tuning: Tuning;
}

/** Sums that each workgroup writes: losses of action, time and values, and correct targets. */
export const HEAD_SUMS = 4;

/** Workgroups for `places` places. */
export function headGroups({ tuning }: HeadsText, places: number): number {
  return Math.ceil(places / tuning.rows);
}

/**
 * Sections of the result in elements: first the sums of the workgroups, then the outputs [N, O],
 * overwritten with their gradients, and, with `gradient`, the gradient of the hidden states [N, H].
 */
export function headSections(text: HeadsText, places: number) {
  const dOutputs = headGroups(text, places) * HEAD_SUMS;
  const dHidden = dOutputs + places * text.outputs;
  const length = dHidden + (text.gradient ? places * text.units : 0);
  return { dOutputs, dHidden, length };
}

/**
 * The joined heads, their losses and gradients: softmax cross-entropy of actions and time bins,
 * squared deviations of values; all masked. A workgroup without any target stops early, as most do
 * when only last steps are targets.
 *
 * In `batch`, from the offsets in the uniforms: mask [N], actions [N], timeBins [N], values [N, C]
 * and their weights [N, C], 0 where unknown. `scale` is 1 over the number of targets.
 */
export function headsWgsl(text: HeadsText): Wgsl {
  const { units, outputs, gradient, tuning } = text;
  const { lanes, rows, serial } = tuning;
  const by = serial ? 1 : 4;
  /** The product of each row, `count` elements `from`, with columns `lane + q * lanes` of a matrix. */
  const product = (
    { inner, columns }: { inner: number; columns: number },
    { from, matrix, begin, to }: Record<'from' | 'matrix' | 'begin' | 'to', string>,
  ): string => {
    const tile = new LaneTile(columnsPerLane(columns, tuning), rows);
    return `for (var start = lane; start < ${columns}; start += ${lanes * tile.columns}) {
    ${each(tile.columns, (q) => `let c${q} = min(start + ${q * lanes}, ${columns - 1});`)}
    ${tile.declare((q) => begin.replaceAll('$', `c${q}`))}
    ${unrolled('k', { count: inner, by }, (k) => {
      const at = `let at = uniforms.${matrix} + ${k} * ${columns};`;
      return `${at}\n${tile.add(
        (q) => `${matrix}[at + c${q}]`,
        (r) => `${from.replaceAll('$', `${r}`)} + ${k}]`,
      )}`;
    })}
    ${tile.visit(
      serial,
      ({ column, row, value }) => `let c = start + ${column} * ${lanes};
      if (c < ${columns} && first + ${row} < uniforms.places) {
        result[uniforms.${to} + (first + ${row}) * ${columns} + c] = ${value};
      }`,
    )}
  }`;
  };
  const zeros = (to: string, width: number): string => `
    for (var i = lane; i < live * ${width}; i += ${lanes}) {
      result[uniforms.${to} + first * ${width} + i] = 0.0;
    }`;
  return {
    name: gradient ? 'HeadLosses' : 'HeadEvaluation',
    inputs: ['hiddens', 'weights', 'batch', ...(gradient ? ['turnedWeights'] : [])],
    uniforms: {
      places: 'i32',
      hiddens: 'i32',
      weights: 'i32',
      bias: 'i32',
      turnedWeights: 'i32',
      mask: 'i32',
      actions: 'i32',
      timeBins: 'i32',
      values: 'i32',
      known: 'i32',
      dOutputs: 'i32',
      dHidden: 'i32',
      scale: 'f32',
    },
    lanes,
    code: `
var<workgroup> sums : array<vec4<f32>, ${lanes}>;
var<workgroup> targets : f32;
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / ${lanes};
  let first = group * ${rows};
  let live = min(${rows}, uniforms.places - first);
  if (lane == 0) {
    var weight = 0.0;
    for (var n = first; n < first + live; n++) {
      weight += batch[uniforms.mask + n];
    }
    targets = weight;
  }
  if (workgroupUniformLoad(&targets) == 0.0) {
    for (var i = lane; i < ${HEAD_SUMS}; i += ${lanes}) {
      result[group * ${HEAD_SUMS} + i] = 0.0;
    }
    ${gradient ? zeros('dOutputs', outputs) + zeros('dHidden', units) : ''}
    return;
  }
  ${each(rows, (r) => `let n${r} = min(first + ${r}, uniforms.places - 1);\nlet h${r} = uniforms.hiddens + n${r} * ${units};`)}
  ${product(
    { inner: units, columns: outputs },
    { from: 'hiddens[h$', matrix: 'weights', begin: 'weights[uniforms.bias + $]', to: 'dOutputs' },
  )}
  storageBarrier();
  var sum = vec4<f32>(0.0);
  for (var n = first + lane; n < first + live; n += ${lanes}) {
    sum += rowLosses(n);
  }
  sums[lane] = sum;
  ${gradient ? 'storageBarrier();' : ''}
  workgroupBarrier();
  if (lane == 0) {
    for (var i = 1; i < ${Math.min(lanes, rows)}; i++) {
      sum += sums[i];
    }
    ${each(HEAD_SUMS, (i) => `result[group * ${HEAD_SUMS} + ${i}] = sum[${i}];`)}
  }
  ${
    gradient
      ? `${each(rows, (r) => `let d${r} = uniforms.dOutputs + n${r} * ${outputs};`)}
  ${product(
    { inner: outputs, columns: units },
    { from: 'result[d$', matrix: 'turnedWeights', begin: '0.0', to: 'dHidden' },
  )}`
      : ''
  }
}
${rowLosses(text)}`,
  };
}

/** Losses of one row; overwrites its outputs with their gradients. */
function rowLosses({ heads, outputs, lossWeights }: HeadsText): string {
  const softmax = (name: 'action' | 'time', sum: number, target: string): string => {
    const { column, size } = heads[name];
    if (!size) return '';
    return `{
    let begin = row + ${column};
    let goal = begin + i32(batch[uniforms.${target} + n]);
    var best = begin;
    var most = result[begin];
    for (var o = begin + 1; o < begin + ${size}; o++) {
      let logit = result[o];
      if (logit > most) {
        most = logit;
        best = o;
      }
    }
    let goalLogit = result[goal];
    var sum = 0.0;
    for (var o = begin; o < begin + ${size}; o++) {
      let power = exp(result[o] - most);
      sum += power;
      result[o] = power;
    }
    losses[${sum}] = weight * (log(sum) + most - goalLogit);
    ${name === 'action' ? 'losses[3] = select(0.0, weight, best == goal);' : ''}
    let factor = weight * uniforms.scale * ${literal(lossWeights[name])};
    for (var o = begin; o < begin + ${size}; o++) {
      result[o] = factor * (result[o] / sum - select(0.0, 1.0, o == goal));
    }
  }`;
  };
  const { column, size } = heads.values;
  const values = `for (var c = 0; c < ${size}; c++) {
    let o = row + ${column} + c;
    let known = batch[uniforms.known + n * ${size} + c];
    let deviation = result[o] - batch[uniforms.values + n * ${size} + c];
    losses[2] += known * deviation * deviation;
    result[o] = 2.0 * known * deviation * uniforms.scale * ${literal(lossWeights.values)};
  }`;
  return `fn rowLosses(n : i32) -> vec4<f32> {
  let weight = batch[uniforms.mask + n];
  let row = uniforms.dOutputs + n * ${outputs};
  var losses = vec4<f32>(0.0);
  if (weight == 0.0) {
    for (var o = row; o < row + ${outputs}; o++) {
      result[o] = 0.0;
    }
    return losses;
  }
  ${softmax('action', 0, 'actions')}
  ${softmax('time', 1, 'timeBins')}
  ${size ? values : ''}
  return losses;
}`;
}
