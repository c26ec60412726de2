import { statSync } from 'node:fs';
import { openDataset } from '../parquet/dataset-reader.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { requireWritable } from './files.ts';
import { byteSize, countOf, stepsOf } from './table.ts';
import { UsageError } from './usage-error.ts';
import { EPISODE_FILE, writeEpisodes } from './write-episodes.ts';

/** `foresight import`. */
export const importCommand = command({
  name: 'import',
  summary: 'make a file of episodes of Parquet',
  about: `
Makes one file of episodes of a folder that foresight export wrote, without loss, or of Parquet with the
same columns that another program wrote; see docs/formats.md. Checksums in meta/info.json are checked.
Files are read one episode at a time, so that they may be larger than memory.`,
  example: 'foresight import play --out play.bin',
  positionals: { folder: { about: 'a folder of foresight export' } },
  options: {
    out: {
      kind: 'text',
      value: 'file',
      required: true,
      help: 'where to save the episodes: .bin is binary, .jsonl JSON lines; both also with .gz',
    },
    json: COMMON_OPTIONS.json,
  },

  async run({ folder, options: { out } }) {
    if (!EPISODE_FILE.test(out))
      throw new UsageError(
        `"${out}" does not end in .bin, .jsonl, .bin.gz or .jsonl.gz, which decides how episodes are saved. Give another --out.`,
      );
    requireWritable(out);
    const dataset = await openDataset(folder);
    await writeEpisodes(out, dataset);
    const { episodes } = dataset;
    const bytes = statSync(out).size;
    return { folder, out, episodes: episodes.length, steps: stepsOf(episodes), bytes };
  },
  text: ({ out, episodes, steps, bytes }) =>
    `Saved ${out}: ${countOf(episodes, 'episode')} of ${countOf(steps, 'step')}, ${byteSize(bytes)}.`,
});
