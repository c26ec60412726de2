import { MODEL_ROWS, modelRow } from '../evaluate/model-rows.ts';
import type { ModelRowName } from '../evaluate/model-rows.ts';
import { recordRow } from '../evaluate/recorded-row.ts';
import type { RecordedRow } from '../evaluate/recorded-row.ts';
import type { Batch } from '../dataset/batch.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { Episode } from '../record/episode.ts';
import { localBackends } from '../train/local-engine.ts';
import type { LocalEngineChoice } from '../train/local-engine.ts';
import type { RunOptions } from '../train/prepare.ts';
import { replayOf } from '../train/replay.ts';
import { train } from '../train/trainer.ts';
import { TrainingPart } from './training-part.ts';
import type { PartConnection, PartOptions, PartStep } from './training-part.ts';

export interface RowInput {
  readonly name: ModelRowName;
  readonly checkpoint: Checkpoint;
  /** What the model was trained on, for the row that keeps learning; possibly none. */
  readonly older: readonly Episode[];
  readonly episodes: readonly Episode[];
}

export interface FoldInput extends RunOptions {
  readonly engine: LocalEngineChoice;
  readonly heldOut: readonly Episode[];
}

export interface TrainedFold {
  readonly checkpoint: Checkpoint;
  /** The rows of `heldOut`. */
  readonly rows: readonly RecordedRow[];
}

/** Is given the share of a task that is done, in (0, 1]. */
export type ReportDone = (done: number) => void;

/** One row of a report; null where the checkpoint has no such row. */
function rowOf(
  { name, checkpoint, older, episodes }: RowInput,
  report: ReportDone = () => {},
): RecordedRow | null {
  const replay = name === 'model-adaptive' ? replayOf(checkpoint, older) : undefined;
  const predictor = modelRow(name, checkpoint, replay);
  if (!predictor) return null;
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  let step = 0;
  let hundredths = 0;
  return recordRow(predictor, episodes, {
    actions: checkpoint.spec.action.actions.length,
    onStep() {
      const reached = Math.floor((100 * ++step) / steps);
      if (reached > hundredths) report((hundredths = reached) / 100);
    },
  });
}

/** The part of a training run that this thread computes. */
let part: TrainingPart | null = null;

function openPart(): TrainingPart {
  if (part) return part;
  throw new Error('this thread has no part of a training run');
}

/** Everything that a thread does for others. Inputs and outputs are copied, except shared memory. */
export const TASKS = {
  /** Trains a model, and has it predict other episodes. */
  async fold(
    { engine, heldOut, ...options }: FoldInput,
    report: ReportDone = () => {},
  ): Promise<TrainedFold> {
    // Training takes about as long as scoring, most of which is the row that keeps learning.
    const run = train({ ...options, createBackend: localBackends(engine) });
    let item = await run.next();
    while (!item.done) {
      const { epoch, epochs, batch, batches } = item.value;
      report((0.5 * (epoch - 1 + batch / batches)) / epochs);
      item = await run.next();
    }
    const { checkpoint } = item.value;
    const input = { checkpoint, older: options.episodes, episodes: heldOut };
    const rows = MODEL_ROWS.flatMap((name) => {
      const isSlow = name === 'model-adaptive';
      return (
        rowOf({ name, ...input }, isSlow ? (done) => report(0.5 + 0.5 * done) : undefined) ?? []
      );
    });
    return { checkpoint, rows };
  },
  row: (input: RowInput, report?: ReportDone) => rowOf(input, report),

  /** Returns the length of a gradient. */
  openPart(options: PartOptions): number {
    part = new TrainingPart(options);
    return part.length;
  },
  connectPart: (connection: PartConnection) => openPart().connect(connection),
  step: (step: PartStep) => openPart().step(step),
  evaluate: (batch: Batch) => openPart().evaluate(batch),
  gradients: (batch: Batch) => openPart().gradients(batch),
  weights: () => openPart().weights,
  closePart(): void {
    part = null;
  },
};

export type TaskName = keyof typeof TASKS;
export type TaskInput<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
