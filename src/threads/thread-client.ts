import { Worker } from 'node:worker_threads';
import { ForesightError, messageOf } from '../util/error.ts';
import type { ThreadReply, ThreadRequest } from './protocol.ts';
import type { ReportDone, TaskInput, TaskName, TaskOutput } from './tasks.ts';

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
  readonly onDone: ReportDone | undefined;
}

/** A running thread. It keeps the process alive only while it has something to do. */
export class ThreadClient {
  readonly #worker = startWorker();
  readonly #pending = new Map<number, Pending>();
  #failure: Error | null = null;
  #calls = 0;

  constructor() {
    this.#worker.unref();
    this.#worker.on('message', (reply: ThreadReply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#fail(messageOf(error), error));
    this.#worker.on('messageerror', (error) => this.#fail(messageOf(error), error));
    this.#worker.on('exit', (code) => this.#fail(`it ended with exit code ${code}`));
  }

  /**
   * Does a task after those that were given before. Rejects with the task's error, with `worker-failed` when
   * the thread dies, and with `cancelled` when it is ended.
   *
   * @param onDone is given how far it is, by tasks that report it
   */
  call<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    onDone?: ReportDone,
  ): Promise<TaskOutput<Name>> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      const request: ThreadRequest = { id: this.#calls++, task, input };
      this.#worker.postMessage(request);
      this.#pending.set(request.id, { resolve: resolve as Pending['resolve'], reject, onDone });
      this.#worker.ref();
    });
  }

  /** Ends the thread at once. */
  end(): void {
    this.#reject(new ForesightError('cancelled', 'The thread was ended. Start the work again.'));
    void this.#worker.terminate();
  }

  #settle(reply: ThreadReply): void {
    const pending = this.#pending.get(reply.id);
    if (reply.ok === null) return pending?.onDone?.(reply.done);
    if (!this.#pending.delete(reply.id) || !pending) return;
    if (!this.#pending.size) this.#worker.unref();
    if (reply.ok) pending.resolve(reply.output);
    else pending.reject(errorOf(reply));
  }

  #fail(why: string, cause?: unknown): void {
    this.#reject(
      new ForesightError(
        'worker-failed',
        `A thread stopped: ${why}. Start again with --threads 1.`,
        { cause },
      ),
    );
  }

  #reject(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}

function errorOf({ code, message, stack }: Extract<ThreadReply, { ok: false }>): Error {
  const error = code ? new ForesightError(code, message) : new Error(message);
  if (stack) error.stack = stack;
  return error;
}

/** Starts the program of the threads: its file in the package or, from the sources, through tsx. */
function startWorker(): Worker {
  const here = import.meta.url;
  if (!here.endsWith('.ts')) return new Worker(new URL('./cli-thread.js', here));
  const [tsx, program] = [import.meta.resolve('tsx/esm/api'), new URL('./thread.ts', here).href];
  const text = `import { register } from '${tsx}'; register(); await import('${program}');`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(text)}`));
}
