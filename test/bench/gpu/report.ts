import { alignTable, percent } from '../../../src/cli/table.ts';
import { figure } from '../figures.ts';
import type { MatmulRate } from './matmul.ts';
import type { GpuRow } from './measure.ts';

/** What `run.mjs` measured. Plain JSON. */
export interface GpuReport {
  readonly bench: 'gpu';
  /** Of the package that was measured. */
  readonly version: string;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly machine: string;
  /** Names of the adapter, and its own description, which has the driver. */
  readonly adapter: string;
  readonly driver: string;
  readonly software: boolean;
  readonly matmul: MatmulRate;
  readonly rows: readonly GpuRow[];
}

/** The report's head: what was measured on. */
export const headLines = ({
  machine,
  adapter,
  driver,
  software,
  matmul,
}: Omit<GpuReport, 'rows'>): string =>
  [
    machine,
    `adapter: ${adapter}${software ? ', a software one: no graphics card computes' : ''}`,
    `driver: ${driver}`,
    `matrix products: ${figure(matmul.gflops)} GFLOP/s (${matmul.size} x ${matmul.size}, ${matmul.program})`,
  ].join('\n');

/** The rows as text. */
export function rowsTable(rows: readonly GpuRow[]): string {
  const table = alignTable([
    ['model', 'B', 'T', 'webgpu ms', 'wasm ms', 'times', 'dispatches', 'GFLOP/s', 'of matmul', ''],
    ...rows.map(({ model, batchSize, windowLength, webgpu, wasm, agrees }) => [
      model,
      String(batchSize),
      String(windowLength),
      figure(webgpu?.msPerBatch),
      figure(wasm?.msPerBatch),
      figure(webgpu && wasm && wasm.msPerBatch / webgpu.msPerBatch),
      figure(webgpu?.dispatchesPerBatch),
      figure(webgpu?.gflops),
      percent(webgpu?.shareOfMatmul ?? NaN),
      agrees === null ? '-' : agrees ? 'gradients agree' : 'GRADIENTS DISAGREE',
    ]),
  ]);
  const notes = rows.flatMap(({ model, batchSize, note }) =>
    note ? [`${model} B${batchSize}: ${note}`] : [],
  );
  return [table, ...notes].join('\n');
}
