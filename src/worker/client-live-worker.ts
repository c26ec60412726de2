import { proxy, releaseProxy, wrap } from 'comlink';
import type { Remote } from 'comlink';
import type { ErrorCode } from '../util/error.ts';
import { VERSION } from '../util/version.ts';
import { Deadline } from './client-deadline.ts';
import { partSource, readerUrl, webgpuUrl } from './client-parts.ts';
import type { StartedWorker } from './client-candidate.ts';
import type { ReadyReply, TrainerApi } from './protocol.ts';
import { messageOf } from '../util/error.ts';

/** Why a worker is of no use. */
export interface WorkerFault {
  readonly code: ErrorCode;
  /** The part of a sentence that follows "the worker". */
  readonly what: string;
}

const failed = (what: string): WorkerFault => ({ code: 'worker-failed', what });

/**
 * One worker, from its start to its end, however it ends: it cannot load, throws, is terminated, or hangs
 * before it is ready. comlink notices none of these, and leaves its calls pending forever.
 */
export class LiveWorker {
  readonly api: Remote<TrainerApi>;
  /** Resolves when the worker is of no use, or no longer. */
  readonly fault: Promise<WorkerFault>;
  readonly #started: StartedWorker;
  /** Ends the listeners and the wait for the worker's lock. */
  readonly #ended = new AbortController();
  #report: (fault: WorkerFault) => void = () => {};

  constructor(started: StartedWorker) {
    this.#started = started;
    this.fault = new Promise((resolve) => (this.#report = resolve));
    this.#on('error', (event) => {
      event.preventDefault();
      const { message } = event as ErrorEvent;
      // The event of a script that cannot be loaded has no message.
      this.#report(failed(message ? `crashed (${message})` : 'could not be loaded'));
    });
    this.#on('messageerror', () => this.#report(failed('sent something that cannot be read')));
    this.#on('exit', () => this.#report(TERMINATED));
    this.api = wrap<TrainerApi>(started.worker);
  }

  /** Resolves to null when the worker has answered and is of this version, else to its fault. */
  async ready(timeoutMs: number): Promise<WorkerFault | null> {
    const silence = failed(`did not answer within ${timeoutMs / 1000} s`);
    const deadline = new Deadline(
      () => timeoutMs,
      () => this.#report(silence),
    );
    try {
      return await Promise.race([this.#greet(), this.fault]);
    } finally {
      deadline.end();
      this.#started.started?.();
    }
  }

  /** Whether calls are pending: a thread of Node keeps the process alive only then. */
  keepAlive(busy: boolean): void {
    this.#started.worker.keepAlive?.(busy);
  }

  /** Ends the worker. */
  close(): void {
    this.#ended.abort();
    this.api[releaseProxy]();
    this.#started.worker.terminate();
  }

  async #greet(): Promise<WorkerFault | null> {
    try {
      const reply = await this.#sayReady();
      return reply.version === VERSION ? null : otherVersion(reply.version);
    } catch (error) {
      return failed(`answered with an error (${messageOf(error)})`);
    }
  }

  /** A worker of another version may answer anything. */
  async #sayReady(): Promise<Partial<ReadyReply>> {
    // Node has no WebGPU, and shows itself when a thread ends.
    if (this.#started.worker.keepAlive) return this.api.ready({});
    const lock = `phaser-foresight-worker-${Math.random().toString(36).slice(2)}`;
    const urls = { webgpu: webgpuUrl(), reader: readerUrl() };
    const reply = await this.api.ready({ lock, urls }, proxy(partSource));
    if (reply.holdsLock) this.#watch(lock);
    return reply;
  }

  /** The lock is granted only when the worker is gone. The request rejects when the worker is closed first. */
  #watch(lock: string): void {
    if (!('locks' in navigator)) return;
    const gone = (): void => this.#report(TERMINATED);
    navigator.locks.request(lock, { signal: this.#ended.signal }, gone).catch(() => {});
  }

  #on(event: string, listener: (event: Event) => void): void {
    const { signal } = this.#ended;
    this.#started.worker.addEventListener(event, listener, { signal });
  }
}

const TERMINATED = failed('was terminated by other code or by the browser');

const otherVersion = (version: string | undefined): WorkerFault => ({
  code: 'wrong-version',
  what: `has ${version ? `version ${version}` : 'an earlier version'}, but this package has version ${VERSION}`,
});
