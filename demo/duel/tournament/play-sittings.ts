import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Sitting, SittingTask } from './sitting.ts';

export interface PlaySittingsOptions {
  /** The model's file. */
  readonly file: string;
  readonly processes: number;
  /** Told after each sitting, in whatever order they end. */
  readonly onSitting?: (task: SittingTask) => void;
}

/**
 * Plays sittings in several processes. The results are in the order of the tasks and the same for
 * any number of processes.
 */
export async function playSittings(
  tasks: readonly SittingTask[],
  { file, processes, onSitting }: PlaySittingsOptions,
): Promise<Sitting[]> {
  const results: Sitting[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const child = fork(fileURLToPath(new URL('./sitting-process.ts', import.meta.url)), [file]);
    try {
      while (next < tasks.length) {
        const index = next++;
        results[index] = await ask(child, tasks[index]);
        onSitting?.(tasks[index]);
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(processes, tasks.length) }, work));
  return results;
}

function ask(child: ChildProcess, task: SittingTask): Promise<Sitting> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null): void =>
      reject(new Error(`A process ended with code ${code} while it played ${task.style}.`));
    child.once('exit', fail);
    child.once('message', (sitting) => {
      child.off('exit', fail);
      resolve(sitting as Sitting);
    });
    child.send(task);
  });
}
