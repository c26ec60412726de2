import { expectedLosses, largestDeviation } from './expected-losses.ts';
import type { Biases } from './expected-losses.ts';
import type { Lab, PageContestant } from './lab/lab.ts';
import { describeMachine } from './lab/machine.ts';
import { findTorch, openTorch } from './lab/pytorch.ts';
import type { Torch } from './lab/pytorch.ts';
import { SHAPES, createProblem } from './problem.ts';
import type { Problem, ShapeName } from './problem.ts';
import { race } from './race.ts';
import type { RaceOptions } from './race.ts';
import { reason } from './reason.ts';
import { ratio, significant } from './statistics.ts';
import { readTorchBuild, slowBuildReason, torchLines } from './torch-build.ts';
import type { TorchReport } from './torch-build.ts';
import { CHECKED_UPDATES } from './trial.ts';

/** Relative deviation of a loss from the reference that marks a row as wrong. */
export const TOLERANCE = 1e-3;

interface EngineFacts {
  /** The npm package that has to be installed. */
  readonly needs?: string;
  /** Null for an engine with other maths, whose losses are not compared. */
  readonly biases: Biases | null;
  readonly gpu?: boolean;
  readonly note?: string;
}

const TFJS_WASM = '@tensorflow/tfjs-backend-wasm';
const JAX = '@jax-js/jax';
const UNROLLED = 'jitted, unrolled over time: it has no lax.scan';

/** Every engine that trains, in the order of the table. */
export const TRAINING_ENGINES: Readonly<Record<string, EngineFacts>> = {
  webgpu: { biases: 'two', gpu: true },
  wasm: { biases: 'two' },
  cpu: { biases: 'two', note: 'plain TypeScript' },
  'tfjs-webgpu': { biases: 'one', gpu: true },
  'tfjs-wasm': { biases: 'one', needs: TFJS_WASM },
  'tfjs-cpu': { biases: 'one' },
  'jax-js-webgpu': { biases: 'two', gpu: true, needs: JAX, note: UNROLLED },
  'jax-js-wasm': { biases: 'two', needs: JAX, note: UNROLLED },
  'brain.js': {
    biases: null,
    needs: 'brain.js',
    note: 'not the same work: an update after each window, every step a target, its own optimiser',
  },
  pytorch: { biases: 'two', note: '1 thread, in a process of its own' },
};

export interface TrainRow {
  readonly engine: string;
  /** What it is made of, where that decides how fast it is. */
  readonly build?: string;
  /** Null when it could not be measured, with the reason in `note`. */
  readonly msPerBatch: number | null;
  /** Null without a GPU. */
  readonly dispatchesPerBatch: number | null;
  /** Quartiles of the rounds. */
  readonly spread?: readonly [number, number];
  /** Time of the fastest round, which noise affected least. */
  readonly fastest?: number;
  readonly rounds?: number;
  /** Of the first updates, each before its update. */
  readonly losses?: readonly number[];
  /** Whether they are those of the reference; null where they cannot be compared. */
  readonly agrees?: boolean | null;
  readonly note?: string;
}

export interface TrainShapeReport {
  readonly size: Problem['size'];
  readonly expectedLosses: Readonly<Record<Biases, readonly number[]>>;
  readonly rows: readonly TrainRow[];
  readonly ratios: Readonly<
    Record<'webgpuVsTfjsWebgpu' | 'wasmVsTfjsWasm' | 'wasmVsPyTorch', number | null>
  >;
}

export interface TrainReport {
  readonly machine: string;
  readonly adapter: string | null;
  /** Null where there is none, or it was not wanted. */
  readonly pytorch: TorchReport | null;
  readonly shapes: Readonly<Partial<Record<ShapeName, TrainShapeReport>>>;
}

export interface TrainOptions {
  readonly shapes: readonly ShapeName[];
  readonly engines: readonly string[];
  /** Packages that could not be installed. */
  readonly missing: ReadonlySet<string>;
  readonly race: RaceOptions;
}

