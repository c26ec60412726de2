import type { CDPSession } from 'playwright-core';

/** What takes memory in a page or in a worker, after the garbage was collected. */
export interface Inspected {
  /** Bytes of JavaScript objects. */
  readonly heap: number;
  /** Bytes of array buffers, those of wasm left out. */
  readonly buffers: number;
  /** Bytes of all wasm memories. */
  readonly wasm: number;
  /** Live buffers on the GPU. */
  readonly gpuBuffers: number;
}

/** Sends a command of the DevTools protocol. */
type Send = <T>(method: string, params?: object) => Promise<T>;

/** Bytes of wasm memories, and the number of buffers of a GPU. */
const SUMS = {
  wasm: `function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }`,
  gpuBuffers: `function () { return this.length; }`,
};

async function sumOf(send: Send, prototype: string, functionDeclaration: string): Promise<number> {
  interface Evaluated {
    readonly result: { readonly objectId?: string; readonly value: number };
  }
  const objectGroup = 'inspected';
  const expression = `globalThis.${prototype}?.prototype`;
  const { result } = await send<Evaluated>('Runtime.evaluate', { expression, objectGroup });
  if (!result.objectId) return 0;
  const { objects } = await send<{ readonly objects: { readonly objectId: string } }>(
    'Runtime.queryObjects',
    { prototypeObjectId: result.objectId, objectGroup },
  );
  const { result: sum } = await send<Evaluated>('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration,
    returnByValue: true,
  });
  await send('Runtime.releaseObjectGroup', { objectGroup });
  return sum.value;
}

async function inspect(send: Send): Promise<Inspected> {
  const wasm = await sumOf(send, 'WebAssembly.Memory', SUMS.wasm);
  const gpuBuffers = await sumOf(send, 'GPUBuffer', SUMS.gpuBuffers);
  // Twice: what a finaliser has freed, such as a wasm memory, goes at the next one.
  for (let i = 0; i < 2; i++) await send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await send<{
    readonly usedSize: number;
    readonly backingStorageSize: number;
  }>('Runtime.getHeapUsage');
  return { heap: usedSize, buffers: backingStorageSize, wasm, gpuBuffers };
}

/** Looks into a page and its workers. */
export class Inspector {
  readonly #client: CDPSession;
  readonly #workers = new Set<string>();
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #messages = 0;

  private constructor(client: CDPSession) {
    this.#client = client;
  }

  /** @param client of a page that has no worker yet */
  static async of(client: CDPSession): Promise<Inspector> {
    const inspector = new Inspector(client);
    client.on('Target.attachedToTarget', ({ sessionId }) => inspector.#workers.add(sessionId));
    client.on('Target.detachedFromTarget', ({ sessionId }) => inspector.#workers.delete(sessionId));
    client.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as { id: number; result: unknown };
      inspector.#waiting.get(id)?.(result);
      inspector.#waiting.delete(id);
    });
    await client.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    await client.send('Performance.enable');
    return inspector;
  }

  page(): Promise<Inspected> {
    return inspect((method, params) => this.#client.send(method as 'Page.enable', params) as never);
  }

  /** Of each worker that runs. */
  workers(): Promise<Inspected[]> {
    return Promise.all([...this.#workers].map((one) => inspect(this.#sendTo(one))));
  }

  /** Nodes and listeners of the page, those that no document has any more included. */
  async dom(): Promise<{ readonly nodes: number; readonly listeners: number }> {
    const { nodes, jsEventListeners } = await this.#client.send('Memory.getDOMCounters');
    return { nodes, listeners: jsEventListeners };
  }

  #sendTo(sessionId: string): Send {
    return async <T>(method: string, params: object = {}) => {
      const id = ++this.#messages;
      const message = JSON.stringify({ id, method, params });
      const answered = new Promise<unknown>((resolve) => this.#waiting.set(id, resolve));
      await this.#client.send('Target.sendMessageToTarget', { sessionId, message });
      return (await answered) as T;
    };
  }
}
