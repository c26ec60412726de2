import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnSource } from 'hyparquet-writer';
import { checkEpisode } from '../record/check-set.ts';
import { columnsOf, spansOf } from '../record/columns.ts';
import type { Episode } from '../record/episode.ts';
import { specHash } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { EPISODE_SCHEMA, featuresOf, observationColumn, stepSchema } from './columns.ts';
import type { FileEntry, Info } from './info.ts';
import { FILES_PER_CHUNK, RotatingWriter } from './rotating-writer.ts';
import type { FilePlace } from './rotating-writer.ts';
import { RunningStatistics } from './running-statistics.ts';
import { StepRows } from './step-rows.ts';

export interface DatasetWriterOptions {
  /** Bytes from which on an episode begins another file. */
  readonly fileBytes?: number;
  /** Most rows of a group; fewer where rows are long. */
  readonly groupRows?: number;
}

/** 100 MB as in LeRobot's data sets; groups of 65,536 rows. */
export const DATASET_WRITER_DEFAULTS: Required<DatasetWriterOptions> = {
  fileBytes: 100e6,
  groupRows: 2 ** 16,
};

/** Values that are held at most, of waiting rows and of the sample for quantiles. */
const HELD_VALUES = 2 ** 21;
/** Episodes of a group of rows. */
const GROUP_EPISODES = 4096;

interface EpisodeRow {
  readonly index: number;
  readonly episode: Omit<Episode, 'ticks' | 'actions' | 'columns'>;
  readonly place: FilePlace;
  readonly from: number;
}

/** What an export holds. */
export interface DatasetTotals {
  readonly episodes: number;
  readonly steps: number;
  readonly files: readonly FileEntry[];
}

/**
 * Writes episodes as Parquet, laid out like a LeRobot data set of version 3, in bounded memory: one episode,
 * one group of rows and running sums. meta/info.json is written last, so that a folder without it is unfinished.
 */
export class DatasetWriter {
  readonly #root: string;
  readonly #spec: CharacterSpec;
  readonly #options: Required<DatasetWriterOptions>;
  readonly #rows: StepRows;
  readonly #data: RotatingWriter;
  readonly #episodes: RotatingWriter;
  readonly #statistics: RunningStatistics;
  readonly #actionCounts: number[];
  #waiting: EpisodeRow[] = [];
  #count = 0;
  #steps = 0;

  /** @param root an empty folder, or one that does not exist yet */
  constructor(root: string, spec: CharacterSpec, options: DatasetWriterOptions = {}) {
    this.#root = root;
    this.#spec = spec;
    this.#options = { ...DATASET_WRITER_DEFAULTS, ...options };
    const { fileBytes, groupRows } = this.#options;
    const columns = columnsOf(spec).length;
    const affordable = Math.max(64, Math.floor(HELD_VALUES / Math.max(1, columns)));
    this.#rows = new StepRows(spec, Math.min(groupRows, affordable));
    this.#statistics = new RunningStatistics(columns, Math.min(4096, affordable));
    this.#actionCounts = spec.action.actions.map(() => 0);
    const files = { root, fileBytes };
    this.#data = new RotatingWriter({ ...files, kind: 'data', schema: stepSchema(spec) });
    this.#episodes = new RotatingWriter({
      ...files,
      kind: 'meta/episodes',
      schema: EPISODE_SCHEMA,
    });
  }

  /**
   * Adds an episode of the spec. Throws `bad-data` for one that does not fit it, as no file of episodes holds.
   */
  add(episode: Episode): void {
    checkEpisode(this.#spec, episode);
    // An episode is never in two files, so that reading it opens one.
    if (this.#data.isFull) {
      this.#writeRows();
      this.#data.rotate();
    }
    const { ticks: _, actions, columns, ...rest } = episode;
    const index = this.#count++;
    const { place } = this.#data;
    this.#waiting.push({ index, episode: rest, place, from: this.#steps });
    this.#statistics.add(columns);
    for (const action of actions) this.#actionCounts[action]++;
    for (let from = 0; from < episode.length;) {
      from += this.#rows.add(episode, index, from);
      if (this.#rows.isFull) this.#writeRows();
    }
    this.#steps += episode.length;
    if (this.#waiting.length >= GROUP_EPISODES) this.#writeEpisodes();
  }

  /** Writes what is left, and the folder's description. */
  finish(): DatasetTotals {
    this.#writeRows();
    this.#writeEpisodes();
    const files = [...this.#data.finish(), ...this.#episodes.finish()];
    mkdirSync(join(this.#root, 'meta'), { recursive: true });
    this.#writeJson('meta/stats.json', this.#stats());
    this.#writeJson('meta/info.json', this.#info(files));
    return { episodes: this.#count, steps: this.#steps, files };
  }

  #writeRows(): void {
    if (this.#rows.length) this.#data.write(this.#rows.take());
  }

  #writeEpisodes(): void {
    const rows = this.#waiting;
    if (!rows.length) return;
    this.#waiting = [];
    if (this.#episodes.isFull) this.#episodes.rotate();
    const column = (name: string, valueOf: (row: EpisodeRow) => unknown): ColumnSource => ({
      name,
      data: rows.map(valueOf) as ColumnSource['data'],
    });
    this.#episodes.write([
      column('episode_index', ({ index }) => index),
      column('episode_id', ({ episode }) => episode.id),
      column('session', ({ episode }) => episode.session),
      column('character', ({ episode }) => episode.character),
      column('end', ({ episode }) => episode.end),
      column('end_tick', ({ episode }) => BigInt(episode.endTick)),
      column('learn', ({ episode }) => episode.learn),
      column('meta', ({ episode }) => JSON.stringify(episode.meta)),
      column('length', ({ episode }) => episode.length),
      column('data/chunk_index', ({ place }) => place.chunk),
      column('data/file_index', ({ place }) => place.file),
      column('dataset_from_index', ({ from }) => BigInt(from)),
      column('dataset_to_index', ({ from, episode }) => BigInt(from + episode.length)),
    ]);
  }

  /** Statistics by column, each a list with an entry for every number of a vector, as LeRobot has them. */
  #stats(): object {
    const summaries = this.#statistics.summaries();
    return Object.fromEntries(
      spansOf(this.#spec).map(({ field, first, columns }) => {
        const own = summaries.slice(first, first + columns.length);
        const names = Object.keys(own[0]) as (keyof (typeof own)[0])[];
        return [
          observationColumn(field),
          Object.fromEntries(names.map((name) => [name, own.map((one) => one[name])])),
        ];
      }),
    );
  }

  #info(files: readonly FileEntry[]): Info {
    return {
      codebase_version: 'v3.0',
      robot_type: this.#spec.name,
      fps: this.#spec.tickRate,
      total_episodes: this.#count,
      total_frames: this.#steps,
      total_tasks: 0,
      chunks_size: FILES_PER_CHUNK,
      data_files_size_in_mb: this.#options.fileBytes / 1e6,
      splits: { train: `0:${this.#count}` },
      data_path: 'data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet',
      video_path: null,
      features: featuresOf(this.#spec),
      spec: this.#spec,
      spec_hash: specHash(this.#spec),
      action_counts: this.#actionCounts,
      files,
    };
  }

  #writeJson(path: string, value: object): void {
    writeFileSync(join(this.#root, path), `${JSON.stringify(value, null, 2)}\n`);
  }
}
