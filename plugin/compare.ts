import { Predictor, stepAt } from '../src/core.ts';
import type { Checkpoint, Episode } from '../src/core.ts';

/** Milliseconds of predicting between two breaks that leave the game its time. */
const SLICE_MS = 3;
/** Probability below which a guess is not punished further: one surprise must not decide. */
const FLOOR = 1e-4;

export interface CompareOptions {
  /** Steps looked at, at most; the newest ones. */
  readonly maxSteps?: number;
  /** Stops early when true; the result is then NaN. */
  readonly stopped?: () => boolean;
}

export const COMPARE_DEFAULTS: Required<CompareOptions> = {
  maxSteps: 1500,
  stopped: () => false,
};

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Mean next-action log-loss, in nats, over the newest steps of `episodes`: how two checkpoints are
 * compared before one replaces the other. Runs on the main thread in short slices, so that it needs
 * no worker. NaN when there is nothing to predict.
 */
export async function meanLogLoss(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  options: CompareOptions = {},
): Promise<number> {
  const { maxSteps, stopped } = { ...COMPARE_DEFAULTS, ...options };
  const predictor = new Predictor(checkpoint);
  let loss = 0;
  let count = 0;
  let begun = performance.now();
  for (let e = episodes.length - 1; e >= 0 && count < maxSteps; e--) {
    const episode = episodes[e];
    for (let i = 0; i + 1 < episode.length; i++) {
      const { probabilities } = predictor.observe('compared', stepAt(episode, i));
      const probability = probabilities[episode.actions[i + 1]];
      // NaN, from weights that diverged, counts as the worst guess.
      loss -= Math.log(probability > FLOOR ? probability : FLOOR);
      count++;
      if (performance.now() - begun < SLICE_MS) continue;
      await breathe();
      if (stopped()) return NaN;
      begun = performance.now();
    }
    predictor.reset('compared');
  }
  return count ? loss / count : NaN;
}
