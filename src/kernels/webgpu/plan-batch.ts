import { BatchPass } from '../../network/batch-pass.ts';
import type { WindowBatch } from '../../network/packing.ts';
import type { UpdateRules } from '../../network/update-rules.ts';
import { BatchColumns } from './pack-batch.ts';
import type { BatchKind } from './pack-batch.ts';
import { later, RecordedPass } from './record-pass.ts';
import type { Columns } from './record-pass.ts';
import type { StateLayout } from './state-layout.ts';
import type { Tuning } from './tuning.ts';
import { updateProgram } from './update.ts';
import { weightGradientsProgram } from './weight-gradients.ts';
import type { Program } from './wgsl.ts';

/** What is computed of batches of one kind, whatever their size. */
export interface Plan {
  readonly columns: BatchColumns;
  /** The programs that write into the arena, which has so many elements for each place. */
  readonly pass: readonly Program[];
  readonly width: number;
  /** Where the pass leaves the sums of losses: of each branch, or of the prediction. */
  readonly losses: readonly Columns[];
  /** Computes the gradient from the arena; changes the state by it, and logs the losses. Only for training. */
  readonly gradients: Program;
  readonly update: Program;
}

export interface PlanOptions {
  readonly state: StateLayout;
  readonly training: UpdateRules;
  readonly tuning: Tuning;
  readonly kind: BatchKind & {
    /** Whether the losses are those of the prediction, without a gradient. */
    readonly evaluate: boolean;
  };
}

/** Makes the programs for all batches like this one. */
export function planBatch(batch: WindowBatch, options: PlanOptions): Plan {
  const { state, training, tuning, kind } = options;
  const { graph, length } = state.weights;
  const { lossWeights, l1, l2 } = training;
  const columns = new BatchColumns(graph, kind);
  const recorded = new RecordedPass(state, { batch: columns, tuning });
  const pass = new BatchPass(recorded);
  const losses = kind.evaluate
    ? [pass.evaluate(batch, lossWeights)]
    : pass.run(batch, { lossWeights, backward: true });
  const { programs, jobs, width } = recorded;
  const gradients = weightGradientsProgram({ jobs, length, l1, l2, tuning });
  const sums = losses.map((one) => later(one));
  const update = updateProgram({ state, rules: training, gradients, sums, tuning });
  return { columns, pass: programs, width, losses, gradients, update };
}
