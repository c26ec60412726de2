import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { alignTable, byteSize } from '../../../src/cli/table.ts';
import { figure } from '../figures.ts';
import { describeMachine } from '../lab/machine.ts';
import { inventFile } from './invent-file.ts';

/** What one export took, in a process of its own. */
export interface Exported {
  readonly steps: number;
  /** Written. */
  readonly bytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Most memory of the whole process (10^6 bytes). */
  readonly megabytes: number;
}

export interface ExportRow extends Exported {
  readonly what: string;
  /** Of the file that was exported. */
  readonly read: number;
}

export interface ExportReport {
  readonly machine: string;
  readonly rows: readonly ExportRow[];
}

/**
 * Exports invented play as Parquet, and a thousandth of it as shards, which take a thousand times as long.
 *
 * @param gigabytes of the file of episodes, 10^9 bytes each
 */
export function benchExport({ gigabytes }: { readonly gigabytes: number }): ExportReport {
  const folder = mkdtempSync(join(tmpdir(), 'foresight-'));
  const program = fileURLToPath(new URL('export-once.ts', import.meta.url));
  const measure = (what: string, size: number, more: readonly string[] = []): ExportRow => {
    console.error(`export: ${what}, ${size} GB`);
    const [file, out] = [join(folder, 'play.bin'), join(folder, 'out')];
    inventFile(file, size);
    const args = ['--import', import.meta.resolve('tsx'), program, file, '--out', out, ...more];
    const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
    rmSync(out, { recursive: true });
    return { what, read: statSync(file).size, ...(JSON.parse(printed) as Exported) };
  };
  try {
    const shards = ['--shards', '8', '--test-fraction', '0', '--fit-steps', '20000'];
    return {
      machine: describeMachine(),
      rows: [
        measure('Parquet', gigabytes),
        measure('shards', gigabytes / 1000, shards),
        measure('shards', (4 * gigabytes) / 1000, shards),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The report of `bench export` as text. */
export const exportTable = ({ machine, rows }: ExportReport): string =>
  [
    machine,
    alignTable([
      ['as', 'episodes', 'steps', 'written', 's', 's of CPU', 'MB/s', 'steps/s', 'memory, MB'],
      ...rows.map((row) => [
        row.what,
        byteSize(row.read),
        row.steps.toLocaleString('en'),
        byteSize(row.bytes),
        figure(row.seconds),
        figure(row.cpuSeconds),
        figure(row.read / 1e6 / row.seconds),
        Math.round(row.steps / row.seconds).toLocaleString('en'),
        figure(row.megabytes),
      ]),
    ]),
  ].join('\n');
