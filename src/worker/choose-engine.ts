import type { CreateBackend } from '../train/backend.ts';
import { createCpuBackend } from '../train/cpu-backend.ts';
import { withFallback } from '../train/fallback-backend.ts';
import { checkGradients } from '../train/known-answer.ts';
import { createWebgpuBackend } from '../train/webgpu-backend.ts';
import { ForesightError } from '../util/error.ts';
import { probeAdapter } from './adapter.ts';
import type { AdapterReport } from './adapter.ts';
import type { EngineChoice, EngineReport } from './protocol.ts';

/** A checked engine. */
export interface ChosenEngine {
  readonly createBackend: CreateBackend;
  /** What is in use: changes when WebGPU fails while training. */
  report(): EngineReport;
}

/**
 * Chooses the engine to train with. `auto` takes WebGPU on a hardware adapter whose gradients are
 * right, else the CPU; `webgpu` takes software adapters too and throws `no-webgpu` where there is no
 * adapter or its gradients are wrong; `cpu` never touches the GPU. tfjs loads only when an adapter
 * is about to be used.
 */
export async function chooseEngine(choice: EngineChoice): Promise<ChosenEngine> {
  switch (choice) {
    case 'cpu':
      return onCpu('The CPU was asked for.');
    case 'wasm':
      throw new ForesightError('bad-config', 'The engine "wasm" is being built. Choose "cpu".');
    case 'webgpu': {
      const adapter = await probeAdapter();
      if (!adapter)
        throw new ForesightError(
          'no-webgpu',
          'This browser gives no WebGPU adapter. Choose the engine "auto" or "cpu", or update browser and graphics driver.',
        );
      const fault = await faultOfWebgpu();
      if (fault)
        throw new ForesightError(
          'no-webgpu',
          `WebGPU on ${adapter.adapter} cannot be used: ${fault}. Choose the engine "auto" or "cpu", or update the graphics driver.`,
        );
      return onWebgpu(adapter, 'WebGPU was asked for and computes the right gradients.');
    }
    case 'auto': {
      const adapter = await probeAdapter();
      if (!adapter) return onCpu('This browser gives no WebGPU adapter, so the CPU trains.');
      if (adapter.software)
        return onCpu('The WebGPU adapter is a software one, slower than the CPU engine.', adapter);
      const fault = await faultOfWebgpu();
      if (fault) return onCpu(`WebGPU cannot be used: ${fault}. So the CPU trains.`, adapter);
      return onWebgpu(adapter, 'WebGPU on a hardware adapter computes the right gradients.');
    }
    default:
      choice satisfies never;
      throw new ForesightError(
        'bad-config',
        `There is no engine "${String(choice)}". Choose "auto", "webgpu" or "cpu".`,
      );
  }
}

/** Why WebGPU cannot be used though there is an adapter; null when it can. */
async function faultOfWebgpu(): Promise<string | null> {
  try {
    return await checkGradients(createWebgpuBackend, createCpuBackend);
  } catch (error) {
    // Our own errors carry a cure that is not the one of this choice; their cause says what happened.
    const what = error instanceof ForesightError && error.cause ? error.cause : error;
    return (what instanceof Error ? what.message : String(what)).replace(/\.$/, '');
  }
}

function onCpu(reason: string, adapter?: AdapterReport): ChosenEngine {
  const { adapter: name = '', software = false } = adapter ?? {};
  return {
    createBackend: createCpuBackend,
    report: () => ({ engine: 'cpu', reason, adapter: name, software }),
  };
}

function onWebgpu(adapter: AdapterReport, reason: string): ChosenEngine {
  let report: EngineReport = { engine: 'webgpu', reason, ...adapter };
  return {
    createBackend: withFallback(createWebgpuBackend, createCpuBackend, ({ message }) => {
      report = {
        ...report,
        engine: 'cpu',
        reason: `The CPU went on from the last good weights: ${message}`,
      };
    }),
    report: () => report,
  };
}
