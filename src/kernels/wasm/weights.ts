import type { NetworkShape } from '../../network/shape.ts';
import { parameterLayout } from '../../network/graph.ts';
import { engineLayout, toEngine, toFlat } from '../../network/engine-layout.ts';
import type { EngineLayout, EngineMatrix, EngineReadout } from '../../network/engine-layout.ts';
import type { Kernel, StepKernels } from './kernels.ts';
import type { Layout, WasmMemory } from './memory.ts';

/** Columns of a panel; every width is a multiple of it. */
export const PAD = 8;

/** Pointers to one layer's matrices as `product` reads them. */
export interface LayerPanels {
  /** Rows of `input`. */
  readonly inputs: number;
  /** Panels of the weights, [I, G] and [H, G]. */
  readonly input: number;
  readonly recurrent: number;
  /** Panels of their transposes, for the backward pass; 0 where it does not need them. */
  readonly transposedInput: number;
  readonly transposedRecurrent: number;
  /** [1, G] bias of the input's share of the gates' sums: for LSTM, the sum of both biases. */
  readonly bias: number;
}

/** Pointers to the panels of one network's joined heads [H, O]. */
export interface ReadoutPanels {
  readonly head: number;
  /** Of their transpose, for the backward pass; 0 in a network that only predicts. */
  readonly transposedHead: number;
}

export interface FeedForwardPanels extends ReadoutPanels {
  /** Of the hidden layer's weights [I, Q]. */
  readonly hidden: number;
  /** Of their transpose, for the backward pass; 0 where it does not need them. */
  readonly transposedHidden: number;
}

export interface WasmWeightsOptions {
  readonly memory: WasmMemory<StepKernels>;
  readonly place: Layout;
  /** The kernel that packs transposed panels, where gradients will be computed. */
  readonly turnPanels?: Kernel | null;
}

/** A network's weights in wasm memory, as one array in the engine layout and as panels. */
export class WasmWeights {
  readonly layout: EngineLayout;
  /** Elements of the array, a multiple of 4. */
  readonly count: number;
  readonly pointer: number;
  readonly layers: readonly LayerPanels[];
  readonly readout: ReadoutPanels;
  readonly feedForward: FeedForwardPanels | null;
  readonly #memory: WasmMemory<StepKernels>;
  readonly #turnPanels: Kernel | null;
  readonly #lstm: boolean;
  readonly #length: number;

  constructor(shape: NetworkShape, { memory, place, turnPanels = null }: WasmWeightsOptions) {
    const backward = turnPanels !== null;
    const layout = engineLayout(shape, PAD);
    this.layout = layout;
    this.#memory = memory;
    this.#turnPanels = turnPanels;
    this.#lstm = shape.cell === 'lstm';
    this.#length = parameterLayout(shape).length;
    this.count = Math.ceil(layout.length / 4) * 4;
    this.pointer = place.take(this.count);
    const panels = ({ rows, columns }: EngineMatrix, needed = true): number =>
      needed ? place.take(rows * columns) : 0;
    // Features that pass through no embedding need no gradient.
    const inputGradient = (layer: number): boolean => layer > 0 || shape.embeddings.length > 0;
    this.layers = layout.layers.map(({ inputWeights, recurrentWeights, inputBias }, layer) => ({
      inputs: inputWeights.rows,
      input: panels(inputWeights),
      recurrent: panels(recurrentWeights),
      transposedInput: panels(inputWeights, backward && inputGradient(layer)),
      transposedRecurrent: panels(recurrentWeights, backward),
      bias: this.#lstm ? place.take(inputBias.columns) : this.at(inputBias),
    }));
    const readout = ({ headWeights }: EngineReadout): ReadoutPanels => ({
      head: panels(headWeights),
      transposedHead: panels(headWeights, backward),
    });
    const { feedForward } = layout;
    this.readout = readout(layout);
    this.feedForward = feedForward && {
      hidden: panels(feedForward.weights),
      transposedHidden: panels(feedForward.weights, backward && inputGradient(0)),
      ...readout(feedForward),
    };
  }

  /** Pointer to a matrix of the layout, in the array that begins at `start`. */
  at({ offset }: EngineMatrix, start = this.pointer): number {
    return start + 4 * offset;
  }

  /** Copies flat weights in. Throws RangeError when their number is not that of the shape. */
  set(flat: Float32Array): void {
    if (flat.length !== this.#length)
      throw new RangeError(`the network has ${this.#length} weights, not ${flat.length}`);
    this.#memory.floats.set(toEngine(flat, this.layout), this.pointer >> 2);
  }

  /** A new flat array of these weights, or of an array laid out like them, as a gradient. */
  flat(start = this.pointer): Float32Array<ArrayBuffer> {
    return toFlat(this.#memory.floats.subarray(start >> 2), this.layout);
  }

  /** Packs the panels. Call it after every change of the weights. */
  pack(): void {
    const { kernels } = this.#memory;
    const pack = (panels: number, transposed: number, matrix: EngineMatrix): void => {
      const { rows, columns } = matrix;
      kernels.packPanels(panels, this.at(matrix), 4 * columns, rows, columns, 0);
      if (transposed) this.#turnPanels?.(transposed, this.at(matrix), 4 * columns, columns, rows);
    };
    this.layers.forEach(
      ({ input, recurrent, transposedInput, transposedRecurrent, bias }, index) => {
        const { inputWeights, recurrentWeights, inputBias, recurrentBias } =
          this.layout.layers[index];
        pack(input, transposedInput, inputWeights);
        pack(recurrent, transposedRecurrent, recurrentWeights);
        if (!this.#lstm) return;
        const { floats } = this.#memory;
        const [sum, left, right] = [bias, this.at(inputBias), this.at(recurrentBias)];
        for (let i = 0; i < inputBias.columns; i++)
          floats[(sum >> 2) + i] = floats[(left >> 2) + i] + floats[(right >> 2) + i];
      },
    );
    const { layout, readout, feedForward } = this;
    pack(readout.head, readout.transposedHead, layout.headWeights);
    if (!feedForward || !layout.feedForward) return;
    pack(feedForward.hidden, feedForward.transposedHidden, layout.feedForward.weights);
    pack(feedForward.head, feedForward.transposedHead, layout.feedForward.headWeights);
  }
}
