import { proxy } from 'comlink';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import type { FileContent } from '../util/file-content.ts';
import { Connection } from './client-connection.ts';
import { TRAINER_CLIENT_DEFAULTS } from './client.ts';
import { workerCandidates } from './client-worker.ts';
import type { NodeThread } from './client-thread.ts';
import type { WorkerSource } from './client-worker.ts';
import type { EpisodeBatch, ReadCheckpointReply, ReadEpisodesReply } from './protocol.ts';

/** Where a worker for one file comes from. */
export type FileWorkerSource = Exclude<WorkerSource, Worker | NodeThread> | undefined;

/**
 * Reads one file in a worker of its own: however long that takes, no training waits for it, and `close` ends it at
 * once. Calls reject with the errors of the file, with `worker-failed` when the worker dies or shows no progress, and
 * with what it was closed with. The code that starts it closes it.
 */
export class FileWorker {
  readonly #connection: Connection;

  /** @param source no running worker, which does other work */
  constructor(source: FileWorkerSource) {
    this.#connection = new Connection(workerCandidates(source), {
      ...TRAINER_CLIENT_DEFAULTS,
      cure: 'Import the file again.',
      cureOfSilence: 'Divide the file, or import it again later.',
    });
  }

  /** Resolves to false when the worker cannot be started, or was closed before it was. */
  isReady(): Promise<boolean> {
    return this.#connection.call(async () => true).catch(() => false);
  }

  /** Reads a file of episodes. `takeEpisodes` then gives them. */
  async readEpisodes(
    file: FileContent,
    { name, onProgress }: { readonly name: string; readonly onProgress: (done: number) => void },
  ): Promise<CharacterSpec> {
    const reply = await this.#connection.call<ReadEpisodesReply>(async (api, progress) => {
      const report = (done: number): void => {
        progress();
        onProgress(done);
      };
      return api.readEpisodes(file, name, proxy(report));
    });
    if (!reply.ok) throw new ForesightError(reply.error.code, reply.error.message);
    return reply.spec;
  }

  /** The next episodes of the file. */
  takeEpisodes(): Promise<EpisodeBatch> {
    return this.#connection.call<EpisodeBatch>(async (api) => api.takeEpisodes());
  }

  /** Reads a file of a model. */
  async readCheckpoint(file: FileContent, name: string): Promise<Checkpoint> {
    const reply = await this.#connection.call<ReadCheckpointReply>(async (api) =>
      api.readCheckpoint(file, name),
    );
    if (!reply.ok) throw new ForesightError(reply.error.code, reply.error.message);
    return reply.checkpoint;
  }

  /** Ends the worker. A call that is pending rejects with `reason`. */
  close(reason: ForesightError): void {
    this.#connection.close(reason);
  }
}
