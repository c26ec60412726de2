import { TICK_PARTS } from '../tick-parts.ts';
import { createProblem } from '../problem.ts';
import type { Problem, ProblemSize } from '../problem.ts';
import type { Trial } from '../trial.ts';

/** The work of a page. Plain JSON. */
export interface TrialRequest {
  /**
   * One run is one weight update; one prediction; a prediction of each character; or a tick in which
   * each character is recorded and predicted.
   */
  readonly work: 'train' | 'predict' | 'crowd' | 'tick';
  readonly engine: string;
  readonly size: ProblemSize;
  /** Default 1. */
  readonly characters?: number;
}

type Create = (problem: Problem, characters: number) => Promise<Trial>;

/** Loads one engine and none of the others. */
const CREATE: Readonly<Record<TrialRequest['work'], Readonly<Record<string, Create>>>> = {
  train: {
    webgpu: async (problem) => (await trainOurs()).trainOurs('webgpu', problem),
    wasm: async (problem) => (await trainOurs()).trainOurs('wasm', problem),
    cpu: async (problem) => (await trainOurs()).trainOurs('cpu', problem),
    'tfjs-webgpu': async (problem) => (await trainTfjs()).trainTfjs('webgpu', problem),
    'tfjs-wasm': async (problem) => (await trainTfjs()).trainTfjs('wasm', problem),
    'tfjs-cpu': async (problem) => (await trainTfjs()).trainTfjs('cpu', problem),
    'jax-js-webgpu': async (problem) => (await trainJax()).trainJax('webgpu', problem),
    'jax-js-wasm': async (problem) => (await trainJax()).trainJax('wasm', problem),
    'brain.js': async (problem) => (await import('../engines/train/brain.ts')).trainBrain(problem),
  },
  predict: {
    wasm: async (problem) => (await predictOurs()).predictOurs('wasm', problem),
    cpu: async (problem) => (await predictOurs()).predictOurs('cpu', problem),
    'tfjs-wasm-window': async (problem) =>
      (await import('../engines/predict/tfjs-window.ts')).predictTfjsWindow(problem),
    'onnxruntime-web': async (problem) =>
      (await import('../engines/predict/onnxruntime.ts')).predictOnnxruntime(problem),
    'jax-js-wasm': async (problem) =>
      (await import('../engines/predict/jax-js.ts')).predictJax(problem),
  },
  crowd: {
    wasm: async (problem, characters) => (await crowd()).crowdOurs('wasm', { problem, characters }),
    'wasm-batched': async (problem, characters) =>
      (await crowd()).crowdBatched({ problem, characters }),
    cpu: async (problem, characters) => (await crowd()).crowdOurs('cpu', { problem, characters }),
  },
  tick: Object.fromEntries(
    TICK_PARTS.map((part) => [
      part,
      async (_: Problem, characters: number) =>
        (await import('../engines/crowd/record-and-predict.ts')).recordAndPredict(characters, part),
    ]),
  ),
};

const trainOurs = () => import('../engines/train/ours.ts');
const trainTfjs = () => import('../engines/train/tfjs.ts');
const predictOurs = () => import('../engines/predict/ours.ts');
const crowd = () => import('../engines/crowd/ours.ts');
const trainJax = () => import('../engines/train/jax-js.ts');

/** Throws for an engine that has no such work. */
export async function createTrial({
  work,
  engine,
  size,
  characters = 1,
}: TrialRequest): Promise<Trial> {
  const create = CREATE[work][engine];
  if (!create) throw new Error(`"${engine}" does not ${work}.`);
  return create(createProblem(size), characters);
}
