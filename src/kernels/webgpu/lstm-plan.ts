import { networkGraph } from '../../network/graph.ts';
import { columnsAt, RecordedPass } from './record-pass.ts';
import { stateLayout } from './state-layout.ts';
import type { Tuning } from './tuning.ts';
import { weightGradientsProgram } from './weight-gradients.ts';
import type { Program } from './wgsl.ts';

/** I and H. */
type LstmSizes = Readonly<Record<'inputs' | 'units', number>>;

/** Programs of a single LSTM layer, which work in the arena of a pass. */
export interface LstmPlan extends Record<
  'project' | 'forward' | 'backward' | 'dInput' | 'gradients',
  Program
> {
  /** Elements of the arena for each place. */
  readonly width: number;
  /** Columns of the arena where the hidden states [N, H] and the gradient of the input [N, I] begin. */
  readonly hidden: number;
  readonly dX: number;
  /** Elements of the gradient: [I, 4H], [H, 4H] and [4H] twice. In `weights` the transposed matrices follow. */
  readonly length: number;
}

const made = new Map<string, LstmPlan>();

/** The programs of a shape; repeated calls return the same ones. */
export function lstmPlan({ inputs, units }: LstmSizes, tuning: Tuning): LstmPlan {
  const key = JSON.stringify([inputs, units, tuning]);
  let plan = made.get(key);
  if (!plan) made.set(key, (plan = make({ inputs, units }, tuning)));
  return plan;
}

/** What a network records whose only layer it is, with neither embeddings nor heads. */
function make({ inputs, units }: LstmSizes, tuning: Tuning): LstmPlan {
  const sizes = { units, features: inputs, embeddings: [], actions: 0, timeBins: 0, values: 0 };
  const graph = networkGraph({ cell: 'lstm', layers: 1, ...sizes });
  const state = stateLayout(graph);
  const pass = new RecordedPass(state, { batch: { parts: new Map() }, tuning });
  const [layer] = graph.branches[0].layers;
  const x = columnsAt(0, inputs, 'x');
  const dOut = columnsAt(0, units, 'upper');
  const hidden = pass.layer(layer, x);
  const dX = pass.layerBackward(layer, { x, dOut, dX: null, needed: true })!;
  const [project, forward, backward, dInput] = pass.programs;
  const { length } = state.weights;
  const gradients = weightGradientsProgram({ jobs: pass.jobs, length, l1: 0, l2: 0, tuning });
  const programs = { project, forward, backward, dInput, gradients };
  return { ...programs, width: pass.width, hidden: hidden.first, dX: dX.first, length };
}
