import type { HeadsNode, LayerNode } from './graph.ts';
import type { LossWeights } from './heads.ts';
import type { BatchOperations } from './operations.ts';
import { countTargets } from './packing.ts';
import type { WindowBatch } from './packing.ts';

export interface PassOptions {
  readonly lossWeights: LossWeights;
  /** Factors as `DropoutFactors` draws them; none without dropout. */
  readonly dropout?: readonly Float32Array[];
  /** Number of targets that the losses are a mean over. Default: those of the batch. */
  readonly targets?: number;
  /** Whether to compute the gradient of the sum of all losses too. */
  readonly backward?: boolean;
}

/** What one branch computed. */
interface BranchRun<M> {
  /** Those of the branch, the heads' own last, and the input of each. */
  readonly layers: readonly LayerNode[];
  readonly inputs: readonly M[];
  readonly heads: HeadsNode;
  /** Of the heads; then their gradients. */
  readonly outputs: M;
}

/** The network over whole batches, forward and backward, in terms of an engine's operations. */
export class BatchPass<M, L> {
  readonly #operations: BatchOperations<M, L>;

  constructor(operations: BatchOperations<M, L>) {
    this.#operations = operations;
  }

  /** The losses to learn from, one for each branch, and with `backward` the gradient of their sum. */
  run(batch: WindowBatch, options: PassOptions): L[] {
    const { lossWeights, dropout = [], targets = countTargets(batch) } = options;
    const runs = this.#forward(batch, dropout);
    const losses = runs.map(({ heads, outputs }) =>
      this.#operations.losses(heads, outputs, { lossWeights, targets }),
    );
    if (options.backward) this.#backward(runs);
    return losses;
  }

  /** The losses of the prediction: the mean of all branches, without the unaided head and dropout. */
  evaluate(batch: WindowBatch, lossWeights: LossWeights): L {
    const [first, ...others] = this.#forward(batch, []);
    // There are at most two branches, so their mean is that of a pair.
    for (const { outputs } of others) this.#operations.mean(first.outputs, outputs);
    return this.#operations.losses(first.heads, first.outputs, {
      lossWeights: { ...lossWeights, unaided: 0 },
      targets: countTargets(batch),
    });
  }

  #forward(batch: WindowBatch, dropout: readonly Float32Array[]): BranchRun<M>[] {
    const operations = this.#operations;
    operations.begin(batch, dropout);
    const input = operations.embed(operations.graph.input);
    return operations.graph.branches.map(({ layers, heads }) => {
      const inputs: M[] = [];
      let outputs = input;
      const all = [...layers, heads.linear];
      for (const layer of all) {
        inputs.push(outputs);
        outputs = operations.layer(layer, outputs);
      }
      operations.mixExperts(heads, outputs);
      return { layers: all, heads, inputs, outputs };
    });
  }

  #backward(runs: readonly BranchRun<M>[]): void {
    const operations = this.#operations;
    const { input } = operations.graph;
    operations.beginBackward();
    let dInput: M | null = null;
    for (const { layers, heads, inputs, outputs } of runs) {
      operations.mixExpertsBackward(heads, outputs);
      let dOut: M | null = outputs;
      for (let i = layers.length - 1; i >= 0 && dOut !== null; i--) {
        const needed = i > 0 || input.blocks.length > 0;
        const run = { x: inputs[i], dOut, dX: i ? null : dInput, needed };
        dOut = operations.layerBackward(layers[i], run);
      }
      dInput = dOut;
    }
    if (dInput !== null) operations.embedBackward(input, dInput);
  }
}
