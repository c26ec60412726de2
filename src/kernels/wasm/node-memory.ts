import type { EngineLayout } from '../../network/engine-layout.ts';
import type { LayerNode, NetworkGraph } from '../../network/graph.ts';

/** Pointers to what a layer, or the joined heads, compute; 0 where a node has no such thing. */
export interface NodeMemory {
  /** [N, width] of a recurrent layer, the hidden states. */
  readonly result: number;
  /** The same after dropout; the result itself without. */
  readonly dropped: number;
  /** [N, G] activations of the gates; in the backward pass, gradients of their sums. */
  readonly gates: number;
  /** [N, G] the hidden state's share of the sums, for GRU. */
  readonly shares: number;
  /** [N, H] cell states and their tanh, for LSTM. */
  readonly cell: number;
  readonly squashed: number;
}

/** All layers and joined heads, in the order of their index. */
export const nodesOf = ({ branches }: NetworkGraph): LayerNode[] =>
  branches.flatMap(({ layers, heads }) => [...layers, heads.linear]);

export interface NodeMemoryOptions {
  /** Assigns a table with a row for each place. */
  readonly table: (width: number) => number;
  /** Whether dropout will be used. */
  readonly dropout: boolean;
}

/** Memory for each node, by its index. */
export function takeNodes(
  { graph, matrices, padded }: EngineLayout,
  { table, dropout }: NodeMemoryOptions,
): NodeMemory[] {
  return nodesOf(graph).map((node) => {
    const width = padded(node.width);
    const result = table(width);
    const dropped = dropout && node.dropout >= 0 ? table(width) : result;
    const both = { result, dropped };
    if (node.kind !== 'recurrent') return { ...both, gates: 0, shares: 0, cell: 0, squashed: 0 };
    const sums = matrices[node.inputBias.index].columns;
    const lstm = node.cell === 'lstm';
    return {
      ...both,
      gates: table(sums),
      shares: lstm ? 0 : table(sums),
      cell: lstm ? table(width) : 0,
      squashed: lstm ? table(width) : 0,
    };
  });
}
