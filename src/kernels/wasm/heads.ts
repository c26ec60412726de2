import type { TrainingConfig } from '../../model/config.ts';
import { matchColumn } from '../../network/shape.ts';
import type { NetworkShape } from '../../network/shape.ts';
import type { NetworkLosses } from '../../network/losses.ts';
import type { Packing, WindowBatch } from '../../network/packing.ts';
import type { EngineMatrix, EngineReadout } from '../../network/engine-layout.ts';
import type { BatchPointers } from './batch-memory.ts';
import type { WasmMemory } from './memory.ts';
import { addLinearGradients } from './weight-gradients.ts';
import type { ReadoutPanels, WasmWeights } from './weights.ts';

/** One pass through the heads of one network, over the rows from the first target on. */
export interface HeadRun {
  readonly batch: BatchPointers;
  readonly packing: Packing;
  /** [N, H] the network's last hidden layer. */
  readonly top: number;
  /** [N, O] outputs of the heads with the experts' votes; then their gradient. */
  readonly outputs: number;
  /** First row with a target. */
  readonly from: number;
}

export interface LossRun extends HeadRun {
  readonly mask: WindowBatch['mask'];
  /** Whether the batch has soft targets of the action. */
  readonly soft: boolean;
  readonly lossWeights: TrainingConfig['lossWeights'];
}

/** Index of the first row with a target; N without any. Where only last steps are targets, it is near N. */
export function firstTarget({ places, rows }: Packing, mask: WindowBatch['mask']): number {
  let row = 0;
  while (row < rows && mask[places[row]] === 0) row++;
  return row;
}

export interface HeadsOptions {
  readonly shape: NetworkShape;
  readonly readout: EngineReadout;
  readonly panels: ReadoutPanels;
}

/** The linear heads on top of one network, joined in one matrix, with the experts' votes, and their losses. */
export class Heads {
  readonly #memory: WasmMemory;
  readonly #weights: WasmWeights;
  readonly #units: number;
  readonly #outputs: number;
  readonly #shape: NetworkShape;
  readonly #readout: EngineReadout;
  readonly #panels: ReadoutPanels;

  constructor(memory: WasmMemory, weights: WasmWeights, { shape, readout, panels }: HeadsOptions) {
    this.#memory = memory;
    this.#weights = weights;
    this.#units = readout.units;
    this.#outputs = weights.layout.outputs;
    this.#shape = shape;
    this.#readout = readout;
    this.#panels = panels;
  }

  /** Writes the outputs [N, O]. */
  forward(run: HeadRun): void {
    const { packing, top, from, outputs } = run;
    const [row, outRow] = [4 * this.#units, 4 * this.#outputs];
    this.#memory.kernels.product(
      outputs + from * outRow,
      outRow,
      this.#weights.at(this.#readout.headBias),
      0,
      top + from * row,
      row,
      4,
      this.#panels.head,
      packing.rows - from,
      this.#units,
      this.#outputs,
    );
    this.#mix(run);
  }

  /** Overwrites the outputs, except the gates, with the gradients of the loss. */
  losses({ batch, packing, from, outputs, mask, soft, lossWeights }: LossRun): NetworkLosses {
    const { kernels, doubles } = this.#memory;
    const { action, time, values, unaided } = this.#weights.layout.heads;
    let targets = 0;
    for (let place = 0; place < mask.length; place++) targets += mask[place];
    const mean = 1 / (targets || 1);
    const rows = packing.rows - from;
    const outRow = 4 * this.#outputs;
    const places = batch.places + 4 * from;
    const column = (head: number): number => outputs + from * outRow + 4 * head;
    const result = batch.results >> 3;
    const entropy = (head: typeof action, of: number, weight: number, shares = 0): number => {
      if (!head.size) return 0;
      const logits = column(head.column);
      const scale = weight * mean;
      // prettier-ignore
      kernels.softmaxCrossEntropy(logits, outRow, head.size, rows, places, of, batch.mask, scale, batch.results, shares);
      return doubles[result] * mean;
    };
    const times = entropy(time, batch.timeBins, lossWeights.time);
    let deviation = 0;
    if (values.size) {
      const scale = lossWeights.values * mean;
      // prettier-ignore
      kernels.squaredError(column(values.column), outRow, values.size, rows, places, batch.values, batch.mask, scale, batch.results);
      deviation = doubles[result] * mean;
    }
    const shares = soft ? batch.softActions : 0;
    const unaidedLoss = entropy(unaided, batch.actions, lossWeights.unaided, shares);
    // The last one, since the number of correct guesses is read from its results below.
    const actions = entropy(action, batch.actions, lossWeights.action, shares);
    return {
      loss:
        lossWeights.action * actions +
        lossWeights.time * times +
        lossWeights.values * deviation +
        lossWeights.unaided * unaidedLoss,
      action: actions,
      time: times,
      values: deviation,
      targets,
      correct: action.size ? doubles[result + 1] : 0,
    };
  }

