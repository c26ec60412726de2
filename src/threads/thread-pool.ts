import { ForesightError } from '../util/error.ts';
import { ThreadClient } from './thread-client.ts';
import type { ReportDone, TaskInput, TaskName, TaskOutput } from './tasks.ts';

/** Threads that live until the pool is disposed; each is started when it is first needed. */
export class ThreadPool {
  /** The most threads that work at once. */
  readonly size: number;
  readonly #threads: ThreadClient[] = [];
  readonly #free: ThreadClient[] = [];
  readonly #waiting: {
    resolve(thread: ThreadClient): void;
    reject(error: ForesightError): void;
  }[] = [];
  #disposed = false;

  constructor(size: number) {
    this.size = size;
  }

  /** Does a task on the next thread that is free. Rejects as `ThreadClient.call`. */
  async run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    onDone?: ReportDone,
  ): Promise<TaskOutput<Name>> {
    const thread = await this.take();
    try {
      return await thread.call(task, input, onDone);
    } finally {
      this.giveBack(thread);
    }
  }

  /**
   * Waits for a thread that is free; it does nothing else until it is given back. Rejects with `cancelled` when
   * the pool is disposed.
   */
  async take(): Promise<ThreadClient> {
    if (this.#disposed) throw cancelled();
    const free = this.#free.pop();
    if (free) return free;
    if (this.#threads.length < this.size) {
      const thread = new ThreadClient();
      this.#threads.push(thread);
      return thread;
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  giveBack(thread: ThreadClient): void {
    const next = this.#waiting.shift();
    if (next) next.resolve(thread);
    else this.#free.push(thread);
  }

  /** Ends all threads; tasks that are not done are rejected with `cancelled`. */
  dispose(): void {
    this.#disposed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(cancelled());
    for (const thread of this.#threads) thread.end();
  }
}

const cancelled = (): ForesightError =>
  new ForesightError('cancelled', 'The threads were ended. Start the work again.');
