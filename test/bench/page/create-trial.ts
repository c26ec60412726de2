import { createProblem } from '../problem.ts';
import type { ProblemSize } from '../problem.ts';
import type { Trial } from '../trial.ts';

/** What a page is asked to do. Plain JSON. */
export interface TrialRequest {
  readonly work: 'train';
  readonly engine: string;
  readonly size: ProblemSize;
}

/** Loads an engine, and nothing of the others, with its work. Throws for an engine that has no such work. */
export async function createTrial(request: TrialRequest): Promise<Trial> {
  const { engine, size } = request;
  const problem = createProblem(size);
  switch (engine) {
    case 'webgpu':
    case 'wasm':
    case 'cpu':
      return (await import('../engines/train/ours.ts')).trainOurs(engine, problem);
    case 'tfjs-webgpu':
      return (await import('../engines/train/tfjs.ts')).trainTfjs('webgpu', problem);
    case 'tfjs-wasm':
      return (await import('../engines/train/tfjs.ts')).trainTfjs('wasm', problem);
    case 'tfjs-cpu':
      return (await import('../engines/train/tfjs.ts')).trainTfjs('cpu', problem);
    case 'jax-js-webgpu':
      return (await import('../engines/train/jax-js.ts')).trainJax('webgpu', problem);
    case 'jax-js-wasm':
      return (await import('../engines/train/jax-js.ts')).trainJax('wasm', problem);
    case 'brain.js':
      return (await import('../engines/train/brain.ts')).trainBrain(problem);
    default:
      throw new Error(`"${engine}" does not train.`);
  }
}
