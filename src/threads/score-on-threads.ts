import { evaluateCheckpoint } from '../evaluate/evaluate.ts';
import type { EvaluationOptions, EvaluationReport } from '../evaluate/evaluate.ts';
import { MODEL_ROWS } from '../evaluate/model-rows.ts';
import { playBack } from '../evaluate/recorded-row.ts';
import type { SequencePredictor } from '../evaluate/sequence-predictor.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { checkEpisodes } from '../record/check-episodes.ts';
import type { Episode } from '../record/episode.ts';
import { replayOf } from '../train/replay.ts';
import { isWorthThreads } from './split-backend.ts';
import type { ThreadPool } from './thread-pool.ts';

export interface ThreadedEvaluation extends Omit<EvaluationOptions, 'replay' | 'rows'> {
  readonly pool: ThreadPool;
  /** What the model was trained on, possibly none, for the row that keeps learning. Without it there is no such row. */
  readonly older: readonly Episode[] | undefined;
}

/** Steps that the row that keeps learning trains on at each step that it predicts. */
const LEARNED_STEPS = 144;

/**
 * `evaluateCheckpoint`, with the rows of the model on a thread each where there is enough to do. A row that
 * learns does so from step to step, so that it cannot be split. The report is the same for every number of
 * threads.
 */
export async function scoreOnThreads(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
  { pool, older, onProgress, ...options }: ThreadedEvaluation,
): Promise<EvaluationReport> {
  checkEpisodes(checkpoint.spec, episodes);
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  if (pool.size < 2 || !isWorthThreads(checkpoint.weights.length, LEARNED_STEPS * steps))
    return evaluateCheckpoint(checkpoint, episodes, {
      ...options,
      onProgress,
      replay: older && replayOf(checkpoint, older),
    });
  // The row that keeps learning takes longest, and begins first.
  const made = MODEL_ROWS.filter((name) => older || name !== 'model-adaptive')
    .reverse()
    .map((row) =>
      pool.run('row', { name: row, checkpoint, older: older ?? [], episodes }, (done) =>
        onProgress?.({ row, step: Math.round(done * steps), steps }),
      ),
    );
  const rows = (await Promise.all(made))
    .reverse()
    .flatMap((row): SequencePredictor[] => (row ? [playBack(row)] : []));
  return evaluateCheckpoint(checkpoint, episodes, { ...options, rows });
}
