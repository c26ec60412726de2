import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDataset } from '../../src/parquet/dataset-reader.ts';
import { DatasetWriter } from '../../src/parquet/dataset-writer.ts';
import type { Episode, EpisodeSet } from '../../src/record/episode.ts';
import { DUELIST, episodeAt, setOf } from '../record/fixtures.ts';

const INFO = 'meta/info.json';
const DATA = 'data/chunk-000/file-000.parquet';
const EPISODES = 'meta/episodes/chunk-000/file-000.parquet';
/** Only files of episodes have it. */
const EPISODE_COLUMN = 'episode_id';

/** A file of this size is read in milliseconds; one made on purpose is given up after this time. */
const DEADLINE_MS = 5000;

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'foresight-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, { spec, episodes }: EpisodeSet): void {
  const writer = new DatasetWriter(folder, spec);
  for (const episode of episodes) writer.add(episode);
  writer.finish();
}

async function read(folder: string): Promise<EpisodeSet> {
  const dataset = await openDataset(folder, { deadlineMs: DEADLINE_MS });
  const episodes: Episode[] = [];
  for await (const episode of dataset.read()) episodes.push(episode);
  return { spec: dataset.spec, episodes };
}

/** The set after it was written as Parquet and read again. */
export const parquetAgain = (set: EpisodeSet): Promise<EpisodeSet> =>
  inFolder((folder) => {
    write(folder, set);
    return read(folder);
  });

const SET = setOf(episodeAt('a', -3, 4, 4, 9), episodeAt('b', 0, 1));
/** Without checksums, as another program may write it. */
const OTHERS_INFO = JSON.stringify({ spec: DUELIST });

/** A data file and a file of episodes. */
export function parquetSeeds(): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), 'foresight-'));
  write(folder, SET);
  const files = [DATA, EPISODES].map((path) => new Uint8Array(readFileSync(join(folder, path))));
  rmSync(folder, { recursive: true });
  return files;
}

/** Reads a folder whose data file has these bytes; or its file of episodes, where they are one. */
export const readParquet = (bytes: Uint8Array): Promise<EpisodeSet> =>
  inFolder((folder) => {
    const isOfEpisodes = Buffer.from(bytes).includes(EPISODE_COLUMN);
    if (isOfEpisodes) write(folder, SET);
    const files = { [INFO]: OTHERS_INFO, [isOfEpisodes ? EPISODES : DATA]: bytes };
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return read(folder);
  });
