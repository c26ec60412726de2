import { existsSync, readdirSync, statSync } from 'node:fs';
import { DatasetWriter } from '../parquet/dataset-writer.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { exportShards } from './export-shards.ts';
import type { ShardsResult } from './export-shards.ts';
import { readConfig, readCsvSpec } from './files.ts';
import { RecordingStream } from './recording-stream.ts';
import { byteSize, countOf } from './table.ts';
import { UsageError } from './usage-error.ts';

/** `foresight export`. */
export const exportCommand = command({
  name: 'export',
  summary: 'save episodes as Parquet',
  about: `
Saves the episodes of any number of files as a folder of Parquet files, which Spark, DuckDB, pandas and
others open. It is laid out like a LeRobot data set (version 3): a row for each step, a row for each
episode, and statistics. Files are read one episode at a time, so that they may be larger than memory
(CSV is read whole). foresight import makes a file of episodes of the folder again.

With --shards, saves in place of it what the trainer in cluster/ reads: the encoded steps and the votes of the
n-gram experts in n files, which as many processes can share, and a model that has not learned yet. Whole
sessions are set aside for a test, as foresight train does. Ranges and experts are fitted on whole sessions of
at most --fit-steps steps, which are held in memory; with fewer steps than that they are those of foresight train.`,
  example: 'foresight export monday.bin tuesday.jsonl.gz --out play',
  positionals: { episodes: { about: 'files of episodes', many: true } },
  options: {
    out: { kind: 'text', value: 'folder', required: true, help: 'a new or empty folder' },
    spec: COMMON_OPTIONS.spec,
    shards: { kind: 'whole', min: 1, max: 99_999, help: 'files for the trainer in cluster/' },
    config: { ...COMMON_OPTIONS.config, help: `with --shards: ${COMMON_OPTIONS.config.help}` },
    seed: { ...COMMON_OPTIONS.seed, help: `with --shards: ${COMMON_OPTIONS.seed.help}` },
    'test-fraction': {
      ...COMMON_OPTIONS.testFraction,
      help: `with --shards: ${COMMON_OPTIONS.testFraction.help}`,
    },
    'fit-steps': {
      kind: 'whole',
      min: 1,
      max: 10_000_000,
      default: 100_000,
      help: 'with --shards: most steps to fit ranges and experts on',
    },
    json: COMMON_OPTIONS.json,
  },

  async run({ episodes: paths, options }, { progress }): Promise<ExportResult> {
    const { out, shards, seed } = options;
    if (existsSync(out) && (!statSync(out).isDirectory() || readdirSync(out).length))
      throw new UsageError(`"${out}" exists and is not an empty folder. Give another --out.`);
    const csv = readCsvSpec(options.spec);
    if (shards)
      return exportShards(paths, {
        out,
        shards,
        seed,
        csv,
        config: options.config ? readConfig(options.config) : {},
        testFraction: options['test-fraction'],
        fitSteps: options['fit-steps'],
      });
    const recordings = await RecordingStream.open(paths, {
      csv,
      onFile: (i) => {
        if (paths.length > 1) progress.write(`${paths[i]} (${i + 1} of ${paths.length})\n`);
      },
    });
    const writer = new DatasetWriter(out, recordings.spec);
    for await (const episode of recordings.read()) writer.add(episode);
    const { episodes, steps, files } = writer.finish();
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return {
      kind: 'parquet',
      out,
      episodes,
      doubledEpisodes: recordings.doubled,
      steps,
      files: files.length,
      bytes,
    };
  },
  text: (result) => {
    const { out, episodes, steps, bytes } = result;
    const what = `Saved ${out}: ${countOf(episodes, 'episode')} of ${countOf(steps, 'step')} in`;
    if (result.kind === 'shards')
      return [
        `${what} ${countOf(result.windows, 'window')}, ${byteSize(bytes)}.`,
        `Set ${countOf(result.testSessions.length, 'session')} aside for the test.`,
      ].join('\n');
    const { files, doubledEpisodes } = result;
    return [
      `${what} ${countOf(files, 'Parquet file')}, ${byteSize(bytes)}.`,
      ...(doubledEpisodes
        ? [`Left out ${countOf(doubledEpisodes, 'episode')} that an earlier file has too.`]
        : []),
    ].join('\n');
  },
});

interface ParquetResult {
  readonly kind: 'parquet';
  readonly out: string;
  readonly episodes: number;
  readonly doubledEpisodes: number;
  readonly steps: number;
  readonly files: number;
  readonly bytes: number;
}

type ExportResult = ParquetResult | ShardsResult;
