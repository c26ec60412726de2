import { networkGraph } from '../../network/graph.ts';
import type { NetworkShape } from '../../network/shape.ts';
import { StreamingNetwork as Streaming } from '../../network/streaming-network.ts';
import type { FloatArray } from '../../util/math.ts';
import type { Matrix } from './matrix.ts';
import { ReferenceStep } from './step-operations.ts';

/** A network that takes one step at a time, in plain TypeScript and the precision of its weights. */
export class StreamingNetwork<A extends FloatArray = Float32Array> extends Streaming<A, Matrix<A>> {
  /** Throws RangeError when the number of weights is not that of the shape. */
  constructor(shape: NetworkShape, weights: A) {
    super(new ReferenceStep(networkGraph(shape), weights), weights);
  }
}
