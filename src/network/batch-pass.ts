import type { Branch, HeadsNode, NetworkGraph } from './graph.ts';
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
  readonly branch: Branch;
  /** The input of each layer, and of the heads. */
  readonly inputs: readonly M[];
  /** Of the heads; then their gradients. */
  readonly outputs: M;
}

/** The network over whole batches, forward and backward, in terms of an engine's operations. */
export class BatchPass<M, L> {
  readonly #graph: NetworkGraph;
  readonly #operations: BatchOperations<M, L>;

  constructor(graph: NetworkGraph, operations: BatchOperations<M, L>) {
    this.#graph = graph;
    this.#operations = operations;
  }

  /** The losses to learn from, one for each branch, and with `backward` the gradient of their sum. */
  run(batch: WindowBatch, options: PassOptions): L[] {
    const { lossWeights, dropout = [], targets = countTargets(batch) } = options;
    const runs = this.#forward(batch, dropout);
    const losses = runs.map(({ branch, outputs }) =>
      this.#operations.losses(branch.heads, outputs, { lossWeights, targets }),
    );
    if (options.backward) this.#backward(runs);
    return losses;
  }

  /** The losses of the prediction: the mean of all branches, without the unaided head and dropout. */
  evaluate(batch: WindowBatch, lossWeights: LossWeights): L {
    const [first, ...others] = this.#forward(batch, []);
    // There are at most two branches, so their mean is that of a pair.
    for (const { outputs } of others) this.#operations.mean(first.outputs, outputs);
    const { heads } = first.branch;
    return this.#operations.losses(heads, first.outputs, {
      lossWeights: { ...lossWeights, unaided: 0 },
      targets: countTargets(batch),
    });
  }

  #forward(batch: WindowBatch, dropout: readonly Float32Array[]): BranchRun<M>[] {
    const operations = this.#operations;
    operations.begin(batch, dropout);
    const input = operations.embed(this.#graph.input);
    return this.#graph.branches.map((branch) => {
      const inputs = [input];
      for (const [i, layer] of branch.layers.entries())
        inputs.push(operations.layer(layer, inputs[i]));
      const outputs = operations.layer(branch.heads.linear, inputs[branch.layers.length]);
      operations.mixExperts(branch.heads, outputs);
      return { branch, inputs, outputs };
    });
  }

  #backward(runs: readonly BranchRun<M>[]): void {
    const { input } = this.#graph;
    const operations = this.#operations;
    operations.beginBackward();
    let dInput: M | null = null;
    for (const { branch, inputs, outputs } of runs) {
      const { layers, heads } = branch;
      let dOut = this.#headsBackward(heads, inputs[layers.length], outputs);
      for (let i = layers.length - 1; i >= 0; i--) {
        const needed = i > 0 || input.blocks.length > 0;
        const dX: M | null = i ? null : dInput;
        const x: M = inputs[i];
        const result: M | null = operations.layerBackward(layers[i], {
          x,
          dOut,
          dX,
          needed,
        });
        if (result === null) break;
        dOut = result;
        if (!i) dInput = result;
      }
    }
    if (dInput !== null) operations.embedBackward(input, dInput);
  }

  /** The gradient of the heads' input. */
  #headsBackward(node: HeadsNode, x: M, dOut: M): M {
    this.#operations.mixExpertsBackward(node, dOut);
    const run = { x, dOut, dX: null, needed: true };
    // It is needed, so it is there.
    return this.#operations.layerBackward(node.linear, run) as M;
  }
}
