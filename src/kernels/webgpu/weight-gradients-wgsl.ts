import type { Tuning } from './tuning.ts';
import { each, LaneTile, literal } from './wgsl.ts';
import type { Wgsl } from './wgsl.ts';

/** The gradient of one matrix: left^T [M, N] times right [N, C], summed over the N places. */
export interface GradientJob {
  /** M and C. */
  readonly rows: number;
  readonly columns: number;
  readonly left: PlaceRows;
  readonly right: PlaceRows & {
    /** Columns of the buffer to leave out. */
    readonly without?: { readonly first: number; readonly count: number };
  };
  /** Whether `left` is read one step earlier and the first step left out, as for recurrent weights. */
  readonly before: boolean;
  /** First element of the matrix in the flat weights. */
  readonly place: number;
  /** First elements of the biases whose gradients are the column sums of `right`. */
  readonly biases: readonly number[];
}

/** A row of a buffer for each place. */
export interface PlaceRows {
  /** Name of one of the inputs. */
  readonly buffer: string;
  /** WGSL of the index of its first column at the first place. */
  readonly at: string;
  /** Elements from place to place. */
  readonly stride: number;
}

export interface WeightGradientsText {
  readonly jobs: readonly GradientJob[];
  /** Buffers that the jobs read. */
  readonly inputs: readonly string[];
  /** Names of i32 uniforms that the jobs read, besides `places` and `windows`. */
  readonly uniforms: readonly string[];
  /** Penalties on matrices, added to the gradient. */
  readonly l1: number;
  readonly l2: number;
  readonly tuning: Tuning;
}

/** Sums that each workgroup writes: squares of the gradient, and the penalty. */
export const GRADIENT_SUMS = 2;

/** A job's tiles, each with `tuning.rows` rows and the columns of all lanes. */
function tilesOf({ rows, columns }: GradientJob, tuning: Tuning) {
  const across = Math.ceil(columns / (tuning.lanes * tuning.columns));
  return { across, count: Math.ceil(rows / tuning.rows) * across };
}

/** Workgroups; each writes `GRADIENT_SUMS` numbers. */
export function gradientGroups({ jobs, tuning }: WeightGradientsText): number {
  return jobs.reduce((sum, job) => sum + tilesOf(job, tuning).count, 0);
}

/**
 * All weight gradients of a layer in one dispatch, written into the flat gradient, with penalties.
 * Each workgroup's share of the squared norm and of the penalty's loss follows from `uniforms.sums` on.
 * A lane computes some rows of several columns of one matrix; several slices of lanes may share the
 * places.
 */
export function weightGradientsWgsl(text: WeightGradientsText): Wgsl {
  const { jobs, tuning, l1, l2 } = text;
  const { lanes, slices, serial } = tuning;
  const tile = new LaneTile(tuning.columns, tuning.rows);
  let group = 0;
  const branches = jobs.map((job, index) => {
    const { across, count } = tilesOf(job, tuning);
    const begin = group;
    group += count;
    return `case ${index}: {
      rows = ${job.rows};
      columns = ${job.columns};
      place = ${job.place};
      firstRow = ((group - ${begin}) / ${across}) * ${tuning.rows};
      firstColumn = ((group - ${begin}) % ${across}) * ${lanes * tuning.columns} + local;
      ${jobLoop(job, tuning)}
    }`;
  });
  let begin = 0;
  const choices = jobs.map((job, index) => {
    const choice = `if (group >= ${begin}) {\njob = ${index};\n}`;
    begin += tilesOf(job, tuning).count;
    return choice;
  });
  const biases = jobs.map((job, index) =>
    job.biases.length
      ? `case ${index}: {
        ${job.biases.map((at) => `result[${at} + column] = bias;`).join('\n')}
        squares += ${literal(job.biases.length)} * bias * bias;
      }`
      : '',
  );
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
      let at = place + row * columns + column;
      var gradient = ${value};
      ${penalties}
      squares += gradient * gradient;
      result[at] = gradient;
      }`,
  );
  return {
    name: 'WeightGradients',
    inputs: [...text.inputs, ...(l1 || l2 ? ['weights'] : [])],
    uniforms: {
      places: 'i32',
      windows: 'i32',
      sums: 'i32',
      ...Object.fromEntries(text.uniforms.map((name) => [name, 'i32' as const])),
    },
    lanes: lanes * slices,
    code: `
