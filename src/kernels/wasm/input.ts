import type { NetworkShape } from '../../network/shape.ts';
import type { BatchPointers } from './batch-memory.ts';
import type { StepKernels, WasmKernels } from './kernels.ts';
import type { WasmMemory } from './memory.ts';
import type { WasmWeights } from './weights.ts';

/** Makes the first layer's input: feature columns as they are, and embeddings of the others. */
export class Input {
  readonly #memory: WasmMemory<StepKernels>;
  readonly #weights: WasmWeights;
  readonly #shape: NetworkShape;
  readonly #runs: readonly Run[];

  constructor(memory: WasmMemory<StepKernels>, weights: WasmWeights, shape: NetworkShape) {
    this.#memory = memory;
    this.#weights = weights;
    this.#shape = shape;
    this.#runs = runsOf(shape);
  }

  /** Writes x [rows, I] from the features of the rows' places. */
  write(
    { features, places, x }: Pick<BatchPointers, 'features' | 'places' | 'x'>,
    rows: number,
  ): void {
    const { kernels } = this.#memory;
    const [row, featureRow] = [4 * this.#weights.layout.inputs, 4 * this.#shape.features];
    for (let i = 0; i < this.#runs.length; i++) {
      const run = this.#runs[i];
      const [to, from] = [x + 4 * run.to, features + 4 * run.from];
      if (run.embedding < 0)
        kernels.copyColumns(to, row, from, featureRow, places, rows, run.count);
      else
        kernels.embedColumns(
          to,
          row,
          from,
          featureRow,
          places,
          rows,
          run.count,
          run.units,
          this.#weights.at(this.#weights.layout.embeddings[run.embedding]),
        );
    }
  }

  /** Adds to `gradient` those of the embeddings' tables, given that of x in `dX`. */
  backward(
    { features, places, dX }: BatchPointers,
    { embedBackward }: Pick<WasmKernels, 'embedBackward'>,
    { rows, gradient }: { rows: number; gradient: number },
  ): void {
    const row = 4 * this.#weights.layout.inputs;
    for (const { to, from, count, units, embedding } of this.#runs)
      if (embedding >= 0)
        embedBackward(
          dX + 4 * to,
          row,
          features + 4 * from,
          4 * this.#shape.features,
          places,
          rows,
          count,
          units,
          this.#weights.at(this.#weights.layout.embeddings[embedding], gradient),
        );
  }
}

/** A run of neighbouring feature columns that are copied, or embedded together. */
interface Run {
  /** First column in the features and in x. */
  readonly from: number;
  readonly to: number;
  /** Columns of the features. */
  readonly count: number;
  /** Columns of x, and index of the embedding; -1 where they are copied. */
  readonly units: number;
  readonly embedding: number;
}

function runsOf({ features, embeddings }: NetworkShape): Run[] {
  const runs: Run[] = [];
  let [from, to] = [0, 0];
  const add = (count: number, units: number, embedding: number): void => {
    if (count) runs.push({ from, to, count, units, embedding });
    from += count;
    to += units;
  };
  embeddings.forEach(({ offset, categories, units }, embedding) => {
    add(offset - from, offset - from, -1);
    add(categories, units, embedding);
  });
  add(features - from, features - from, -1);
  return runs;
}
