import type { ActionOf, CharacterSpec } from '../record/spec.ts';
import type { Predictor } from './predictor.ts';
import { requireCounts } from './require-counts.ts';
import { PathPool } from './supposed-path.ts';
import type { SupposedPath } from './supposed-path.ts';

export interface SequenceOptions {
  /** Steps ahead, >= 1. */
  readonly horizon?: number;
  /** Sequences that are kept at every step, >= 1; with 1 the most probable action is taken each time. */
  readonly beam?: number;
}

export const SEQUENCE_DEFAULTS: Required<SequenceOptions> = { horizon: 5, beam: 6 };

/** Actions that may come one after the other. */
export interface ActionSequence<A extends string = string> {
  /** [horizon] names of the actions, and their indices. */
  readonly actions: readonly A[];
  readonly actionIndices: readonly number[];
  /** Probability of exactly this sequence when each action takes its median time. */
  readonly probability: number;
  /** [horizon] ticks from the newest step to each action; NaN without a time head, but exact for steps at fixed ticks. */
  readonly inTicks: readonly number[];
}

/** A sequence that is being searched, and its path. */
interface Candidate {
  readonly path: SupposedPath;
  readonly indices: readonly number[];
  readonly ticks: readonly number[];
  readonly probability: number;
}

/**
 * The most probable sequence of a character's next actions; null before the first step of an episode. By beam search: at every step the most probable
 * sequences are kept, and each is extended by every action. Each action is assumed to come after its
 * median time. The character's memory does not change.
 *
 * Takes as long as `beam` x (horizon - 1) predictions. Throws `bad-config` if horizon or beam is not a
 * whole number of at least 1.
 */
export function likelySequence<S extends CharacterSpec>(
  predictor: Predictor<S>,
  character: string,
  options: SequenceOptions = {},
): ActionSequence<ActionOf<S>> | null {
  requireCounts('A sequence', options, SEQUENCE_DEFAULTS);
  const followed = predictor.followed(character);
  if (!followed) return null;
  const { horizon, beam } = { ...SEQUENCE_DEFAULTS, ...options };
  const { spec } = predictor;
  const names: readonly ActionOf<S>[] = spec.action.actions;
  const isTimed =
    spec.sampling.kind === 'everyTicks' || followed.prediction.timeProbabilities.length > 0;
  const paths = PathPool.of(followed.network);
  let kept: Candidate[] = [{ path: paths.begin(followed), indices: [], ticks: [], probability: 1 }];
  for (let k = 0; k < horizon; k++) {
    const row = paths.row(k);
    kept = extensions(kept, k + 1 < horizon ? beam : 1).map((next, i) => {
      if (k + 1 === horizon) return next;
      const path = row(i);
      path.copyFrom(next.path);
      path.take(next.indices[k], next.ticks[k] - (next.ticks[k - 1] ?? 0));
      return { ...next, path };
    });
  }
  const [{ indices, ticks, probability }] = kept;
  return {
    actions: indices.map((action) => names[action]),
    actionIndices: indices,
    probability,
    inTicks: isTimed ? ticks : ticks.map(() => NaN),
  };
}

/** The `count` most probable sequences that are one action longer, the most probable first. */
function extensions(kept: readonly Candidate[], count: number): Candidate[] {
  return kept
    .flatMap(({ path, indices, ticks, probability }) => {
      const at = (ticks.at(-1) ?? 0) + path.medianTicks;
      return Array.from(path.probabilities, (share, action) => ({
        path,
        indices: [...indices, action],
        ticks: [...ticks, at],
        probability: probability * share,
      }));
    })
    .sort((a, b) => b.probability - a.probability)
    .slice(0, count);
}
