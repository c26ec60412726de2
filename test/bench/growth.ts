import { parameterLayout } from '../../src/network/graph.ts';
import type { Lab, PageContestant } from './lab/lab.ts';
import { describeMachine } from './lab/machine.ts';
import type { TrialRequest } from './page/create-trial.ts';
import { PREDICTION_SIZE } from './predict.ts';
import { createProblem } from './problem.ts';
import type { ProblemSize } from './problem.ts';
import { race } from './race.ts';
import type { RaceOptions } from './race.ts';
import { largestDeviation } from './expected-losses.ts';
import { reason } from './reason.ts';
import { significant } from './statistics.ts';

/** The fixed sizes while one size grows. */
const BASE: ProblemSize = {
  batchSize: 32,
  windowLength: 16,
  features: 32,
  units: 64,
  layers: 1,
  classes: 16,
};

/** Relative deviation between two engines that marks one as wrong. */
const TOLERANCE = 1e-3;

/** What grows, through which sizes, and how much work a size is. */
interface Axis {
  readonly name: string;
  readonly work: 'train' | 'crowd';
  readonly sizes: readonly number[];
  request(size: number): Omit<TrialRequest, 'engine' | 'work'>;
  /** Units of work that one run does at this size. */
  units(size: number): number;
}

const AXES: readonly Axis[] = [
  {
    name: 'T',
    work: 'train',
    sizes: [8, 16, 32, 64],
    request: (windowLength) => ({ size: { ...BASE, windowLength } }),
    units: (windowLength) => windowLength,
  },
  {
    name: 'H',
    work: 'train',
    sizes: [16, 32, 64, 128, 256],
    request: (units) => ({ size: { ...BASE, units } }),
    units: (units) => parameterLayout(createProblem({ ...BASE, units }).shape).length,
  },
  {
    name: 'B',
    work: 'train',
    sizes: [8, 32, 128],
    request: (batchSize) => ({ size: { ...BASE, batchSize } }),
    units: (batchSize) => batchSize,
  },
  {
    name: 'characters',
    work: 'crowd',
    sizes: [1, 10, 100, 1000],
    request: (characters) => ({ size: PREDICTION_SIZE, characters }),
    units: (characters) => characters,
  },
];

/** Our engines, by their work. */
const ENGINES: Readonly<Record<Axis['work'], readonly string[]>> = {
  train: ['wasm', 'webgpu', 'cpu'],
  crowd: ['wasm', 'wasm-batched', 'cpu'],
};
export const GROWTH_ENGINES: readonly string[] = [...new Set(Object.values(ENGINES).flat())];

export interface GrowthPoint {
  readonly size: number;
  /** Milliseconds of a batch, or of a step of every character. */
  readonly ms: number;
  /** Microseconds for a unit of the axis: a time step, a weight, a window, a character. */
  readonly usPerUnit: number;
}

export interface GrowthRow {
  /** T, H, B (milliseconds of a training batch) or characters (of their predictions). */
  readonly axis: string;
  readonly engine: string;
  readonly points: readonly GrowthPoint[];
  /** Cost of a unit at the largest size, divided by that at the smallest: 1 is linear, less is better. */
  readonly linearity: number | null;
  /** The power of the size that the time grows with, by least squares over all points. */
  readonly exponent: number | null;
  /** Whether its losses or logits are those of the first engine, at every size. */
  readonly agrees: boolean;
  readonly note?: string;
}

export interface GrowthReport {
  readonly machine: string;
  readonly adapter: string | null;
  readonly base: ProblemSize;
  readonly predictionSize: ProblemSize;
  readonly rows: readonly GrowthRow[];
}

export interface GrowthOptions {
  readonly engines: readonly string[];
  readonly race: RaceOptions;
}

/** Times our engines while one size of the work grows. */
export async function benchGrowth(lab: Lab, options: GrowthOptions): Promise<GrowthReport> {
  const rows: GrowthRow[] = [];
  for (const axis of AXES) rows.push(...(await benchAxis(lab, axis, options)));
  return {
    machine: describeMachine(lab.browserVersion),
    adapter: await lab.adapter(),
    base: BASE,
    predictionSize: PREDICTION_SIZE,
    rows,
  };
}

async function benchAxis(
  lab: Lab,
  axis: Axis,
  { engines, race: options }: GrowthOptions,
): Promise<GrowthRow[]> {
  const rows: GrowthRow[] = [];
  const ready: PageContestant[] = [];
  const mine = ENGINES[axis.work].filter((engine) => engines.includes(engine));
  const notes = new Map<string, string>();
  /** What the first engine gave at each size. */
  const expected = new Map<number, readonly number[]>();
  const wrong = new Set<string>();
  for (const engine of mine)
    try {
      console.error(`growth ${axis.name}: ${engine}`);
      for (const size of axis.sizes) {
        const contestant = await lab.open({ work: axis.work, engine, ...axis.request(size) });
        ready.push({ ...contestant, engine: `${engine} ${size}` });
        const { checked } = contestant;
        if (!expected.has(size)) expected.set(size, checked);
        if (largestDeviation(checked, expected.get(size) ?? []) > TOLERANCE) wrong.add(engine);
      }
    } catch (error) {
      notes.set(engine, reason(error));
    }
  const times = await race(ready, { repeats: 5, budgetMs: 6000, maxRuns: 100_000, ...options });
  for (const contestant of ready) await contestant.close();
  for (const engine of mine) {
    const points = axis.sizes.flatMap((size): GrowthPoint[] => {
      const time = times.find((one) => one.engine === `${engine} ${size}`);
      if (!time) return [];
      return [{ size, ms: time.ms, usPerUnit: significant((1000 * time.ms) / axis.units(size)) }];
    });
    const note = notes.get(engine);
    const agrees = !wrong.has(engine);
    const row = { axis: axis.name, engine, points, ...growthOf(points), agrees };
    rows.push(note ? { ...row, note } : row);
  }
  return rows;
}

/** How the cost of a unit changes along the points, which are sorted by size. */
export function growthOf(
  points: readonly GrowthPoint[],
): Pick<GrowthRow, 'linearity' | 'exponent'> {
  if (points.length < 2) return { linearity: null, exponent: null };
  const first = points[0];
  const last = points[points.length - 1];
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ ms }) => Math.log(ms));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - meanX) * (y[i] - meanY)));
  const variance = mean(x.map((value) => (value - meanX) ** 2));
  return {
    linearity: significant(last.usPerUnit / first.usPerUnit, 3),
    exponent: significant(covariance / variance, 3),
  };
}
