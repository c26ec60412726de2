import { parentPort } from 'node:worker_threads';
import { ForesightError, messageOf } from '../util/error.ts';
import type { ThreadReply, ThreadRequest } from './protocol.ts';
import { TASKS } from './tasks.ts';

/** The program of a thread: does one task after the other. */
const port = parentPort;
port?.on('message', async (request: ThreadRequest) => {
  port.postMessage(await answer(request));
});

async function answer({ id, task, input }: ThreadRequest): Promise<ThreadReply> {
  try {
    const report = (done: number): void =>
      port?.postMessage({ id, ok: null, done } satisfies ThreadReply);
    return { id, ok: true, output: await TASKS[task](input as never, report) };
  } catch (error) {
    const code = error instanceof ForesightError ? error.code : null;
    const stack = error instanceof Error ? error.stack : undefined;
    return { id, ok: false, code, message: messageOf(error), stack };
  }
}
