import type { BackendOptions, CreateBackend, EngineName } from './backend.ts';
import { inventBatch, inventWeights } from './invent-batch.ts';

/** Updates before timing starts, in which programs are compiled. */
const WARM_UP = 2;
const TIMED = 6;

/** The work to time: a network, and in `training` the size of its batches. */
export type Workload = Pick<BackendOptions, 'shape' | 'training'>;

export interface EngineTiming {
  readonly engine: EngineName;
  /** Milliseconds for one update; Infinity when the engine failed. */
  readonly msPerBatch: number;
}

/** Milliseconds that an engine takes for one update: the mean of a few, on invented data. */
export async function timeBackend(
  create: CreateBackend,
  { shape, training }: Workload,
): Promise<number> {
  const backend = await create({ shape, training, weights: inventWeights(shape, 0.1) });
  try {
    const batch = inventBatch(shape, { ...training, seed: 2 });
    const update = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) await backend.step(batch, 1e-3);
      await backend.losses();
    };
    await update(WARM_UP);
    const begun = performance.now();
    await update(TIMED);
    return (performance.now() - begun) / TIMED;
  } finally {
    backend.dispose();
  }
}

/**
 * Times engines one after the other; the fastest comes first.
 *
 * @param time times one engine; tests replace it
 */
export async function timeEngines(
  engines: readonly { readonly engine: EngineName; readonly createBackend: CreateBackend }[],
  workload: Workload,
  time: typeof timeBackend = timeBackend,
): Promise<readonly EngineTiming[]> {
  const timings: EngineTiming[] = [];
  for (const { engine, createBackend } of engines) {
    const msPerBatch = await time(createBackend, workload).catch(() => Infinity);
    timings.push({ engine, msPerBatch });
  }
  return timings.sort((a, b) => a.msPerBatch - b.msPerBatch);
}
