import type { Tuning } from './tuning.ts';
import { each, inputsOf, LaneTile, literal, times, totalOf } from './wgsl.ts';
import type { Place, Program, Rows } from './wgsl.ts';

/** The gradient of one matrix: left^T [M, N] times right [N, C], summed over the N places. */
export interface GradientJob {
  /** M and C. */
  readonly rows: number;
  readonly columns: number;
  readonly left: Rows;
  readonly right: Rows & {
    /** Columns of the buffer to leave out. */
    readonly without?: { readonly first: number; readonly count: number };
    /** Dropout factors in rows of the same stride. */
    readonly factors?: Place | null;
  };
  /** Whether `left` is read one step earlier and the first step left out, as for recurrent weights. */
  readonly before?: boolean;
  /** First element of the matrix in the gradient. */
  readonly into: number;
  /** First elements of the biases whose gradients are the column sums of `right`: at most two. */
  readonly biases?: readonly number[];
}

export interface WeightGradientsOptions {
  readonly jobs: readonly GradientJob[];
  /** L, elements of the gradient. */
  readonly length: number;
  /** Penalties on matrices, which are added to the gradient. */
  readonly l1: number;
  readonly l2: number;
  readonly tuning: Tuning;
}

/** Sums that each workgroup writes after the gradient: squares of the gradient, and the penalty. */
export const GRADIENT_SUMS = 2;

/** The numbers in which jobs with the same text differ, and where a tile begins. */
const NUMBERS =
  'rows columns into leftAt leftStride rightAt rightStride factorsAt firstRow firstColumn';

/**
 * The gradients of all matrices in one dispatch, with penalties, followed by each workgroup's share of the
 * squared norm and of the penalty's loss. A lane computes some rows of several columns of one matrix;
 * several slices of lanes may share the places. Jobs that differ in numbers alone share their text.
 */
export function weightGradientsProgram(options: WeightGradientsOptions): Program {
  const { jobs, length, l1, l2, tuning } = options;
  const { lanes, slices, serial } = tuning;
  const tile = new LaneTile(tuning.columns, tuning.rows);
  const loops = [...new Set(jobs.map((job) => jobLoop(job, tuning)))];
  let begin = 0;
  const choices = jobs.map((job) => {
    // Tiles have `tuning.rows` rows and the columns of all lanes.
    const across = Math.ceil(job.columns / (lanes * tuning.columns));
    const first = begin;
    begin += Math.ceil(job.rows / tuning.rows) * across;
    const { left, right, biases = [] } = job;
    return `if (group >= ${first} && group < ${begin}) {
    kind = ${loops.indexOf(jobLoop(job, tuning))};
    rows = ${job.rows};
    columns = ${job.columns};
    into = ${job.into};
    bias = vec2<i32>(${biases[0] ?? -1}, ${biases[1] ?? -1});
    leftAt = ${left.at};
    leftStride = ${left.stride};
    rightAt = ${right.at};
    rightStride = ${right.stride};
    factorsAt = ${right.factors?.at ?? 0};
    firstRow = ((group - ${first}) / ${across}) * ${tuning.rows};
    firstColumn = ((group - ${first}) % ${across}) * ${lanes * tuning.columns} + local;
  }`;
  });
  const penalties =
    l1 || l2
      ? `let w = weights[at];
      gradient += ${literal(l1)} * sign(w) + ${literal(l2)} * w;
      penalty += ${literal(l1)} * abs(w) + ${literal(l2 / 2)} * w * w;`
      : '';
  const finish = tile.visit(
    serial,
    ({ column, row, value }) => `let row = firstRow + ${row};
      let column = firstColumn + ${column} * ${lanes};
      if (row < rows && column < columns) {
      let at = into + row * columns + column;
      var gradient = ${value};
      ${penalties}
      squares += gradient * gradient;
      result[at] = gradient;
      }`,
  );
  const biases = each(
    tuning.columns,
    (q) => `if (firstColumn + ${q * lanes} < columns) {
        for (var i = 0; i < 2; i++) {
          if (bias[i] >= 0) {
            result[bias[i] + firstColumn + ${q * lanes}] = bias${q};
            squares += bias${q} * bias${q};
          }
        }
      }`,
  );
  return {
    groups: () => begin,
    name: 'WeightGradients',
    inputs: inputsOf(
      ...jobs.flatMap(({ left, right }) => [left, right, right.factors]),
      l1 || l2 ? { buffer: 'weights', at: '0' } : null,
    ),
    lanes: lanes * slices,
    code: `${totalOf(lanes * slices)}
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / ${lanes * slices};
  let local = lane % ${lanes};
  let slice = lane / ${lanes};
  var kind = -1;
  var bias = vec2<i32>(-1);
  ${NUMBERS.split(' ')
    .map((name) => `var ${name} = 0;`)
    .join('\n')}
  ${choices.join('\n  ')}
  ${tile.declare()}
  ${each(tuning.columns, (q) => `var bias${q} = 0.0;`)}
  switch (kind) {
    ${loops.map((text, i) => `case ${i}: {\n${text}\n}`).join('\n    ')}
    default: {}
  }
  ${slices > 1 ? addSlices(tile, tuning) : ''}
  var squares = 0.0;
  var penalty = 0.0;
  if (slice == 0) {
    ${finish}
    if (firstRow == 0) {
      ${biases}
    }
  }
  let sums = total(lane, vec4<f32>(squares, penalty, 0.0, 0.0));
  if (lane == 0) {
    result[${length} + group * ${GRADIENT_SUMS}] = sums.x;
    result[${length} + group * ${GRADIENT_SUMS} + 1] = sums.y;
  }
}`,
  };
}