/** Times one weight update of every engine on every shape, and checks that all compute the same. */
export async function benchTraining(lab: Lab, options: TrainOptions): Promise<TrainReport> {
  const torch = options.engines.includes('pytorch') ? findTorch() : null;
  if (torch) console.error(torchLines(torch.report).join('\n'));
  const shapes: Partial<Record<ShapeName, TrainShapeReport>> = {};
  for (const name of options.shapes) shapes[name] = await benchShape(lab, name, torch, options);
  return {
    machine: describeMachine(lab.browserVersion),
    adapter: await lab.adapter(),
    pytorch: torch?.report ?? null,
    shapes,
  };
}

const NO_TORCH =
  'no Python with torch; on Debian: apt-get install python3-torch libopenblas0-pthread';

function buildOf(engine: string, torch: Torch | null): Pick<TrainRow, 'build'> {
  if (engine !== 'pytorch' || !torch) return {};
  const { version, blas } = readTorchBuild(torch.report);
  return { build: `${version}, ${blas}` };
}

async function benchShape(
  lab: Lab,
  name: ShapeName,
  torch: Torch | null,
  { engines, missing, race: raceOptions }: TrainOptions,
): Promise<TrainShapeReport> {
  const problem = createProblem(SHAPES[name]);
  const expected = {
    one: expectedLosses(problem, CHECKED_UPDATES, 'one'),
    two: expectedLosses(problem, CHECKED_UPDATES, 'two'),
  };
  const open = async (engine: string): Promise<PageContestant> => {
    const { needs } = TRAINING_ENGINES[engine];
    if (needs && missing.has(needs)) throw new Error(`${needs} could not be installed`);
    if (engine !== 'pytorch') return lab.open({ work: 'train', engine, size: problem.size });
    if (!torch) throw new Error(NO_TORCH);
    const build = readTorchBuild(torch.report);
    // A ratio to a slow BLAS would be unfair.
    if (!build.fast) throw new Error(slowBuildReason(build));
    return openTorch(torch.python, problem);
  };
  const rows = new Map<string, TrainRow>();
  const ready: PageContestant[] = [];
  for (const engine of engines) {
    console.error(`train ${name}: ${engine}`);
    const { biases, note } = TRAINING_ENGINES[engine];
    const base = { engine, ...buildOf(engine, torch), msPerBatch: null, dispatchesPerBatch: null };
    try {
      const contestant = await open(engine);
      ready.push(contestant);
      const losses = contestant.checked.map((loss) => significant(loss, 7));
      const deviation = biases ? largestDeviation(contestant.checked, expected[biases]) : 0;
      const agrees = biases ? deviation <= TOLERANCE : null;
      rows.set(engine, {
        ...base,
        losses,
        agrees,
        note: agrees === false ? `its losses are wrong by ${significant(deviation, 2)}` : note,
      });
    } catch (error) {
      rows.set(engine, { ...base, note: reason(error) });
    }
  }
  console.error(`train ${name}: timing ${ready.length} engines in turns`);
  const times = await race(ready, raceOptions);
  for (const { engine, ms, from, to, fastest, rounds, dispatches } of times) {
    const row = rows.get(engine);
    if (!row) continue;
    rows.set(engine, {
      ...row,
      msPerBatch: ms,
      dispatchesPerBatch: TRAINING_ENGINES[engine].gpu ? dispatches : null,
      spread: [from, to],
      fastest,
      rounds,
    });
  }
  for (const contestant of ready) await contestant.close();
  // A row whose losses are wrong did other work, so its time is not compared.
  const msOf = (engine: string): number | null => {
    const row = rows.get(engine);
    return row?.agrees === false ? null : (row?.msPerBatch ?? null);
  };
  return {
    size: problem.size,
    expectedLosses: expected,
    rows: [...rows.values()],
    ratios: {
      webgpuVsTfjsWebgpu: ratio(msOf('tfjs-webgpu'), msOf('webgpu')),
      wasmVsTfjsWasm: ratio(msOf('tfjs-wasm'), msOf('wasm')),
      wasmVsPyTorch: ratio(msOf('pytorch'), msOf('wasm')),
    },
  };
}
