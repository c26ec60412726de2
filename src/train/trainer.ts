import type { Checkpoint } from '../model/checkpoint.ts';
import type { ModelConfigInput, TrainingConfigInput } from '../model/resolve-config.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import type { CreateBackend } from './backend.ts';
import type { TrainingControl } from './control.ts';
import type { TrainingProgress } from './progress.ts';

export interface TrainOptions {
  readonly spec: CharacterSpec;
  /** Those marked "do not learn" are left out. */
  readonly episodes: readonly Episode[];
  /** Missing parts are the defaults. Ignored with `start`. */
  readonly model?: ModelConfigInput;
  readonly training?: TrainingConfigInput;
  /** Goes on from this checkpoint's weights, statistics and shape instead of from random weights. */
  readonly start?: Checkpoint;
  readonly createBackend: CreateBackend;
  readonly control?: TrainingControl;
  /** Names of the files the episodes came from, for the checkpoint. */
  readonly files?: readonly string[];
}

export interface TrainingOutcome {
  readonly checkpoint: Checkpoint;
  /** True when the run was cancelled; the checkpoint holds the best weights up to then. */
  readonly cancelled: boolean;
}

/** Being written. */
export async function* train(
  _options: TrainOptions,
): AsyncGenerator<TrainingProgress, TrainingOutcome> {
  throw new Error('being written');
}