/** Sums one job's products over the places of a slice. */
function jobLoop(
  { columns, left, right, before, biases = [] }: GradientJob,
  tuning: Tuning,
): string {
  const { slices, lanes } = tuning;
  // Narrow matrices need fewer columns in each lane.
  const perLane = Math.min(tuning.columns, Math.ceil(columns / lanes));
  const tile = new LaneTile(perLane, tuning.rows);
  const biased = biases.length > 0;
  // The first step has no step before it, but adds to the bias.
  const first = before && !biased ? 'uniforms.windows + slice' : 'slice';
  const live = before && biased;
  const column = (q: number): string => {
    const from = `(firstColumn + ${q * lanes})`;
    const { without } = right;
    return without ? `${from} + select(0, ${without.count}, ${from} >= ${without.first})` : from;
  };
  const { factors } = right;
  const sums = tile.add(
    (q) =>
      `${right.buffer}[right + c${q}]${factors ? ` * ${factors.buffer}[factorsAt + n * rightStride + c${q}]` : ''}`,
    (r) => `${live ? 'live * ' : ''}${left.buffer}[left + ${r}]`,
  );
  const from = before ? 'max(n - uniforms.windows, 0)' : 'n';
  return `${each(tile.columns, (q) => `let c${q} = ${column(q)};`)}
      for (var n = ${first}; n < uniforms.places; n += ${slices}) {
      let left = leftAt + ${from} * leftStride + firstRow;
      let right = rightAt + n * rightStride;
      ${live ? 'let live = select(0.0, 1.0, n >= uniforms.windows);' : ''}
      ${sums}
      ${biased ? each(tile.columns, (q) => `bias${q} += w${q};`) : ''}
      }`;
}

/** Adds the other slices' sums to the first's, a few numbers at a time to save memory. */
function addSlices(tile: LaneTile, { lanes, slices }: Tuning): string {
  const names = times(tile.columns, (q) => [...times(tile.rows, (r) => `s${q}_${r}`), `bias${q}`]);
  const all = names.flat();
  const others = times(slices - 1, (s) => `shares[local + ${(s + 1) * lanes}]`);
  return each(Math.ceil(all.length / 4), (round) => {
    const some = all.slice(4 * round, 4 * round + 4);
    return `shares[lane] = vec4<f32>(${times(4, (j) => some[j] ?? '0.0').join(', ')});
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + ${others.join(' + ')};
    ${some.map((name, j) => `${name} = total[${j}];`).join('\n')}
  }
  workgroupBarrier();`;
  });
}