  /**
   * Given the gradients of the outputs, adds those of the heads' weights and writes that of `top`.
   *
   * @param dTop [N, H]
   * @param gradient an array laid out like the weights
   */
  backward(run: HeadRun, dTop: number, gradient: number): void {
    const { batch, packing, top, from } = run;
    const { kernels } = this.#memory;
    const [units, outputs] = [this.#units, this.#outputs];
    const [row, outRow] = [4 * units, 4 * outputs];
    this.#mixBackward(run, gradient);
    this.#memory.clear(dTop, from * units);
    kernels.product(
      dTop + from * row,
      row,
      batch.zeros,
      0,
      run.outputs + from * outRow,
      outRow,
      4,
      this.#panels.transposedHead,
      packing.rows - from,
      outputs,
      units,
    );
    addLinearGradients(this.#memory, {
      from,
      rows: packing.rows,
      panels: batch.panels,
      dOut: run.outputs,
      x: top,
      inputs: units,
      columns: outputs,
      dWeights: this.#weights.at(this.#readout.headWeights, gradient),
      dBias: this.#weights.at(this.#readout.headBias, gradient),
    });
  }

  #mix(run: HeadRun): void {
    const { kernels } = this.#memory;
    for (const mixed of this.#mixed(run)) {
      const { experts, features, size, rows, places, logits, gate, outRow, matches, logs } = mixed;
      const { columns: width } = mixed.weights;
      const weights = this.#weights.at(mixed.weights);
      // prettier-ignore
      kernels.gateMatches(gate, outRow, experts, rows, places, matches, features, width, weights);
      // prettier-ignore
      kernels.mixExperts(logits, gate, outRow, size, experts, rows, places, run.batch.mask, logs);
    }
  }

  /** Overwrites the gates with their gradients. */
  #mixBackward(run: HeadRun, gradient: number): void {
    const { kernels } = this.#memory;
    for (const mixed of this.#mixed(run)) {
      const { experts, features, size, rows, places, logits, gate, outRow, matches, logs } = mixed;
      const { columns: width } = mixed.weights;
      const dWeights = this.#weights.at(mixed.weights, gradient);
      // prettier-ignore
      kernels.mixExpertsBackward(logits, gate, outRow, size, experts, rows, places, run.batch.mask, logs, matches, features, width, dWeights);
    }
  }

  /** The heads that experts vote in. */
  #mixed({ batch, packing, from, outputs }: HeadRun): Mixed[] {
    const { heads } = this.#weights.layout;
    const { gateMatches } = this.#readout;
    const outRow = 4 * this.#outputs;
    const first = outputs + from * outRow;
    const votes = [
      { head: heads.action, gate: heads.gate, weights: gateMatches.gate, logs: batch.experts },
      {
        head: heads.time,
        gate: heads.time_gate,
        weights: gateMatches.time_gate,
        logs: batch.timeExperts,
      },
    ];
    return votes
      .filter(({ head, gate }) => head.size && gate.size)
      .map(({ head, gate, weights, logs }) => ({
        experts: gate.size,
        size: head.size,
        features: 4 * this.#shape.features,
        outRow,
        rows: packing.rows - from,
        places: batch.places + 4 * from,
        logits: first + 4 * head.column,
        gate: first + 4 * gate.column,
        matches: batch.features + 4 * matchColumn(this.#shape),
        weights,
        logs,
      }));
  }
}

/** Pointers and sizes of one head that experts vote in; strides are bytes. */
interface Mixed {
  readonly experts: number;
  readonly size: number;
  readonly features: number;
  readonly outRow: number;
  readonly rows: number;
  readonly places: number;
  readonly logits: number;
  readonly gate: number;
  readonly matches: number;
  readonly weights: EngineMatrix;
  readonly logs: number;
}
