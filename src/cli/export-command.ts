import { existsSync, readdirSync } from 'node:fs';
import { DatasetWriter } from '../parquet/dataset-writer.ts';
import { requireSameSpec } from '../record/spec.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { readCsvSpec } from './files.ts';
import { openEpisodes } from './open-episodes.ts';
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
(CSV is read whole). foresight import makes a file of episodes of the folder again.`,
  example: 'foresight export monday.bin tuesday.jsonl.gz --out play',
  positionals: { episodes: { about: 'files of episodes', many: true } },
  options: {
    out: { kind: 'text', value: 'folder', required: true, help: 'a new or empty folder' },
    spec: COMMON_OPTIONS.spec,
    json: COMMON_OPTIONS.json,
  },

  async run({ episodes: paths, options }, { progress }) {
    const { out } = options;
    if (existsSync(out) && (isFile(out) || readdirSync(out).length))
      throw new UsageError(`"${out}" exists and is not an empty folder. Give another --out.`);
    const csv = readCsvSpec(options.spec);
    const first = await openEpisodes(paths[0], csv);
    const writer = new DatasetWriter(out, first.spec);
    const known = new Set<string>();
    let doubled = 0;
    for (const [i, path] of paths.entries()) {
      if (paths.length > 1) progress.write(`${path} (${i + 1} of ${paths.length})\n`);
      const { spec, episodes } = i ? await openEpisodes(path, csv) : first;
      requireSameSpec(first.spec, spec, `"${path}"`);
      for await (const episode of episodes) {
        const key = JSON.stringify([
          episode.session,
          episode.id,
          episode.character,
          episode.length,
        ]);
        if (known.has(key)) doubled++;
        else writer.add(episode);
        known.add(key);
      }
    }
    const { episodes, steps, files } = writer.finish();
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { out, episodes, doubledEpisodes: doubled, steps, files: files.length, bytes };
  },
  text: ({ out, episodes, doubledEpisodes, steps, files, bytes }) =>
    [
      `Saved ${out}: ${countOf(episodes, 'episode')} of ${countOf(steps, 'step')} in ${countOf(files, 'Parquet file')}, ${byteSize(bytes)}.`,
      ...(doubledEpisodes
        ? [`Left out ${countOf(doubledEpisodes, 'episode')} that an earlier file has too.`]
        : []),
    ].join('\n'),
});

function isFile(path: string): boolean {
  try {
    readdirSync(path);
    return false;
  } catch {
    return true;
  }
}
