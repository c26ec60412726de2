import type { Checkpoint } from '../model/checkpoint.ts';
import { checkRollout } from '../predict/rollout.ts';
import { checkEpisodes } from '../record/check-episodes.ts';
import { stepAt } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { modelRollouts, rolloutBaselines } from './rollout-predictors.ts';
import type { RolloutPredictor } from './rollout-predictors.ts';
import { RolloutValues } from './rollout-values.ts';
import type { RolloutValueScores } from './rollout-values.ts';
import { Scorer } from './scorer.ts';
import type { Scores } from './scorer.ts';

/** One predictor's scores k steps ahead: a share in [0, 1] and nats, as in `Scores`. */
export interface RolloutRow extends Pick<Scores, 'top1' | 'logLoss'> {
  readonly name: string;
}

/** How well actions were predicted k steps ahead. */
export interface RolloutScores {
  readonly k: number;
  readonly rows: readonly RolloutRow[];
  /** Continuous targets on the same steps; absent for a model without them. */
  readonly values?: readonly RolloutValueScores[];
}

export interface RolloutReport {
  /** Actions that every row was scored on; the same ones for every k. */
  readonly predictions: number;
  /** One in this many of the actions that could be scored is among them. */
  readonly every: number;
  /** k = 1, 2, ... */
  readonly horizons: readonly RolloutScores[];
}

export interface RolloutReportOptions {
  /** Largest k, >= 1. */
  readonly horizon?: number;
  /** Roughly the most actions that are scored, evenly spread over those that could be. */
  readonly predictions?: number;
  /** Paths drawn for each roll-out, >= 1. */
  readonly samples?: number;
  /** The same seed gives the same report. */
  readonly seed?: number;
  /** Data for the baselines; the checkpoint's own training actions unless given. */
  readonly baselineActions?: readonly ArrayLike<number>[];
}

export const ROLLOUT_REPORT_DEFAULTS = {
  horizon: 5,
  predictions: 400,
  samples: 64,
  seed: 1,
} as const;

/**
 * Scores roll-outs: how well is an action predicted 1, 2, ... steps ahead? Rows majority (the
 * frequencies of actions), ngram-2 and ngram-2-adaptive (an n-gram model rolled forward likewise) and
 * model. The actions scored are those of `evaluateCheckpoint` that have enough steps before them in
 * their episode, thinned out evenly; with steps at fixed ticks, these are only the changes of action,
 * each predicted from k steps before. One step ahead each row is that of `evaluateCheckpoint`.
 *
 * Throws `bad-data` when there is nothing to score, for episodes that do not fit the spec, and
 * `bad-config` for a horizon or number of samples below 1.
 */
export function rolloutReport(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  options: RolloutReportOptions = {},
): RolloutReport {
  const { horizon, predictions, samples, seed } = { ...ROLLOUT_REPORT_DEFAULTS, ...options };
  checkRollout({ horizon, samples });
  const { spec, trainedOn, model } = checkpoint;
  checkEpisodes(spec, episodes);
  const eligible = episodes.flatMap((episode) => scoredSteps(spec, episode, horizon));
  const every = Math.max(1, Math.ceil(eligible.length / predictions));
  const chosen = eligible.filter((_, i) => i % every === 0);
  if (!chosen.length)
    throw new ForesightError(
      'bad-data',
      `No action in ${episodes.length} episode${episodes.length === 1 ? '' : 's'} has ${horizon} steps before it, so none can be predicted that far ahead. Give longer episodes or a smaller horizon.`,
    );
  const training = options.baselineActions ?? trainedOn.actions;
  const rows: Row[] = rolloutBaselines(spec.action.actions.length, training, { samples, seed }).map(
    (predictor) => scoreRow(predictor, chosen, { horizon }),
  );
  const own = modelRollouts(checkpoint, { samples, seed });
  const values = model.continuous.length
    ? new RolloutValues(spec, model.continuous, horizon)
    : null;
  rows.push(
    scoreRow(own, chosen, {
      horizon,
      rolled: (from, k) => values?.add(from.episode, from.step, own.steps[k - 1]),
    }),
  );
  return {
    predictions: chosen.length,
    every,
    horizons: Array.from({ length: horizon }, (_, i) => ({
      k: i + 1,
      rows: rows.map(({ name, scorers }) => {
        const { top1, logLoss } = scorers[i].scores();
        return { name, top1, logLoss };
      }),
      ...(values && { values: values.scores(i + 1) }),
    })),
  };
}

/** A step of an episode. */
interface Place {
  readonly episode: Episode;
  readonly step: number;
}

/** Steps whose action can be scored at every k up to `horizon`. */
function scoredSteps(spec: CharacterSpec, episode: Episode, horizon: number): Place[] {
  const onlyChanges = spec.sampling.kind === 'everyTicks';
  const { actions, length } = episode;
  const places: Place[] = [];
  for (let step = horizon; step < length; step++)
    if (!onlyChanges || actions[step] !== actions[step - 1]) places.push({ episode, step });
  return places;
}

interface Row {
  readonly name: string;
  /** By k - 1. */
  readonly scorers: readonly Scorer[];
}

interface ScoreOptions {
  readonly horizon: number;
  /** Called after a roll-out from `from`, of which the k-th step is scored. */
  readonly rolled?: (from: Place, k: number) => void;
}

/** Runs a predictor over all episodes that have chosen steps, and rolls it out before each of them. */
function scoreRow(
  predictor: RolloutPredictor,
  chosen: readonly Place[],
  { horizon, rolled }: ScoreOptions,
): Row {
  const scorers = Array.from({ length: horizon }, () => new Scorer());
  const byEpisode = new Map<Episode, Set<number>>();
  for (const { episode, step } of chosen)
    byEpisode.set(episode, (byEpisode.get(episode) ?? new Set()).add(step));
  for (const [episode, steps] of byEpisode) {
    predictor.reset();
    for (let step = 0; step < episode.length; step++) {
      predictor.next(stepAt(episode, step));
      const ks = scorers.map((_, i) => i + 1).filter((k) => steps.has(step + k));
      if (!ks.length) continue;
      const rows = predictor.rollout(Math.max(...ks));
      for (const k of ks) {
        scorers[k - 1].add(rows[k - 1], episode.actions[step + k]);
        rolled?.({ episode, step }, k);
      }
    }
  }
  return { name: predictor.name, scorers };
}
