import { createCpuBackend } from '../../../../src/train/cpu-backend.ts';
import { createWasmBackend } from '../../../../src/train/wasm-backend.ts';
import { WebgpuEngine } from '../../../../src/train/webgpu-engine.ts';
import { importWebgpuKernels } from '../../../../src/train/webgpu-kernels.ts';
import type { CreateBackend, EngineName } from '../../../../src/train/backend.ts';
import { LEARNING_RATE } from '../../problem.ts';
import type { Problem } from '../../problem.ts';
import { CHECKED_UPDATES } from '../../trial.ts';
import type { Trial } from '../../trial.ts';

const BACKENDS: Record<EngineName, CreateBackend> = {
  webgpu: new WebgpuEngine(importWebgpuKernels).createBackend,
  wasm: createWasmBackend,
  cpu: createCpuBackend,
};

/** Our own engines, on the thread of the page. */
export async function trainOurs(engine: EngineName, problem: Problem): Promise<Trial> {
  const backend = await BACKENDS[engine](problem);
  const update = async (times: number): Promise<readonly number[]> => {
    for (let i = 0; i < times; i++) await backend.step(problem.batch, LEARNING_RATE);
    return (await backend.losses()).map(({ loss }) => loss);
  };
  return {
    check: () => update(CHECKED_UPDATES),
    run: async (times) => void (await update(times)),
    dispose: () => backend.dispose(),
  };
}
