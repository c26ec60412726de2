import { networkShape } from '../model/build-shape.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { FEED_FORWARD, parameterLayout } from '../network/graph.ts';
import { findParameter } from '../network/parameters.ts';
import { ForesightError } from '../util/error.ts';

/**
 * The checkpoint of the network alone, for programs that do not have the n-gram experts; without experts, the
 * checkpoint itself. The head that was trained to predict without the experts' votes (`ModelConfig.unaided`)
 * becomes the action head, and no expert has ever seen the context. There is no time head, as it only corrects
 * the experts, and no neural cache.
 *
 * Throws `bad-data` for a network that was never trained to predict without its experts.
 */
export function withoutExperts(checkpoint: Checkpoint): Checkpoint {
  const { spec, statistics, shape: before, weights: from } = checkpoint;
  if (!before.experts) return checkpoint;
  if (!before.unaided)
    throw new ForesightError(
      'bad-data',
      `The network of "${spec.name}" only corrects its ${before.experts} n-gram experts, so without them it predicts nothing. Train it with "unaided": true, or train or distill one with "contexts": 0.`,
    );
  const model = { ...checkpoint.model, contexts: 0, cache: 0, unaided: false, timeBins: 0 };
  const shape = networkShape(model, spec, statistics);
  const layout = parameterLayout(shape);
  const layoutBefore = parameterLayout(before);
  const weights = new Float32Array(layout.length);
  for (const { name, shape: dims, offset } of layout.parameters) {
    const source = findParameter(layoutBefore, unaidedName(name));
    // The experts' matches are the last columns of the input.
    const columns = dims[dims.length - 1];
    const columnsBefore = source.shape[source.shape.length - 1];
    for (let row = 0; row * columnsBefore < source.length; row++) {
      const start = source.offset + row * columnsBefore;
      weights.set(from.subarray(start, start + columns), offset + row * columns);
    }
  }
  const { experts: _, metrics, ...rest } = checkpoint;
  // All other figures were measured with the experts.
  return { ...rest, model, shape, weights, metrics: { epochs: metrics.epochs, loss: NaN } };
}

const unaidedName = (name: string): string =>
  ['action.', `${FEED_FORWARD}action.`].some((head) => name.startsWith(head))
    ? name.replace('action.', 'unaided.')
    : name;

/** What `withoutExperts` leaves out of a checkpoint; empty when that is nothing. */
export const leftOut = ({ shape }: Checkpoint): string =>
  shape.experts
    ? `The ${shape.experts} n-gram experts are left out: the network predicts alone, less accurately, and does not learn during play.${shape.timeBins ? ' It does not predict the time, which needs them.' : ''}`
    : '';
