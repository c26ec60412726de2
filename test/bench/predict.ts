import { expectedLogits } from './expected-logits.ts';
import type { Lab, PageContestant } from './lab/lab.ts';
import { describeMachine } from './lab/machine.ts';
import { createProblem } from './problem.ts';
import type { ProblemSize } from './problem.ts';
import { race } from './race.ts';
import type { RaceOptions } from './race.ts';
import { reason } from './reason.ts';
import { ratio, significant } from './statistics.ts';

/** One character at a time, one LSTM layer, a head of actions. Only engines without a state get a window. */
export const PREDICTION_SIZE: ProblemSize = {
  batchSize: 1,
  windowLength: 32,
  features: 32,
  units: 64,
  layers: 1,
  classes: 16,
};

/** Largest deviation of a logit from the reference. */
const TOLERANCE = 1e-4;

interface EngineFacts {
  /** The npm package that has to be installed. */
  readonly needs?: string;
  readonly note?: string;
}

/** Every engine that predicts, in the order of the table. */
export const PREDICTION_ENGINES: Readonly<Record<string, EngineFacts>> = {
  wasm: {},
  cpu: { note: 'plain TypeScript' },
  'tfjs-wasm-window': {
    needs: '@tensorflow/tfjs-backend-wasm',
    note: 'tf.layers predict of a whole window of 32 steps for each prediction',
  },
  'onnxruntime-web': { needs: 'onnxruntime-web', note: 'wasm, 1 thread; its run() is a promise' },
  'jax-js-wasm': { needs: '@jax-js/jax', note: 'jitted step' },
};

export interface PredictRow {
  readonly engine: string;
  /** Microseconds; null when it could not be measured, with the reason in `note`. */
  readonly usPerStep: number | null;
  /** Quartiles of the rounds. */
  readonly spread?: readonly [number, number];
  /** Time of the fastest round, which noise affected least. */
  readonly fastest?: number;
  readonly rounds?: number;
  /** Whether the logits after 32 steps are those of the reference. */
  readonly agrees?: boolean;
  readonly note?: string;
}

export interface PredictReport {
  readonly machine: string;
  readonly size: ProblemSize;
  readonly rows: readonly PredictRow[];
  readonly ratios: Readonly<Record<'wasmVsOnnxruntimeWeb' | 'wasmVsTfjsWasmWindow', number | null>>;
}

export interface PredictOptions {
  readonly engines: readonly string[];
  /** Packages that could not be installed. */
  readonly missing: ReadonlySet<string>;
  readonly race: RaceOptions;
}

/** Times one prediction of every engine, and checks that all predict the same. */
export async function benchPrediction(
  lab: Lab,
  { engines, missing, race: options }: PredictOptions,
): Promise<PredictReport> {
  const expected = expectedLogits(createProblem(PREDICTION_SIZE));
  const rows = new Map<string, PredictRow>();
  const ready: PageContestant[] = [];
  for (const engine of engines) {
    console.error(`predict: ${engine}`);
    const { needs, note } = PREDICTION_ENGINES[engine];
    try {
      if (needs && missing.has(needs)) throw new Error(`${needs} could not be installed`);
      const contestant = await lab.open({ work: 'predict', engine, size: PREDICTION_SIZE });
      ready.push(contestant);
      const deviation = largestDifference(contestant.checked, expected);
      const agrees = deviation <= TOLERANCE;
      const wrong = `its logits are wrong by ${significant(deviation, 2)}`;
      rows.set(engine, { engine, usPerStep: null, agrees, note: agrees ? note : wrong });
    } catch (error) {
      rows.set(engine, { engine, usPerStep: null, note: reason(error) });
    }
  }
  console.error(`predict: timing ${ready.length} engines in turns`);
  for (const time of await race(ready, { maxRuns: 500_000, ...options })) {
    const row = rows.get(time.engine);
    const us = (ms: number): number => significant(1000 * ms);
    if (row)
      rows.set(time.engine, {
        ...row,
        usPerStep: us(time.ms),
        spread: [us(time.from), us(time.to)],
        fastest: us(time.fastest),
        rounds: time.rounds,
      });
  }
  for (const contestant of ready) await contestant.close();
  const usOf = (engine: string): number | null => {
    const row = rows.get(engine);
    return row?.agrees ? row.usPerStep : null;
  };
  return {
    machine: describeMachine(lab.browserVersion),
    size: PREDICTION_SIZE,
    rows: [...rows.values()],
    ratios: {
      wasmVsOnnxruntimeWeb: ratio(usOf('onnxruntime-web'), usOf('wasm')),
      wasmVsTfjsWasmWindow: ratio(usOf('tfjs-wasm-window'), usOf('wasm')),
    },
  };
}

/** Infinity when one is no number or missing. */
function largestDifference(found: readonly number[], expected: readonly number[]): number {
  const differences = expected.map((value, i) => Math.abs(found[i] - value));
  return differences.every(Number.isFinite) ? Math.max(0, ...differences) : Infinity;
}
