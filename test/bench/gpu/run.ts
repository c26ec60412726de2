/**
 * The program of the folder that `npm run bench -- gpu` makes: trains on the graphics card of this machine,
 * and on wasm in turns. Needs nothing but Node and the files next to it.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { provideGpu } from '../../../src/cli/provide-gpu.ts';
import { WebgpuEngine } from '../../../src/train/webgpu-engine.ts';
import { messageOf } from '../../../src/util/error.ts';
import { VERSION } from '../../../src/util/version.ts';
import { describeAdapter } from '../../../src/worker/adapter.ts';
import { fetchWebgpu } from '../../../src/worker/fetch-webgpu.ts';
import { countDispatches } from '../page/count-dispatches.ts';
import { chosen } from '../read-command.ts';
import { measureMatmul } from './matmul.ts';
import { measureRow } from './measure.ts';
import type { GpuRow } from './measure.ts';
import { BATCH_SIZES, MODELS } from './models.ts';
import type { ModelName } from './models.ts';
import { headLines, rowsTable } from './report.ts';
import type { GpuReport } from './report.ts';

const USAGE = `node run.mjs [options]

  --out FILE          where to write the JSON (default result.json)
  --model A,play      only these of ${Object.keys(MODELS).join(', ')}
  --batch 8,64        only batches of these sizes (default ${BATCH_SIZES.join(', ')})
  --quick             one short round of each: shows that it runs, and measures nothing`;

const QUICK = { repeats: 1, roundMs: 1, warmUpMs: 1, budgetMs: 1 };

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string', default: 'result.json' },
      model: { type: 'string' },
      batch: { type: 'string', default: BATCH_SIZES.join() },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const names = Object.keys(MODELS) as ModelName[];
  const models = values.model ? chosen(values.model.split(','), names, 'model') : names;
  const sizes = values.batch.split(',').map(Number);
  if (!sizes.every((size) => Number.isInteger(size) && size > 0))
    throw new Error(`--batch is "${values.batch}": give whole numbers, such as 8,64.`);

  await provideGpu();
  countDispatches();
  const head = await describe(values.quick);
  console.log(headLines(head));
  const url = new URL('./foresight.webgpu.js', import.meta.url).href;
  const webgpu = new WebgpuEngine(() => fetchWebgpu({ url }));
  const rows: GpuRow[] = [];
  for (const model of models)
    for (const batchSize of sizes) {
      console.error(`${model}, batches of ${batchSize}`);
      const race = values.quick ? QUICK : {};
      rows.push(await measureRow({ model, batchSize, webgpu, matmul: head.matmul.gflops, race }));
    }
  const report: GpuReport = { ...head, rows };
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${rowsTable(rows)}\n\nWritten to ${values.out}.`);
  if (rows.some(({ agrees }) => agrees === false)) process.exitCode = 1;
}

async function describe(quick: boolean): Promise<Omit<GpuReport, 'rows'>> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('There is no graphics adapter.');
  const all = cpus();
  return {
    bench: 'gpu',
    version: VERSION,
    date: new Date().toISOString().slice(0, 10),
    machine: `${all[0]?.model.trim() || process.arch}, ${all.length} cores, ${process.platform}, Node ${process.versions.node}`,
    ...describeAdapter(adapter.info),
    driver: adapter.info.description || 'unnamed',
    matmul: await measureMatmul(quick ? [64] : undefined),
  };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = 1;
}
