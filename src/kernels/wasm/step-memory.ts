import type { NetworkShape } from '../../network/shape.ts';
import type { EngineLayout } from '../../network/engine-layout.ts';
import { Layout } from './memory.ts';
import type { StepKernels } from './kernels.ts';
import type { WasmMemory } from './memory.ts';

/** Pointers to everything of one step of n characters. */
export interface StepPointers {
  /** [n, F], and [n] the index of each row: 0, 1, 2, ... */
  readonly features: number;
  readonly places: number;
  /** [n, I]. */
  readonly x: number;
  /** [n, H] for each layer, `layerBytes` apart: states before the step, then after it. */
  readonly hidden: number;
  readonly cell: number;
  readonly layerBytes: number;
  /** [n, G] twice and [n, H], of the current layer. */
  readonly gates: number;
  readonly recurrent: number;
  readonly squashed: number;
  /** [n, O]. */
  readonly outputs: number;
  /** [n, Q] and [n, O] of the feed-forward network; 0 without it. */
  readonly feedForward: number;
  readonly feedForwardOutputs: number;
}

/** Memory for steps behind a network's weights. More characters get a new layout. */
export class StepMemory {
  readonly #memory: WasmMemory<StepKernels>;
  readonly #start: number;
  readonly #options: { shape: NetworkShape; layout: EngineLayout };
  #capacity = 0;
  #end: number;
  #pointers!: StepPointers;

  constructor(
    memory: WasmMemory<StepKernels>,
    start: number,
    options: { shape: NetworkShape; layout: EngineLayout },
  ) {
    this.#memory = memory;
    this.#start = start;
    this.#end = start;
    this.#options = options;
  }

  /** Pointers for `count` characters; results of earlier steps may be lost. */
  reserve(count: number): StepPointers {
    if (count <= this.#capacity) return this.#pointers;
    const { shape, layout } = this.#options;
    const { units, inputs, outputs, feedForward } = layout;
    const gates = layout.layers[0].inputBias.columns;
    const lstm = shape.cell === 'lstm';
    const place = new Layout(this.#start);
    // 4 numbers more, as vectors are read past the end of a row of odd width.
    const table = (width: number): number => place.take(count * width + 4);
    const pointers = {
      features: table(shape.features),
      places: table(1),
      x: table(inputs),
      hidden: table(shape.layers * units),
      cell: lstm ? table(shape.layers * units) : 0,
      layerBytes: 4 * count * units,
      gates: table(gates),
      recurrent: lstm ? 0 : table(gates),
      squashed: lstm ? table(units) : 0,
      outputs: table(outputs),
      feedForward: feedForward ? table(feedForward.units) : 0,
      feedForwardOutputs: feedForward ? table(outputs) : 0,
    };
    this.#memory.reach(place.end);
    this.#end = place.end;
    this.#capacity = count;
    this.#pointers = pointers;
    this.clear();
    return pointers;
  }

  /** Clears what earlier steps wrote. Keeps the layout. */
  clear(): void {
    // Padding must be zero, and no kernel writes into it.
    this.#memory.clear(this.#start, (this.#end - this.#start) / 4);
    for (let i = 0; i < this.#capacity; i++)
      this.#memory.ints[(this.#pointers.places >> 2) + i] = i;
  }
}
