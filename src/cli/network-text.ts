import { networkGraph } from '../network/graph.ts';
import type { LayerNode, NetworkGraph } from '../network/graph.ts';
import { HEADS } from '../network/heads.ts';
import type { NetworkShape } from '../network/shape.ts';
import { countOf } from './table.ts';

/** "64 LSTM units", "2 x 48 GRU units", "64 LSTM units and 128 feed-forward units". */
export const networkText = ({ branches }: NetworkGraph): string =>
  branches.map(({ layers }) => layersText(layers)).join(' and ');

/** "64 LSTM units, 33,411 weights". */
export function modelSize(shape: NetworkShape): string {
  const graph = networkGraph(shape);
  return `${networkText(graph)}, ${countOf(graph.length, 'weight')}`;
}

/** "5 actions, 16 bins of time". */
export const headsText = ({ shape }: NetworkGraph): string =>
  HEADS.flatMap((head) => {
    const size = head.size(shape);
    return size && head.loss && head.output ? [countOf(size, head.output.what)] : [];
  }).join(', ');

/** Layers of one kind follow each other. */
function layersText(layers: readonly LayerNode[]): string {
  const [first] = layers;
  const alike = layers.filter(({ kind }) => kind === first.kind).length;
  const text = `${alike > 1 ? `${alike} x ` : ''}${first.width} ${kindText(first)} units`;
  return alike < layers.length ? `${text}, ${layersText(layers.slice(alike))}` : text;
}

function kindText(layer: LayerNode): string {
  switch (layer.kind) {
    case 'recurrent':
      return layer.cell.toUpperCase();
    case 'dense':
      return 'feed-forward';
    default:
      return layer satisfies never;
  }
}
