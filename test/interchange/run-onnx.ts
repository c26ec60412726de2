import * as ort from 'onnxruntime-web';
import type { NetworkShape } from '../../src/network/shape.ts';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

/** An exported model in onnxruntime, and the state that it keeps between two steps. */
export class OnnxRun {
  readonly #session: ort.InferenceSession;
  readonly #shape: NetworkShape;
  readonly #characters: number;
  #state: Record<string, ort.Tensor>;

  private constructor(session: ort.InferenceSession, shape: NetworkShape, characters: number) {
    this.#session = session;
    this.#shape = shape;
    this.#characters = characters;
    const dims = [shape.layers, characters, shape.units];
    const zeros = () =>
      new ort.Tensor('float32', new Float32Array(dims.reduce((a, b) => a * b)), dims);
    this.#state = shape.cell === 'lstm' ? { h: zeros(), c: zeros() } : { h: zeros() };
  }

  /** @param shape without experts */
  static async load(model: Uint8Array, shape: NetworkShape, characters = 1): Promise<OnnxRun> {
    return new OnnxRun(await ort.InferenceSession.create(model), shape, characters);
  }

  get ports(): { readonly inputs: readonly string[]; readonly outputs: readonly string[] } {
    return { inputs: this.#session.inputNames, outputs: this.#session.outputNames };
  }

  /** The outputs of one step of all characters, by name. */
  async step(features: Float32Array): Promise<Record<string, Float32Array>> {
    const dims = [this.#characters, this.#shape.features];
    const results = await this.#session.run({
      features: new ort.Tensor('float32', features, dims),
      ...this.#state,
    });
    this.#state = Object.fromEntries(
      Object.keys(this.#state).map((name) => [name, results[`next_${name}`]]),
    );
    return Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]),
    );
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}
