import type { Checkpoint } from '../model/checkpoint.ts';
import { withoutSequences } from '../model/without-sequences.ts';
import { Predictor } from '../predict/predictor.ts';
import { stepAt } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';

/** Lower bound of a scored probability: a single surprise must not decide the comparison. */
const FLOOR = 1e-4;

export interface MeanLogLossOptions {
  /** Most steps used; the newest ones. */
  readonly maxSteps?: number;
  /** Awaited after each episode and every 64 steps, so that other work can run in between. */
  readonly breathe?: () => Promise<void>;
}

const MEAN_LOG_LOSS_DEFAULTS: Required<MeanLogLossOptions> = {
  maxSteps: 1500,
  breathe: () => Promise.resolve(),
};

/**
 * Mean next-action log-loss, in nats, over the newest steps of `episodes` (oldest first). Used to
 * compare two checkpoints before one replaces the other. NaN when there is nothing to predict.
 */
export async function meanLogLoss(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  options: MeanLogLossOptions = {},
): Promise<number> {
  const { maxSteps, breathe } = { ...MEAN_LOG_LOSS_DEFAULTS, ...options };
  // The steps may be among those that one of the two was trained on.
  const predictor = await Predictor.create(withoutSequences(checkpoint));
  let loss = 0;
  let count = 0;
  for (const episode of newestOf(episodes, maxSteps)) {
    for (let i = 0; i + 1 < episode.length; i++) {
      const { probabilities } = predictor.observe('compared', stepAt(episode, i));
      count++;
      const probability = probabilities[episode.actions[i + 1]];
      // NaN, from weights that diverged, counts as the worst guess.
      loss -= Math.log(probability > FLOOR ? probability : FLOOR);
      if (count % 64 === 0) await breathe();
    }
    predictor.reset('compared');
    await breathe();
  }
  return count ? loss / count : NaN;
}

/** The last episodes that together have that many steps to predict, oldest first. */
function newestOf(episodes: readonly Episode[], steps: number): readonly Episode[] {
  let from = episodes.length;
  for (let left = steps; from > 0 && left > 0; from--)
    left -= Math.max(0, episodes[from - 1].length - 1);
  return episodes.slice(from);
}
