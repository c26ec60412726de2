import { parameterLayout } from '../../../src/network/graph.ts';
import type { NetworkShape } from '../../../src/network/shape.ts';
import type { Batch } from '../../../src/dataset/batch.ts';
import type { BackendOptions, TrainingBackend } from '../../../src/train/backend.ts';
import { inventBatch } from '../../../src/train/invent-batch.ts';
import { createWasmBackend } from '../../../src/train/wasm-backend.ts';
import type { WebgpuEngine } from '../../../src/train/webgpu-engine.ts';
import { chooseEngine } from '../../../src/worker/choose-engine.ts';
import { dispatchCount } from '../page/count-dispatches.ts';
import { LEARNING_RATE, startWeights } from '../problem.ts';
import { race } from '../race.ts';
import type { Contestant, RaceOptions, RaceTime } from '../race.ts';
import { reason } from '../reason.ts';
import { significant } from '../statistics.ts';
import { updateFlops } from './flops.ts';
import { MODELS } from './models.ts';
import type { ModelName } from './models.ts';

/** By how much a gradient may differ between the engines: a share of the largest one of its parameter. */
export const TOLERANCE = 1e-3;
/** Gradients below this are noise in single precision. */
const FLOOR = 1e-5;

/** One engine's weight updates. */
export interface UpdateTime {
  /** Medians and quartiles over the rounds, in milliseconds for one batch. */
  readonly msPerBatch: number;
  readonly spread: readonly [number, number];
  readonly rounds: number;
  readonly gflops: number;
}

export interface GpuRow {
  readonly model: ModelName;
  readonly batchSize: number;
  readonly windowLength: number;
  readonly parameters: number;
  /** Operations of one update, see `updateFlops`. */
  readonly flops: number;
  /** Null when it could not be measured, with the reason in `note`. */
  readonly webgpu:
    | (UpdateTime & {
        readonly dispatchesPerBatch: number;
        /** Its GFLOP/s as a share of the adapter's rate of matrix products. */
        readonly shareOfMatmul: number;
      })
    | null;
  readonly wasm: UpdateTime | null;
  /** Largest difference of a gradient between the engines, as a share of the largest one of its parameter. */
  readonly deviation: number | null;
  readonly agrees: boolean | null;
  readonly note?: string;
}

export interface MeasureOptions {
  readonly model: ModelName;
  readonly batchSize: number;
  readonly webgpu: WebgpuEngine;
  /** GFLOP/s of the adapter's matrix products. */
  readonly matmul: number;
  readonly race: RaceOptions;
}

/** Times one weight update on WebGPU and wasm, in turns, and compares their gradients. */
export async function measureRow(options: MeasureOptions): Promise<GpuRow> {
  const { model, batchSize, webgpu: engine, matmul } = options;
  const { shape, training } = MODELS[model];
  const { windowLength } = training;
  const flops = updateFlops(shape, { batchSize, windowLength });
  const { length: parameters } = parameterLayout(shape);
  const base = { model, batchSize, windowLength, parameters, flops };
  const workload = { shape, training: { ...training, batchSize } };
  const problem: BackendOptions = { ...workload, weights: startWeights(shape) };
  const backends: TrainingBackend[] = [];
  let note: string | undefined;
  try {
    backends.push(await createWasmBackend(problem));
    try {
      // Throws for networks that the engine does not train, and when its gradients are wrong.
      await chooseEngine('webgpu', { webgpu: engine, workload });
      backends.push(await engine.createBackend(problem));
    } catch (error) {
      note = reason(error);
    }
    const batch = inventBatch(shape, { batchSize, windowLength, seed: 1 });
    const [wasm, webgpu] = backends;
    const deviation = webgpu
      ? largestDeviation(shape, [await webgpu.gradients(batch), await wasm.gradients(batch)])
      : null;
    const times = await race(
      backends.map((backend) => contestant(backend, batch)),
      options.race,
    );
    const timeOf = (wanted: string): RaceTime | undefined =>
      times.find((time) => time.engine === wanted);
    const [onGpu, onCpu] = [timeOf('webgpu'), timeOf('wasm')];
    return {
      ...base,
      webgpu: onGpu
        ? {
            ...updateTime(onGpu, flops),
            dispatchesPerBatch: onGpu.dispatches,
            shareOfMatmul: significant(gflopsOf(onGpu, flops) / matmul, 3),
          }
        : null,
      wasm: onCpu ? updateTime(onCpu, flops) : null,
      deviation: deviation === null ? null : significant(deviation, 2),
      agrees: deviation === null ? null : deviation <= TOLERANCE,
      ...(note && { note }),
    };
  } catch (error) {
    return {
      ...base,
      webgpu: null,
      wasm: null,
      deviation: null,
      agrees: null,
      note: reason(error),
    };
  } finally {
    for (const backend of backends) backend.dispose();
  }
}

const contestant = (backend: TrainingBackend, batch: Batch): Contestant => ({
  engine: backend.engine,
  async time(times) {
    const before = dispatchCount();
    const begun = performance.now();
    for (let i = 0; i < times; i++) await backend.step(batch, LEARNING_RATE);
    // Waits until the updates are done.
    await backend.losses();
    return { ms: performance.now() - begun, dispatches: dispatchCount() - before };
  },
});

const gflopsOf = ({ ms }: RaceTime, flops: number): number => flops / ms / 1e6;

const updateTime = (time: RaceTime, flops: number): UpdateTime => ({
  msPerBatch: time.ms,
  spread: [time.from, time.to],
  rounds: time.rounds,
  gflops: significant(gflopsOf(time, flops), 3),
});

function largestDeviation(
  shape: NetworkShape,
  [found, expected]: readonly [Float32Array, Float32Array],
): number {
  let largest = 0;
  for (const { offset, length } of parameterLayout(shape).parameters) {
    const right = expected.subarray(offset, offset + length);
    const most = right.reduce((max, value) => Math.max(max, Math.abs(value)), FLOOR);
    // NaN is no gradient either, and no comparison finds it.
    const off = right.reduce((max, value, i) => {
      const difference = Math.abs(value - found[offset + i]);
      return difference <= max ? max : difference;
    }, 0);
    largest = off / most <= largest ? largest : off / most;
  }
  return largest;
}
