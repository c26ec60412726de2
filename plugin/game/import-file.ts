import { parseCheckpoint } from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import type { EpisodeSet } from '../../src/record/episode.ts';
import { readEpisodes } from '../../src/record/read-episodes.ts';
import { isGzip } from '../../src/record/unpack-file.ts';
import { ForesightError } from '../../src/util/error.ts';
import type { ErrorCode } from '../../src/util/error.ts';
import { bytesOf, sizeOf } from '../../src/util/file-content.ts';
import type { FileContent } from '../../src/util/file-content.ts';
import type { WorkerSource } from '../../src/worker/client.ts';
import { FileWorker } from '../../src/worker/client-file.ts';
import { isRunning } from '../../src/worker/client-worker.ts';

export interface ImportOptions {
  /** Cancels the import: it rejects with `cancelled`, and nothing of the file stays. */
  readonly signal?: AbortSignal;
  /** Called with the share of the work that is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** Some of the episodes of a file. */
export interface ImportedEpisodes extends EpisodeSet {
  /** Share of the file's episodes that have been given with these. */
  readonly done: number;
}

/** How to read a file. */
export interface ImportSource {
  /** For errors. */
  readonly name: string;
  /** Where workers come from; a running one has its trainings to do. */
  readonly worker: WorkerSource | undefined;
  readonly signal?: AbortSignal;
  /** The game wrote it, or brings it along: it is read on this thread where the worker dies or hangs. */
  readonly isOwn?: boolean;
}

/** Larger files are read in a worker: starting one takes longer than reading these. */
const ON_THREAD_BYTES = 32 * 1024;

/**
 * The episodes of a file, in one or several parts that the game has time for. Reads the file in a worker of its own,
 * but for a small one that is not gzipped, and where no worker can be had. Throws before the first part as
 * `readEpisodes` does, and `cancelled`.
 *
 * @param onProgress receives the share that is read
 */
export async function* importedEpisodes(
  file: FileContent,
  source: ImportSource,
  onProgress: (done: number) => void,
): AsyncGenerator<ImportedEpisodes> {
  const { name } = source;
  const worker = await startFor(file, source);
  try {
    const spec = await worker?.readEpisodes(file, { name, onProgress }).catch(nullIfNotReady);
    if (!worker || !spec) {
      yield { ...(await readEpisodes(await bytesOf(file, name), name)), done: 1 };
      return;
    }
    for (let done = 0; done < 1;) {
      const batch = await worker.takeEpisodes();
      done = batch.done;
      yield { spec, ...batch };
    }
  } finally {
    worker?.close(cancelled());
  }
}

/**
 * The checkpoint in a file, read where `importedEpisodes` would. Rejects as `parseCheckpoint` throws, and with
 * `cancelled`.
 */
export async function importedCheckpoint(
  file: FileContent,
  source: ImportSource,
): Promise<Checkpoint> {
  const { name, isOwn } = source;
  const worker = await startFor(file, source);
  try {
    // Weights that cannot be read would be lost at the next save.
    const orHere = isOwn ? nullIfFailed : nullIfNotReady;
    const checkpoint = await worker?.readCheckpoint(file, name).catch(orHere);
    return checkpoint ?? parseCheckpoint(await bytesOf(file, name), name);
  } finally {
    worker?.close(cancelled());
  }
}

/** A worker for the file; null for one to be read on this thread. */
async function startFor(
  file: FileContent,
  { name, worker: source, signal }: ImportSource,
): Promise<FileWorker | null> {
  throwIfCancelled(signal);
  // What is gzipped may be hundreds of times as large as it looks.
  const isSmall = sizeOf(file) <= ON_THREAD_BYTES && !isGzip(await bytesOf(file.slice(0, 2), name));
  if (isSmall || isRunning(source)) return null;
  const worker = new FileWorker(source);
  signal?.addEventListener('abort', () => worker.close(cancelled()));
  if (signal?.aborted) worker.close(cancelled());
  const isReady = await worker.isReady();
  throwIfCancelled(signal);
  return isReady ? worker : null;
}

const nullIf =
  (...codes: readonly ErrorCode[]) =>
  (error: unknown): null => {
    if (error instanceof ForesightError && codes.includes(error.code)) return null;
    throw error;
  };

/** The worker may lack what reads files. */
const nullIfNotReady = nullIf('not-ready');
const nullIfFailed = nullIf('not-ready', 'worker-failed');

/** Throws `cancelled` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

const cancelled = (): ForesightError =>
  new ForesightError('cancelled', 'The import was cancelled. Import the file again to have it.');
