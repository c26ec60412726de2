import type { Checkpoint } from '../model/checkpoint.ts';
import { checkEpisodes } from '../record/check-episodes.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { Replay } from '../train/replay.ts';
import { ForesightError } from '../util/error.ts';
import { createBaselines } from './baselines.ts';
import { categoryBaselines } from './category-ngram.ts';
import { buildReport } from './build-report.ts';
import { choiceIndices } from './choices.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import { modelRows } from './model-rows.ts';
import { RowTally } from './row-tally.ts';
import type { SequencePredictor } from './sequence-predictor.ts';
import { timingReport } from './timing.ts';
import type { TimeCounts } from './timing.ts';

export type { EvaluationReport, EvaluationRow } from './evaluation-report.ts';

/** How far scoring is: rows are scored one after the other, each on all steps. */
export interface ScoringProgress {
  /** Name of the row. */
  readonly row: string;
  /** Steps done in this row. */
  readonly step: number;
  /** Steps of each row. */
  readonly steps: number;
}

export interface ScoringOptions {
  /** Called after each step of each row; where threads score, now and then, for several rows by turns. */
  readonly onProgress?: (progress: ScoringProgress) => void;
  /** Actions that are also scored separately; the choices of the spec unless given. */
  readonly choices?: readonly string[];
  /** Upper edges, ticks, of the bins of time that the predictors use. None unless given. */
  readonly timeEdges?: readonly number[];
  /** Data for the baselines of time. Without it time is not scored. */
  readonly times?: TimeCounts;
}

export interface EvaluationOptions extends Pick<
  ScoringOptions,
  'choices' | 'times' | 'onProgress'
> {
  /** Data for the baselines, one array of action indices per episode; the checkpoint's own training actions unless given. */
  readonly baselineActions?: readonly ArrayLike<number>[];
  /** The same data as whole episodes, for the baselines that see observations. Without it there are none. */
  readonly baselineEpisodes?: readonly Episode[];
  /** Older sessions, possibly none, that the row model-adaptive mixes in while it learns. Without it there is no such row. */
  readonly replay?: Replay;
  /** The rows that are about the checkpoint, where they have been made already. @internal */
  readonly rows?: readonly SequencePredictor[];
}

/**
 * Scores a checkpoint and the baselines on `episodes`: rows majority, repeat-last, ngram-1 to
 * ngram-4, ngram-2-adaptive, ngram-category and ngram-category-adaptive (see `categoryBaselines`), ngram-mix
 * (the model's experts without its network), model, model-adaptive. A step is predicted from the steps before it in its episode. The model is frozen except
 * for its experts' counts of the current player. Adaptive rows and ngram-mix learn a step only after it
 * was scored, and keep what they learned from episode to episode, in the order given.
 *
 * Throws `bad-data` when there is nothing to fit the baselines on, nothing to score, or an episode
 * does not fit the checkpoint's spec. The caller leaves out episodes that the model was trained on, see
 * `leaveOutTrained`.
 */
export function evaluateCheckpoint(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  options: EvaluationOptions = {},
): EvaluationReport {
  const { spec, trainedOn } = checkpoint;
  const training = options.baselineActions ?? trainedOn.actions;
  if (!training.some((actions) => actions.length))
    throw new ForesightError(
      'bad-data',
      'There are no actions to fit the baselines on: the checkpoint holds none. Give some as baselineActions (in the command: --baseline-data <files>).',
    );
  const actions = spec.action.actions.length;
  for (const sequence of training)
    for (let i = 0; i < sequence.length; i++)
      if (!(sequence[i] < actions))
        throw new ForesightError(
          'bad-data',
          `The baseline data has action ${sequence[i]}, but "${spec.name}" has actions 0 to ${actions - 1}. Give data of the same spec.`,
        );
  const { timeEdges, timeCounts } = checkpoint.statistics;
  return scorePredictors(
    spec,
    episodes,
    [
      ...createBaselines(actions, training),
      ...categoryBaselines(spec, options.baselineEpisodes ?? []),
      ...(options.rows ?? modelRows(checkpoint, options.replay)),
    ],
    {
      choices: options.choices,
      times: options.times ?? (timeCounts && { from: 'model', counts: timeCounts }),
      timeEdges,
      onProgress: options.onProgress,
    },
  );
}

/**
 * Scores any predictors on the same steps, one row each, in their order. Each is run over the
 * episodes once. Throws `bad-data` for episodes that do not fit the spec or have nothing to score,
 * and `unknown-action` for a choice that is not an action.
 */
export function scorePredictors(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  predictors: readonly SequencePredictor[],
  options: ScoringOptions = {},
): EvaluationReport {
  const choices = choiceIndices(spec, options.choices);
  checkEpisodes(spec, episodes);
  const scored = spec.sampling.kind === 'everyTicks' ? 'changes' : 'all';
  // With steps at fixed ticks the time to the next one is always the same.
  const times = scored === 'all' ? options.times : undefined;
  const timeEdges = (times && options.timeEdges) ?? [];
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  const tallies = predictors.map((predictor) => {
    const row = predictor.name;
    const tally = new RowTally(row, { spec, scored, choices, timeEdges });
    let step = 0;
    const onStep = (): void => options.onProgress?.({ row, step: ++step, steps });
    for (const episode of episodes) tally.run(predictor, episode, onStep);
    return tally;
  });
  if (!tallies[0]?.all.count)
    throw new ForesightError(
      'bad-data',
      `There is nothing to score in ${episodes.length} episode${episodes.length === 1 ? '' : 's'}. Give at least one with two ${scored === 'changes' ? 'different actions' : 'steps'}.`,
    );
  const timing = times && timingReport(episodes, tallies, { edges: timeEdges, times });
  return { ...buildReport(spec, scored, tallies), ...(timing && { timing }) };
}
