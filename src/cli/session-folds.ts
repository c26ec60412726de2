import { splitFolds } from '../dataset/split.ts';
import type { Split } from '../dataset/split.ts';
import type { Episode } from '../record/episode.ts';
import { ForesightError } from '../util/error.ts';

/** `splitFolds`. Throws `bad-data` with fewer than two sessions to learn from. */
export function sessionFolds(episodes: readonly Episode[], folds: number): Split[] {
  const splits = splitFolds(episodes, folds);
  if (splits.length > 1) return splits;
  throw new ForesightError(
    'bad-data',
    'All episodes to learn from are of one session, so there is no other to score a model on. Record more sessions.',
  );
}
