import type { Checkpoint } from '../model/checkpoint.ts';
import { checkEpisodes } from '../record/check-episodes.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { createBaselines } from './baselines.ts';
import { modelPredictor } from './model-predictor.ts';
import { Scorer } from './scorer.ts';
import type { Scores } from './scorer.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/** One predictor's scores. */
export interface EvaluationRow extends Scores {
  readonly name: string;
}

/** Several predictors, all scored on exactly the same steps. */
export interface EvaluationReport {
  /** Number of steps that every row was scored on. */
  readonly predictions: number;
  /**
   * Which steps those are. `all`: each step but an episode's first. `changes`: of these, the ones
   * whose action differs from the one before; so for `everyTicks` data, where repeating the last
   * action looks excellent and says nothing.
   */
  readonly scored: 'all' | 'changes';
  readonly rows: readonly EvaluationRow[];
}

export interface EvaluationOptions {
  /** What the baselines are fitted on, one array of action indices per episode; the checkpoint's own training actions unless given. */
  readonly baselineActions?: readonly ArrayLike<number>[];
}

/**
 * Scores a checkpoint and the baselines on `episodes`: rows majority, repeat-last, ngram-1 to
 * ngram-4, ngram-2-adaptive, model. A step is predicted from the steps before it in its episode.
 * The model is frozen; the adaptive row learns a step only after it was scored and goes on from
 * episode to episode, in the order given.
 *
 * Throws `bad-data` when there is nothing to fit the baselines on, nothing to score, or an episode
 * does not fit the checkpoint's spec. Whether the model was trained on the episodes is the caller's
 * business: see `leaveOutTrained`.
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
      'There are no actions to fit the baselines on: the checkpoint carries none. Give some as baselineActions (in the command: --baseline-data <files>).',
    );
  const actions = spec.action.actions.length;
  for (const sequence of training)
    for (let i = 0; i < sequence.length; i++)
      if (!(sequence[i] < actions))
        throw new ForesightError(
          'bad-data',
          `The baseline data has action ${sequence[i]}, but "${spec.name}" has actions 0 to ${actions - 1}. Give data of the same spec.`,
        );
  return scorePredictors(spec, episodes, [
    ...createBaselines(actions, training),
    modelPredictor(checkpoint),
  ]);
}

/**
 * Scores any predictors on the same steps, one row each, in their order. Throws `bad-data` for
 * episodes that do not fit the spec or have nothing to score.
 */
export function scorePredictors(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  predictors: readonly SequencePredictor[],
): EvaluationReport {
  checkEpisodes(spec, episodes);
  const scored = spec.sampling.kind === 'everyTicks' ? 'changes' : 'all';
  const scorers = predictors.map(() => new Scorer());
  const probabilities = new Float64Array(spec.action.actions.length);
  for (const [row, predictor] of predictors.entries())
    for (const episode of episodes)
      scoreEpisode(episode, { predictor, scorer: scorers[row], probabilities, scored });
  const predictions = scorers[0]?.count ?? 0;
  if (!predictions)
    throw new ForesightError(
      'bad-data',
      `There is nothing to score in ${episodes.length} episode${episodes.length === 1 ? '' : 's'}. Give at least one with two ${scored === 'changes' ? 'different actions' : 'steps'}.`,
    );
  const rows = predictors.map(({ name }, row) => ({ name, ...scorers[row].scores() }));
  return { predictions, scored, rows };
}

interface Scoring {
  readonly predictor: SequencePredictor;
  readonly scorer: Scorer;
  readonly probabilities: Float64Array;
  readonly scored: 'all' | 'changes';
}

function scoreEpisode(
  { length, ticks, actions, columns }: Episode,
  { predictor, scorer, probabilities, scored }: Scoring,
): void {
  predictor.reset();
  let guess: number | undefined;
  for (let i = 0; i < length; i++) {
    if (i && (scored === 'all' || actions[i] !== actions[i - 1]))
      scorer.add(probabilities, actions[i], guess);
    // A row of its own for each step: a predictor may keep what it is handed.
    const values = Float32Array.from(columns, (column) => column[i]);
    guess =
      predictor.next({ tick: ticks[i], action: actions[i], values }, probabilities) ?? undefined;
  }
}