var<workgroup> shares : array<vec4<f32>, ${lanes * slices}>;
fn main(index : i32) {
  let lane = i32(localIndex);
  let group = index / ${lanes * slices};
  let local = lane % ${lanes};
  let slice = lane / ${lanes};
  var job = 0;
  var rows = 0;
  var columns = 0;
  var place = 0;
  var firstRow = 0;
  var firstColumn = 0;
  ${choices.join('\n  ')}
  ${tile.declare()}
  ${each(tuning.columns, (q) => `var bias${q} = 0.0;`)}
  switch (job) {
    ${branches.join('\n    ')}
    default: {}
  }
  ${slices > 1 ? addSlices(tile, tuning) : ''}
  var squares = 0.0;
  var penalty = 0.0;
  if (slice == 0) {
    ${finish}
    if (firstRow == 0) {
      ${each(
        tuning.columns,
        (q) => `{
      let column = firstColumn + ${q * lanes};
      let bias = bias${q};
      if (column < columns) {
      switch (job) {
        ${biases.join('\n')}
        default: {}
      }
      }
      }`,
      )}
    }
  }
  shares[lane] = vec4<f32>(squares, penalty, 0.0, 0.0);
  workgroupBarrier();
  if (lane == 0) {
    for (var i = 1; i < ${lanes}; i++) {
      squares += shares[i].x;
      penalty += shares[i].y;
    }
    result[uniforms.sums + group * ${GRADIENT_SUMS}] = squares;
    result[uniforms.sums + group * ${GRADIENT_SUMS} + 1] = penalty;
  }
}`,
  };
}

/** Sums one job's products over the places of a slice. */
function jobLoop(job: GradientJob, tuning: Tuning): string {
  const { slices, lanes } = tuning;
  // Narrow matrices need fewer columns in each lane.
  const perLane = Math.min(tuning.columns, Math.ceil(job.columns / lanes));
  const tile = new LaneTile(perLane, tuning.rows);
  const biased = job.biases.length > 0;
  // The first step has no step before it, but adds to the bias.
  const first = job.before && !biased ? 'uniforms.windows + slice' : 'slice';
  const live = job.before && biased;
  const { left, right } = job;
  const column = (q: number): string => {
    const from = `(firstColumn + ${q * lanes})`;
    const { without } = right;
    return without ? `${from} + select(0, ${without.count}, ${from} >= ${without.first})` : from;
  };
  const sums = tile.add(
    (q) => `${right.buffer}[right + c${q}]`,
    (r) => `${live ? 'live * ' : ''}${left.buffer}[left + ${r}]`,
  );
  const from = job.before ? 'max(n - uniforms.windows, 0)' : 'n';
  return `${each(tile.columns, (q) => `let c${q} = ${column(q)};`)}
      for (var n = ${first}; n < uniforms.places; n += ${slices}) {
      let left = ${left.at} + ${from} * ${left.stride} + firstRow;
      let right = ${right.at} + n * ${right.stride};
      ${live ? 'let live = select(0.0, 1.0, n >= uniforms.windows);' : ''}
      ${sums}
      ${biased ? each(tile.columns, (q) => `bias${q} += w${q};`) : ''}
      }`;
}

/** Adds the other slices' sums to the first's, a few numbers at a time to save memory. */
function addSlices(tile: LaneTile, { lanes, slices }: Tuning): string {
  const names: string[] = [];
  for (let q = 0; q < tile.columns; q++) {
    for (let r = 0; r < tile.rows; r++) names.push(`s${q}_${r}`);
    names.push(`bias${q}`);
  }
  const rounds: string[] = [];
  for (let i = 0; i < names.length; i += 4) {
    const some = names.slice(i, i + 4);
    const padded = [0, 1, 2, 3].map((j) => some[j] ?? '0.0').join(', ');
    const others = Array.from(
      { length: slices - 1 },
      (_, s) => `shares[local + ${(s + 1) * lanes}]`,
    );
    rounds.push(`shares[lane] = vec4<f32>(${padded});
  workgroupBarrier();
  if (slice == 0) {
    let total = shares[local] + ${others.join(' + ')};
    ${some.map((name, j) => `${name} = total[${j}];`).join('\n')}
  }
  workgroupBarrier();`);
  }
  return rounds.join('\n');
}
