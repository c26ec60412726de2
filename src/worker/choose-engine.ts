import { MODEL_DEFAULTS, TRAINING_DEFAULTS } from '../model/config.ts';
import type { NetworkShape } from '../network/shape.ts';
import type { CreateBackend } from '../train/backend.ts';
import { withFallback } from '../train/fallback-backend.ts';
import { chooseLocalEngine, engineFault, localEngine } from '../train/local-engine.ts';
import type { LocalEngine } from '../train/local-engine.ts';
import { timeEngines } from '../train/time-backend.ts';
import type { EngineTiming, Workload } from '../train/time-backend.ts';
import type { WebgpuEngine } from '../train/webgpu-engine.ts';
import { ForesightError } from '../util/error.ts';
import { probeAdapter } from './adapter.ts';
import type { AdapterReport } from './adapter.ts';
import type { EngineChoice, EngineReport } from './protocol.ts';

/** An engine that has passed its checks. */
export interface ChosenEngine {
  readonly createBackend: CreateBackend;
  /** The engine in use, which changes when WebGPU fails while training. */
  report(): EngineReport;
}

export interface ChooseEngineOptions {
  /** Loaded only when an adapter is about to be used. */
  readonly webgpu: WebgpuEngine;
  /** The training to come: engines are checked and timed on it. */
  readonly workload?: Workload;
}

/** The workload to time when there is none to be trained: the defaults, on a spec of medium size. */
const TYPICAL: Workload = {
  shape: {
    ...MODEL_DEFAULTS,
    features: 48,
    embeddings: [],
    actions: 16,
    values: 0,
  },
  training: TRAINING_DEFAULTS,
};

/**
 * Chooses the engine to train with. `auto` takes the fastest engine that needs no GPU, or WebGPU on a
 * hardware adapter when its gradients are right and it is faster on this workload; `webgpu` also takes
 * software adapters, and throws `no-webgpu` when there is no adapter or its gradients are wrong; `wasm`
 * throws `no-wasm` likewise. `wasm` and `cpu` never touch the GPU. tfjs loads only when an adapter is
 * about to be used; when it cannot be loaded, `auto` does without it.
 */
export async function chooseEngine(
  choice: EngineChoice,
  { webgpu, workload }: ChooseEngineOptions,
): Promise<ChosenEngine> {
  switch (choice) {
    case 'cpu':
    case 'wasm':
      return onLocal(await chooseLocalEngine(choice, workload?.shape));
    case 'webgpu': {
      const adapter = await requireWebgpu(webgpu, workload?.shape);
      const reason = 'WebGPU was asked for and computes the right gradients.';
      const local = await localEngine(workload?.shape);
      return onWebgpu(webgpu, { adapter, reason, timings: [], local });
    }
    case 'auto': {
      const local = await localEngine(workload?.shape);
      const adapter = await probeAdapter();
      if (!adapter) return onLocal(local, `This browser gives no WebGPU adapter. ${local.reason}`);
      if (adapter.software)
        return onLocal(
          local,
          `The WebGPU adapter is a software one, slower than ${local.engine}. ${local.reason}`,
          { adapter },
        );
      const fault = await engineFault(webgpu.createBackend, workload?.shape);
      if (fault)
        return onLocal(local, `WebGPU cannot be used: ${fault}. ${local.reason}`, { adapter });
      const timings = await timingsOf([webgpu, local], workload ?? TYPICAL);
      const reason = `Timed on this network: ${timings.map(describe).join(', ')}.`;
      if (timings[0].engine !== 'webgpu') return onLocal(local, reason, { adapter, timings });
      return onWebgpu(webgpu, { adapter, reason, timings, local });
    }
    default:
      choice satisfies never;
      throw new ForesightError(
        'bad-config',
        `There is no engine "${String(choice)}". Choose "auto", "webgpu", "wasm" or "cpu".`,
      );
  }
}

async function requireWebgpu(webgpu: WebgpuEngine, shape?: NetworkShape): Promise<AdapterReport> {
  const adapter = await probeAdapter();
  if (!adapter)
    throw new ForesightError(
      'no-webgpu',
      'This browser gives no WebGPU adapter. Choose the engine "auto", "wasm" or "cpu", or update the browser and the graphics driver.',
    );
  await webgpu.load();
  const fault = await engineFault(webgpu.createBackend, shape);
  if (fault)
    throw new ForesightError(
      'no-webgpu',
      `WebGPU on ${adapter.adapter} cannot be used: ${fault}. Choose the engine "auto", "wasm" or "cpu", or update the graphics driver.`,
    );
  return adapter;
}

/** Timings of this worker, by workload: engines must not be timed again for each run. */
const timed = new Map<string, Promise<readonly EngineTiming[]>>();

function timingsOf(
  [{ createBackend }, local]: readonly [WebgpuEngine, LocalEngine],
  workload: Workload,
): Promise<readonly EngineTiming[]> {
  const { batchSize, windowLength } = workload.training;
  const key = JSON.stringify([workload.shape, batchSize, windowLength]);
  const known = timed.get(key);
  if (known) return known;
  const timings = timeEngines([{ engine: 'webgpu', createBackend }, local], workload);
  timed.set(key, timings);
  return timings;
}

const describe = ({ engine, msPerBatch }: EngineTiming): string =>
  `${engine} ${Number.isFinite(msPerBatch) ? `${msPerBatch.toFixed(1)} ms a batch` : 'failed'}`;

interface LocalDetails {
  readonly adapter?: AdapterReport;
  readonly timings?: readonly EngineTiming[];
}

function onLocal(
  { engine, createBackend, reason: own }: LocalEngine,
  reason = own,
  { adapter, timings = [] }: LocalDetails = {},
): ChosenEngine {
  const { adapter: name = '', software = false } = adapter ?? {};
  return { createBackend, report: () => ({ engine, reason, adapter: name, software, timings }) };
}

interface WebgpuDetails extends Pick<EngineReport, 'reason' | 'timings'> {
  readonly adapter: AdapterReport;
  /** Continues when the GPU fails. */
  readonly local: LocalEngine;
}

function onWebgpu(
  { createBackend }: WebgpuEngine,
  { adapter, reason, timings, local }: WebgpuDetails,
): ChosenEngine {
  let report: EngineReport = { engine: 'webgpu', reason, ...adapter, timings };
  return {
    createBackend: withFallback(createBackend, local.createBackend, ({ message }) => {
      const { engine } = local;
      report = {
        ...report,
        engine,
        reason: `${engine} continued from the last good weights: ${message}`,
      };
    }),
    report: () => report,
  };
}
