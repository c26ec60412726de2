import { Worker } from 'node:worker_threads';
import { ForesightError, messageOf } from '../util/error.ts';
import type { Cell, RowRange } from './parquet-table.ts';
import type { OpenedTable, TableReply, TableRequest } from './table-protocol.ts';

/** Most rows that are read at once; groups of other programs may have any number. */
const MOST_ROWS = 2 ** 16;
/** Most memory of the thread: a file of a few bytes can have it make lists of any length. */
const MOST_MEGABYTES = 1024;
/** One range of a column takes a fraction of a second. */
export const DEADLINE_MS = 60_000;

/** A request without its number. */
type Asked<R = TableRequest> = R extends TableRequest ? Omit<R, 'id'> : never;

interface Pending {
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/**
 * A Parquet file, read column by column and range by range, in a thread: a file that was made on purpose can keep its
 * reader busy for ever or have it take any memory, and then the thread is ended. Close it afterwards.
 */
export class GuardedTable {
  readonly #thread: TableThread;
  readonly #path: string;
  readonly #opened: OpenedTable;

  private constructor(thread: TableThread, path: string, opened: OpenedTable) {
    this.#thread = thread;
    this.#path = path;
    this.#opened = opened;
  }

  /**
   * Throws `corrupt-file`, naming the file, unless it is Parquet.
   *
   * @param deadlineMs milliseconds that opening it, and each reading, may take
   */
  static async open(path: string, deadlineMs: number = DEADLINE_MS): Promise<GuardedTable> {
    const thread = runningThread(deadlineMs);
    const opened = await thread.ask<OpenedTable>({ kind: 'open', path }, path);
    return new GuardedTable(thread, path, opened);
  }

  /** The names of its columns. */
  get columns(): readonly string[] {
    return this.#opened.columns;
  }

  /** All rows in ranges of a bounded size, each within one group of rows. */
  *ranges(): Generator<RowRange> {
    let from = 0;
    for (const rows of this.#opened.groupRows) {
      const end = from + rows;
      for (; from < end; from = Math.min(end, from + MOST_ROWS))
        yield { from, to: Math.min(end, from + MOST_ROWS) };
    }
  }

  /** The values of a column in a range. Throws `corrupt-file` when they cannot be read. */
  read(column: string, range: RowRange): Promise<Cell[]> {
    const { table } = this.#opened;
    return this.#thread.ask<Cell[]>({ kind: 'read', table, column, range }, this.#path);
  }

  /** Does nothing after the thread was ended. */
  close(): void {
    const { table } = this.#opened;
    this.#thread.ask({ kind: 'close', table }, this.#path).catch(() => {});
  }
}

let running: TableThread | null = null;

/** One for all tables: starting it takes longer than reading a small file. */
function runningThread(deadlineMs: number): TableThread {
  if (running?.ended || running?.deadlineMs !== deadlineMs) running = new TableThread(deadlineMs);
  return running;
}

/** Keeps the process alive only while it has something to do. */
class TableThread {
  readonly deadlineMs: number;
  readonly #worker = startWorker();
  readonly #pending = new Map<number, Pending>();
  /** Its program is loaded: only then time counts. Or it has ended. */
  readonly #started: Promise<unknown>;
  #ended = false;
  #calls = 0;
  /** Calls that wait for it. */
  #asking = 0;

  constructor(deadlineMs: number) {
    this.deadlineMs = deadlineMs;
    this.#started = new Promise((resolve) => {
      this.#worker.once('message', resolve);
      this.#worker.once('exit', resolve);
    });
    this.#worker.on('message', (reply: TableReply) => {
      const pending = this.#pending.get(reply.id);
      this.#pending.delete(reply.id);
      if (reply.ok) pending?.resolve(reply.output);
      else pending?.reject(new ForesightError('corrupt-file', reply.message));
    });
    this.#worker.on('error', (error) => this.#end(messageOf(error)));
    this.#worker.on('messageerror', (error) => this.#end(messageOf(error)));
    this.#worker.on('exit', (code) => this.#end(`its reader ended with exit code ${code}`));
  }

  get ended(): boolean {
    return this.#ended;
  }

  async ask<Output>(request: Asked, path: string): Promise<Output> {
    this.#asking++;
    this.#worker.ref();
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.#started;
      if (this.#ended) throw unreadable(path, 'its reader was ended');
      timer = setTimeout(
        () => this.#end(`its reader was busy for ${this.deadlineMs / 1000} s`),
        this.deadlineMs,
      );
      return await new Promise<Output>((resolve, reject) => {
        const id = this.#calls++;
        const refuse = (error: unknown): void =>
          reject(error instanceof ForesightError ? error : unreadable(path, messageOf(error)));
        this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject: refuse });
        const numbered = { ...request, id } as TableRequest;
        this.#worker.postMessage(numbered);
      });
    } finally {
      clearTimeout(timer);
      if (!--this.#asking) this.#worker.unref();
    }
  }

  #end(why: string): void {
    this.#ended = true;
    for (const { reject } of this.#pending.values()) reject(new Error(why));
    this.#pending.clear();
    void this.#worker.terminate();
  }
}

const unreadable = (path: string, why: string): ForesightError =>
  new ForesightError(
    'corrupt-file',
    `"${path}" cannot be read as Parquet: ${why}. Copy or export it again, and import it only from a source that you trust.`,
  );

/** Starts the program of the thread: its file in the package or, from the sources, through tsx. */
function startWorker(): Worker {
  const here = import.meta.url;
  const resourceLimits = { maxOldGenerationSizeMb: MOST_MEGABYTES };
  if (!here.endsWith('.ts'))
    return new Worker(new URL('./cli-parquet.js', here), { resourceLimits });
  const [tsx, program] = [
    import.meta.resolve('tsx/esm/api'),
    new URL('./table-thread.ts', here).href,
  ];
  const text = `import { register } from '${tsx}'; register(); await import('${program}');`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(text)}`), {
    resourceLimits,
  });
}
