import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ForesightError, messageOf } from '../util/error.ts';

/** A file of recordings in a folder. */
export interface RecordingFile {
  /** Its name without its ending. */
  readonly name: string;
  readonly path: string;
  /** The spec of a CSV file, if there is one. */
  readonly spec?: string;
}

const ENDING = /\.(?:jsonl|bin|csv)(?:\.gz)?$/i;
const CSV = /\.csv(?:\.gz)?$/i;

/**
 * The files of recordings in a folder, by name. What the columns of `drive.csv.gz` mean is in `drive.json` next
 * to it, else in `spec`. Throws `bad-data` for a folder that cannot be read or has none.
 */
export function recordingsIn(folder: string, spec: string | undefined): RecordingFile[] {
  const files = namesIn(folder)
    .filter((file) => ENDING.test(file))
    .sort();
  if (!files.length)
    throw new ForesightError(
      'bad-data',
      `There is no recording in "${folder}". Give a folder with files of episodes: .jsonl, .bin, or .csv with a .json of the same name or a --spec; gzipped or not.`,
    );
  return files.map((file) => {
    const name = file.replace(ENDING, '');
    const own = join(folder, `${name}.json`);
    return {
      name,
      path: join(folder, file),
      ...(CSV.test(file) && { spec: existsSync(own) ? own : spec }),
    };
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new ForesightError(
      'bad-data',
      `"${folder}" cannot be read as a folder: ${messageOf(error)}. Give the folder that holds the recordings.`,
      { cause: error },
    );
  }
}
