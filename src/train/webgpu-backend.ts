import type { Batch } from '../dataset/batch.ts';
import type { OpenDevice } from '../kernels/webgpu/device.ts';
import type { GpuNetwork, TrainingSnapshot } from '../kernels/webgpu/gpu-network.ts';
import { DropoutFactors } from '../network/dropout-factors.ts';
import { networkGraph } from '../network/graph.ts';
import { ForesightError } from '../util/error.ts';
import type { BackendOptions, BatchEvaluation, BatchLosses, TrainingBackend } from './backend.ts';
import type { WebgpuKernels } from './webgpu-kernels.ts';

/** Updates between two copies of the training state to ordinary memory. */
const SNAPSHOT_UPDATES = 20;
/** New devices tried within one run before giving up. */
const RECOVERIES = 3;

/** A backend that can fail for good, but still has weights to continue with elsewhere. */
export interface PerishableBackend extends TrainingBackend {
  /** The last copy of the weights; at most a few updates old. */
  lastWeights(): Float32Array;
}

/** Trains on WebGPU; made by `WebgpuEngine`. */
export class WebgpuBackend implements PerishableBackend {
  readonly engine = 'webgpu';
  readonly #kernels: WebgpuKernels;
  readonly #options: BackendOptions;
  readonly #dropout: DropoutFactors;
  #snapshot: TrainingSnapshot;
  #open: { readonly device: OpenDevice; readonly network: GpuNetwork } | null = null;
  #recoveries = 0;
  /** Updates queued since the last copy was started. */
  #queued = 0;
  /** The copy in progress. */
  #copying: Promise<void> | null = null;
  /** Losses of updates up to the last copy that were not read yet. */
  #losses: BatchLosses[] = [];
  #disposed = false;

  constructor(kernels: WebgpuKernels, options: BackendOptions) {
    this.#kernels = kernels;
    this.#options = options;
    const { dropout, seed } = options.training;
    this.#dropout = new DropoutFactors(networkGraph(options.shape), { rate: dropout, seed });
    const { length } = options.weights;
    this.#snapshot = {
      weights: options.weights.slice(),
      first: new Float32Array(length),
      second: new Float32Array(length),
      updates: 0,
    };
  }

  /** Puts the last copy on the device, or on a new one if that failed. */
  async open(): Promise<void> {
    const { shape, training } = this.#options;
    const device = await this.#kernels.openDevice();
    this.#open?.network.dispose();
    const { software } = device;
    const start = this.#snapshot;
    const network = new this.#kernels.GpuNetwork({ shape, training, start, software });
    this.#open = { device, network };
    this.#queued = 0;
    this.#copying = null;
  }

  async step(batch: Batch, learningRate: number): Promise<void> {
    const dropout = this.#dropout.draw(batch.batchSize * batch.windowLength);
    await this.#run(async (network) => {
      if (this.#queued === SNAPSHOT_UPDATES) {
        // Waits for the copy before, so that at most two copies' worth of updates are queued.
        await this.#copying;
        this.#beginCopy();
      }
      network.step(batch, { learningRate, dropout });
      this.#queued += 1;
    });
  }

  async losses(): Promise<readonly BatchLosses[]> {
    await this.#copy();
    return this.#losses.splice(0);
  }

  async evaluate(batch: Batch): Promise<BatchEvaluation> {
    return this.#run((network) => network.evaluate(batch));
  }

  async gradients(batch: Batch): Promise<Float32Array> {
    return this.#run((network) => network.gradients(batch));
  }

  async weights(): Promise<Float32Array> {
    await this.#copy();
    return this.#snapshot.weights.slice();
  }

  lastWeights(): Float32Array {
    return this.#snapshot.weights.slice();
  }

  dispose(): void {
    this.#disposed = true;
    this.#open?.network.dispose();
    this.#open = null;
  }

  /** Waits for a copy of everything queued so far. */
  #copy(): Promise<void> {
    return this.#run(async () => {
      if (this.#queued) this.#beginCopy();
      await this.#copying;
    });
  }

  /** Queues a copy of the training state, which replaces the snapshot once earlier copies have. */
  #beginCopy(): void {
    const open = this.#requireOpen();
    const before = this.#copying;
    const copying = (async () => {
      const copy = open.device.guard(open.network.snapshot());
      await Promise.all([before, copy]);
      const { snapshot, losses } = await copy;
      // A failing device returns zeros first and reports the failure later.
      if (open.device.failure) throw open.device.failure;
      if (this.#open !== open) return;
      this.#snapshot = snapshot;
      this.#losses.push(...losses);
    })();
    // Without a handler, a failure that no one awaits would be an unhandled rejection.
    copying.catch(() => {});
    this.#copying = copying;
    this.#queued = 0;
  }

  /** Does `work`, and repeats it on a new device as long as the device fails. */
  async #run<T>(work: (network: GpuNetwork) => Promise<T>): Promise<T> {
    for (;;) {
      const { device, network } = this.#requireOpen();
      try {
        if (device.failure) throw device.failure;
        const result = await device.guard(work(network));
        if (device.failure) throw device.failure;
        return result;
      } catch (cause) {
        await this.#recover(cause);
      }
    }
  }

  #requireOpen(): { readonly device: OpenDevice; readonly network: GpuNetwork } {
    if (this.#open) return this.#open;
    throw new ForesightError(
      'not-ready',
      this.#disposed
        ? 'This training backend is disposed. Create a new one.'
        : 'The GPU device was lost for good. Create a new backend from lastWeights().',
    );
  }

  async #recover(cause: unknown): Promise<void> {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    // Also after other errors: only a new device frees the memory of the interrupted batch.
    this.#open?.device.fail(error);
    const giveUp = (): never => {
      this.#open?.network.dispose();
      this.#open = null;
      throw new ForesightError(
        'no-webgpu',
        `WebGPU training failed: ${error.message.replace(/\.$/, '')}. Train with engine "cpu", or reload the page and update the graphics driver.`,
        { cause },
      );
    };
    if (this.#disposed || ++this.#recoveries > RECOVERIES) giveUp();
    try {
      await this.open();
    } catch {
      giveUp();
    }
  }
}
