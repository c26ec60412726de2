/**
 * `node --import tsx test/bench/parquet.ts <GB>`: makes that much of invented play as one binary file, exports it as Parquet,
 * and prints the speed and the largest memory of the export.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/cli/run-command.ts';
import { binaryStart } from '../../src/record/binary-format.ts';
import { columnsOf } from '../../src/record/columns.ts';
import { packSteps } from '../../src/record/pack-steps.ts';
import { boolean, category, defineSpec, id, number } from '../../src/record/spec.ts';
import { crc32 } from '../../src/util/crc32.ts';
import { createRng } from '../../src/util/rng.ts';

const SPEC = defineSpec({
  name: 'invented',
  observation: [
    ...Array.from({ length: 14 }, (_, i) => number(`value_${i}`)),
    boolean('grounded'),
    boolean('facing'),
    category('own', ['a', 'b', 'c', 'd']),
    category('other', ['a', 'b', 'c', 'd']),
    id('stage'),
    id('item'),
  ],
  action: ['left', 'right', 'jump', 'strike', 'block'],
});

/** Of an episode: a minute at 60 Hz. */
const STEPS = 3600;
const COLUMNS = columnsOf(SPEC).length;
const EPISODE_BYTES = STEPS * (4 + 2 + 4 * COLUMNS);

/** Writes the file. Numbers are random walks in hundredths. */
function invent(path: string, gigabytes: number): void {
  const rng = createRng(1);
  const episodes = Array.from({ length: Math.ceil((gigabytes * 1e9) / EPISODE_BYTES) }, (_, i) => ({
    id: `episode-${i}`,
    session: `session-${i >> 2}`,
    character: 'hero',
    end: 'truncated' as const,
    endTick: STEPS,
    learn: true,
    meta: {},
    length: STEPS,
  }));
  const file = openSync(path, 'w');
  let crc = 0;
  const write = (bytes: Uint8Array): void => {
    crc = crc32(bytes, crc);
    writeSync(file, bytes);
  };
  write(binaryStart(SPEC, episodes).bytes);
  for (const _ of episodes) {
    const walk = (): Float32Array => {
      let at = 100 * rng.next();
      return Float32Array.from({ length: STEPS }, () => {
        at += rng.next() - 0.5;
        return Math.round(100 * at) / 100;
      });
    };
    const choice = (count: number): Float32Array => {
      let at = 0;
      return Float32Array.from({ length: STEPS }, () => {
        if (rng.next() < 0.05) at = rng.int(count);
        return at;
      });
    };
    const columns = columnsOf(SPEC).map(({ kind }) =>
      kind === 'number' ? walk() : choice(kind === 'boolean' ? 2 : 4),
    );
    write(
      packSteps({
        length: STEPS,
        ticks: Int32Array.from({ length: STEPS }, (_unused, i) => i),
        actions: Uint16Array.from(choice(5)),
        columns,
      }),
    );
  }
  const end = new Uint8Array(4);
  new DataView(end.buffer).setUint32(0, crc, true);
  writeSync(file, end);
  closeSync(file);
}

const [gigabytes = '1', only] = process.argv.slice(2);
if (only) invent(only, Number(gigabytes));
else {
  const folder = mkdtempSync(join(tmpdir(), 'foresight-'));
  try {
    const file = join(folder, 'play.bin');
    // In a process of its own, whose memory does not count.
    const script = fileURLToPath(import.meta.url);
    spawnSync(process.execPath, [...process.execArgv, script, gigabytes, file], {
      stdio: 'inherit',
    });
    const begin = performance.now();
    let result = '';
    await runCommand(['export', file, '--out', join(folder, 'out'), '--json'], {
      print: (text) => (result = text),
      complain: (text) => console.error(text),
      progress: process.stderr,
    });
    const seconds = (performance.now() - begin) / 1000;
    const { steps, bytes } = JSON.parse(result) as { steps: number; bytes: number };
    const read = statSync(file).size;
    console.log(
      JSON.stringify({
        readMB: Math.round(read / 1e6),
        writtenMB: Math.round(bytes / 1e6),
        steps,
        seconds: Number(seconds.toFixed(1)),
        readMBPerSecond: Number((read / 1e6 / seconds).toFixed(1)),
        stepsPerSecond: Math.round(steps / seconds),
        largestMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
