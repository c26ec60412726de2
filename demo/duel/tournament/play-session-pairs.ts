import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SessionPair, SessionPairTask } from './session-pair.ts';

export interface PlaySessionPairsOptions {
  /** Path of the model. */
  readonly file: string;
  readonly processes: number;
  /** Called after each pair, in the order in which they end. */
  readonly onPair?: (task: SessionPairTask) => void;
}

/**
 * Plays pairs of sessions in several processes. The results are in the order of the tasks and the
 * same for any number of processes.
 */
export async function playSessionPairs(
  tasks: readonly SessionPairTask[],
  { file, processes, onPair }: PlaySessionPairsOptions,
): Promise<SessionPair[]> {
  const results: SessionPair[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL('./session-pair-process.ts', import.meta.url)), [
      file,
    ]);
    try {
      while (next < tasks.length) {
        const index = next++;
        results[index] = await ask(child, tasks[index]);
        onPair?.(tasks[index]);
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(processes, tasks.length) }, work));
  return results;
}

function ask(child: ChildProcess, task: SessionPairTask): Promise<SessionPair> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null): void =>
      reject(new Error(`A process ended with code ${code} while it played ${task.style}.`));
    child.once('exit', fail);
    child.once('message', (pair) => {
      child.off('exit', fail);
      resolve(pair as SessionPair);
    });
    child.send(task);
  });
}
