import { fitCategoryNgram, pairOf, pairSymbols, symbolsOf } from '../experts/category-ngram.ts';
import type { TrainedCategory } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { keepNewest } from '../util/keep-newest.ts';

/** Steps that are kept: 32 kB. */
export const MOST_PAIRS = 16_384;

export interface TrainedCategoryInput {
  readonly spec: CharacterSpec;
  readonly episodes: readonly Episode[];
  /** What the start checkpoint was trained on: its context stays, and its data comes before the episodes'. */
  readonly before?: TrainedCategory;
}

/**
 * The newest steps with the category that predicts the next action best (`fitCategoryNgram`). Undefined for a
 * spec without categories, without steps, and where an action and a category do not fit into 16 bits.
 */
export function describeCategory({
  spec,
  episodes,
  before,
}: TrainedCategoryInput): TrainedCategory | undefined {
  const context = before?.context ?? fitCategoryNgram(spec, newestOf(episodes))?.context;
  if (!context || pairSymbols(spec, context.field) > 2 ** 16) return before;
  const symbolOf = pairOf(spec, context.field);
  const now = episodes.map((episode) => Uint16Array.from(symbolsOf(episode, symbolOf)));
  return { context, pairs: keepNewest([...(before?.pairs ?? []), ...now], MOST_PAIRS) };
}

/** The last episodes, of `MOST_PAIRS` steps or a little more. */
function newestOf(episodes: readonly Episode[]): readonly Episode[] {
  let from = episodes.length;
  for (let left = MOST_PAIRS; from > 0 && left > 0; from--) left -= episodes[from - 1].length;
  return episodes.slice(from);
}
