import { spawn, spawnSync } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parameterLayout } from '../../../src/network/graph.ts';
import { LEARNING_RATE, lastClasses, lastValues } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { TorchReport } from '../torch-build.ts';
import { CHECKED_UPDATES } from '../trial.ts';
import type { PageContestant } from './lab.ts';

const SCRIPT = fileURLToPath(new URL('../engines/train/pytorch_train.py', import.meta.url));

const BUILD_SCRIPT = fileURLToPath(new URL('../engines/train/pytorch_build.py', import.meta.url));

/** OpenBLAS and MKL have threads of their own, which `torch.set_num_threads` need not reach. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** A Python with torch, and what this torch is made of. */
export interface Torch {
  readonly python: string;
  readonly report: TorchReport;
}

/** The Python that has torch: the one in the path, or Debian's with python3-torch. Null without one. */
export function findTorch(): Torch | null {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, [BUILD_SCRIPT], { encoding: 'utf8' });
    if (status === 0) return { python, report: JSON.parse(stdout) as TorchReport };
  }
  return null;
}

/** PyTorch on one thread, in a process of its own that waits for its turn. */
export async function openTorch(python: string, problem: Problem): Promise<PageContestant> {
  const child = spawn(python, [SCRIPT], {
    env: { ...process.env, ...ONE_THREAD },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<{ ms: number; losses: readonly number[] }> => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('Python ended; its words are above.');
    return JSON.parse(value as string) as { ms: number; losses: readonly number[] };
  };
  const { size, shape, batch, weights } = problem;
  child.stdin.write(
    `${JSON.stringify({
      size,
      learningRate: LEARNING_RATE,
      features: [...batch.features],
      targets: size.classes ? [...lastClasses(problem)] : [...lastValues(problem)],
      weights: parameterLayout(shape).parameters.map((parameter) => ({
        ...parameter,
        data: [...weights.subarray(parameter.offset, parameter.offset + parameter.length)],
      })),
    })}\n`,
  );
  const { losses } = await ask(String(CHECKED_UPDATES));
  return {
    engine: 'pytorch',
    checked: losses,
    time: async (times) => ({ ms: (await ask(String(times))).ms, dispatches: 0 }),
    async close() {
      child.stdin.end();
    },
  };
}
