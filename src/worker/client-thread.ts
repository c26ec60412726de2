import type { RunningWorker } from './client-candidate.ts';
import { messageOf } from '../util/error.ts';

/** A worker of `node:worker_threads`, as far as it is used here. */
export interface NodeThread {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(
    event: 'message' | 'messageerror' | 'error' | 'exit',
    listener: (value: unknown) => void,
  ): unknown;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

/** True for workers of Node; those of browsers have no `unref`. */
export const isThread = (worker: object): worker is NodeThread => 'unref' in worker;

interface NodeModules {
  (name: 'node:worker_threads'): { readonly Worker: new (script: URL) => NodeThread };
  (name: 'node:url'): { readonly pathToFileURL: (path: string) => URL };
}

/** Modules of Node, which hands them out since 20.16; undefined elsewhere. No bundler sees an import. */
const nodeModules = globalThis.process?.getBuiltinModule as NodeModules | undefined;

/**
 * Whether to start threads instead of Web Workers. A global Worker alone decides nothing: packages such as
 * onnxruntime-web make one in Node, which takes other arguments than that of a page.
 */
export const usesThreads = (): boolean =>
  typeof Worker !== 'function' || (nodeModules !== undefined && typeof document === 'undefined');

/** Starts a thread. An address without a protocol is a path from the working directory, as usual in Node. */
export function startThread(script: URL | string): ThreadEndpoint {
  if (!nodeModules)
    throw new Error('there are neither Web Workers here nor threads of Node 20.16 or newer');
  const isPath = typeof script === 'string' && !/^[a-z]{2,}:/i.test(script);
  const url = isPath ? nodeModules('node:url').pathToFileURL(script) : new URL(script);
  const { Worker: Thread } = nodeModules('node:worker_threads');
  return new ThreadEndpoint(new Thread(url));
}

/** A thread of Node with the events of a browser's worker. It keeps the process alive only while it is busy. */
export class ThreadEndpoint extends EventTarget implements RunningWorker {
  readonly #thread: NodeThread;

  constructor(thread: NodeThread) {
    super();
    this.#thread = thread;
    const emit = (type: string, values: object): void => {
      this.dispatchEvent(Object.assign(new Event(type), values));
    };
    thread.on('message', (data) => emit('message', { data }));
    thread.on('messageerror', () => emit('messageerror', {}));
    thread.on('error', (error) => emit('error', { message: messageOf(error) }));
    thread.on('exit', () => emit('exit', {}));
  }

  postMessage(message: unknown, transfer?: readonly Transferable[]): void {
    this.#thread.postMessage(message, transfer);
  }

  terminate(): void {
    void this.#thread.terminate();
  }

  keepAlive(busy: boolean): void {
    if (busy) this.#thread.ref();
    else this.#thread.unref();
  }
}
