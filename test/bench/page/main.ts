import type { Timing, Trial } from '../trial.ts';
import { countDispatches, dispatchCount } from './count-dispatches.ts';
import { createTrial } from './create-trial.ts';
import type { TrialRequest } from './create-trial.ts';

/** What the bench calls in the page, one engine to a page. */
export interface BenchPage {
  /** Loads the engine and gives the numbers of its check. */
  open(request: TrialRequest): Promise<readonly number[]>;
  time(times: number): Promise<Timing>;
  /** The WebGPU adapter in words; null without one. */
  adapter(): Promise<string | null>;
}

countDispatches();

let trial: Trial | undefined;

const page: BenchPage = {
  async open(request) {
    trial = await createTrial(request);
    return trial.check();
  },

  async time(times) {
    if (!trial) throw new Error('open() comes first.');
    const before = dispatchCount();
    const begun = performance.now();
    await trial.run(times);
    return { ms: performance.now() - begun, dispatches: dispatchCount() - before };
  },

  async adapter() {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) return null;
    const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
    const name = [vendor, architecture, device, description].filter(Boolean).join(' ');
    return `${name || 'unnamed'}${isFallbackAdapter || /swiftshader|llvmpipe/i.test(name) ? ' (software)' : ''}`;
  },
};

Object.assign(globalThis, { bench: page });
