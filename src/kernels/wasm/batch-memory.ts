import type { EngineLayout } from '../../network/engine-layout.ts';
import type { NetworkGraph, Vote } from '../../network/graph.ts';
import type { HeadLoss } from '../../network/heads.ts';
import { BLOCK } from './gradients.ts';
import type { Scratch } from './gradients.ts';
import type { Layout } from './memory.ts';
import type { NodeMemoryOptions } from './node-memory.ts';

/** An array of a `WindowBatch`. */
export type BatchArray = 'mask' | 'softActions' | HeadLoss['targets'] | Vote['logs'];

/** Pointers to what a batch needs besides rows of each node. */
export interface BatchPointers extends Scratch {
  /** Arrays of the batch that the network reads besides the features, by place. */
  readonly arrays: ReadonlyMap<BatchArray, number>;
  /** [places, width] dropout factors, as `DropoutFactors` draws them; empty without dropout. */
  readonly factors: readonly number[];
  /** [N, inputs] by index of the node, gradient of its input; one for the first layers, 0 where not needed. */
  readonly dX: readonly number[];
  /** 8 doubles. */
  readonly results: number;
}

export interface BatchMemoryOptions extends NodeMemoryOptions {
  readonly windows: number;
}

/** Memory for what a batch needs besides rows of each node. */
export function takeBatch(
  { graph, matrices, padded }: EngineLayout,
  place: Layout,
  { table, windows, dropout }: BatchMemoryOptions,
): BatchPointers {
  const { input, branches, dropped } = graph;
  const dInput = input.blocks.length ? table(padded(input.width)) : 0;
  const products = graph.matrices.flatMap(({ kind, index }) =>
    kind === 'matrix' ? [matrices[index]] : [],
  );
  const widest = Math.max(...products.flatMap(({ rows, columns }) => [rows, columns]));
  return {
    arrays: new Map([...arrayWidths(graph)].map(([name, width]) => [name, table(width)])),
    factors: dropout ? dropped.map(table) : [],
    dX: branches.flatMap(({ layers, heads }) =>
      [...layers, heads.linear].map(({ inputs }, i) => (i ? table(padded(inputs)) : dInput)),
    ),
    carry: place.take(windows * widest),
    panels: place.take(BLOCK * widest),
    turned: place.take(Math.max(...products.map(({ rows, columns }) => rows * columns))),
    results: place.take(16),
    zeros: place.take(widest),
  };
}

/** The arrays that a network reads, and how many numbers each has at one place. */
function arrayWidths({ branches }: NetworkGraph): Map<BatchArray, number> {
  const widths = new Map<BatchArray, number>([['mask', 1]]);
  const { heads, votes } = branches[0].heads;
  for (const { loss, size } of heads) {
    if (!loss) continue;
    widths.set(loss.targets, loss.kind === 'squaredError' ? size : 1);
    if (loss.kind === 'crossEntropy' && loss.soft) widths.set('softActions', size);
  }
  for (const { logs, gate, logits } of votes) widths.set(logs, gate.size * logits.size);
  return widths;
}
