import { significant } from '../statistics.ts';

/** Rows of the matrices that are tried. */
const SIZES: readonly number[] = [256, 512, 1024, 2048, 4096];
/** No larger product is tried once one takes as long as this, in milliseconds. */
const LONG_MS = 100;
const ROUNDS = 3;
/** A round repeats a product for about so long. */
const ROUND_MS = 50;

/** Lanes of a workgroup in each direction; each computes EACH by EACH elements. */
const LANES = 16;
const EACH = 4;
const TILE = LANES * EACH;
/** With as many columns, each lane loads four elements of both tiles. */
const DEPTH = 16;

export interface MatmulRate {
  /** The program and N of the N x N matrices that were fastest. */
  readonly program: keyof typeof PROGRAMS;
  readonly size: number;
  readonly gflops: number;
}

/**
 * The rate at which the adapter multiplies large matrices of float32 with the better of two ordinary programs:
 * what others can hope for. Throws when a product is wrong.
 *
 * @param sizes rows of the matrices to try, multiples of 64, ascending
 */
export async function measureMatmul(sizes = SIZES): Promise<MatmulRate> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('there is no adapter');
  const device = await adapter.requestDevice();
  try {
    const rates: MatmulRate[] = [];
    for (const program of ['tiles', 'registers'] as const)
      for (const size of sizes) {
        const ms = await timeProduct(device, { program, size });
        rates.push({ program, size, gflops: significant((2 * size ** 3) / ms / 1e6) });
        if (ms > LONG_MS) break;
      }
    return rates.reduce((best, rate) => (rate.gflops > best.gflops ? rate : best));
  } finally {
    device.destroy();
  }
}

/** Milliseconds of one product in the fastest round. */
async function timeProduct(
  device: GPUDevice,
  { program, size }: Omit<MatmulRate, 'gflops'>,
): Promise<number> {
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const bytes = 4 * size * size;
  const [a, b, product] = [1, 2, 3].map(() =>
    device.createBuffer({ size: bytes, usage: STORAGE | COPY_DST | COPY_SRC }),
  );
  // a[i][k] = i % 7, b[k][j] = j % 5: each element of the product is known.
  const values = (of: (row: number, column: number) => number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: size * size }, (_, i) => of(Math.floor(i / size), i % size));
  device.queue.writeBuffer(
    a,
    0,
    values((row) => row % 7),
  );
  device.queue.writeBuffer(
    b,
    0,
    values((_, column) => column % 5),
  );
  const module = device.createShaderModule({ code: PROGRAMS[program](size) });
  const pipeline = device.createComputePipeline({
    layout: 'auto',
    compute: { module, entryPoint: 'main' },
  });
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [a, b, product].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const run = async (times: number): Promise<number> => {
    const begun = performance.now();
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    for (let i = 0; i < times; i++) pass.dispatchWorkgroups(size / TILE, size / TILE);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - begun) / times;
  };
  await run(1);
  const times = Math.max(1, Math.min(200, Math.round(ROUND_MS / (await run(1)))));
  let fastest = Infinity;
  for (let round = 0; round < ROUNDS; round++) fastest = Math.min(fastest, await run(times));
  const copy = device.createBuffer({ size: 4 * size, usage: MAP_READ | COPY_DST });
  const encoder = device.createCommandEncoder();
  // The last row.
  encoder.copyBufferToBuffer(product, bytes - 4 * size, copy, 0, 4 * size);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  const row = new Float32Array(copy.getMappedRange());
  const wrong = row.findIndex((value, j) => value !== size * ((size - 1) % 7) * (j % 5));
  for (const buffer of [a, b, product, copy]) buffer.destroy();
  if (wrong >= 0) throw new Error(`a product of ${size} x ${size} matrices is wrong`);
  return fastest;
}

const rows = (text: (row: number) => string): string =>
  Array.from({ length: EACH }, (_, row) => text(row)).join('\n');

/** Adds the products of four columns of each row with four rows of b. Written out: arrays would be slow. */
const addProducts = rows(
  (row) => `sum${row} += a${row}.x * b0 + a${row}.y * b1 + a${row}.z * b2 + a${row}.w * b3;`,
);

/** Matrices are read in fours; a lane has the sums of 4 rows and 4 columns. */
const head = `
@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> product: array<vec4f>;
var<workgroup> tileA: array<array<vec4f, ${DEPTH / 4}>, ${TILE}>;
var<workgroup> tileB: array<array<vec4f, ${LANES}>, ${DEPTH}>;

@compute @workgroup_size(${LANES}, ${LANES})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) lane: vec3u) {
  let top = group.y * ${TILE} + lane.y * ${EACH};
  let left = group.x * ${LANES} + lane.x;
  ${rows((row) => `var sum${row} = vec4f();`)}`;

const tail = (size: number): string => `
  ${rows((row) => `product[(top + ${row}) * ${size / 4} + left] = sum${row};`)}
}`;

const PROGRAMS = {
  /** Tiles of both matrices in workgroup memory, as fits graphics cards. */
  tiles: (size: number) => `${head}
  let index = lane.y * ${LANES} + lane.x;
  for (var k = 0u; k < ${size}; k += ${DEPTH}) {
    let row = group.y * ${TILE} + index / ${DEPTH / 4};
    tileA[index / ${DEPTH / 4}][index % ${DEPTH / 4}] = a[row * ${size / 4} + k / 4 + index % ${DEPTH / 4}];
    let column = group.x * ${LANES} + index % ${LANES};
    tileB[index / ${LANES}][index % ${LANES}] = b[(k + index / ${LANES}) * ${size / 4} + column];
    workgroupBarrier();
    for (var d = 0u; d < ${DEPTH / 4}; d++) {
      ${rows((row) => `let a${row} = tileA[lane.y * ${EACH} + ${row}][d];`)}
      ${rows((row) => `let b${row} = tileB[4 * d + ${row}][lane.x];`)}
      ${addProducts}
    }
    workgroupBarrier();
  }${tail(size)}`,
  /** Without workgroup memory: barriers are what a software adapter is slowest at. */
  registers: (size: number) => `${head}
  for (var k = 0u; k < ${size / 4}; k++) {
    ${rows((row) => `let a${row} = a[(top + ${row}) * ${size / 4} + k];`)}
    ${rows((row) => `let b${row} = b[(4 * k + ${row}) * ${size / 4} + left];`)}
    ${addProducts}
  }${tail(size)}`,
};
