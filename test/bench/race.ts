import { median, quantile, significant } from './statistics.ts';
import type { Timing } from './trial.ts';

/** One engine that is ready to be timed, wherever it runs. */
export interface Contestant {
  readonly engine: string;
  /** Runs the work a number of times and times it. */
  time(times: number): Promise<Timing>;
}

export interface RaceOptions {
  /** Timed rounds of each engine. */
  readonly repeats?: number;
  /** Milliseconds that a round should take; short work is repeated within it. */
  readonly roundMs?: number;
  /** Most runs in a round. */
  readonly maxRuns?: number;
  /** Milliseconds an engine may take for all its rounds. A slow one gets fewer rounds, at least 3. */
  readonly budgetMs?: number;
  /** Milliseconds of warm-up before the first round, in which engines compile. */
  readonly warmUpMs?: number;
}

export const RACE_DEFAULTS: Required<RaceOptions> = {
  repeats: 9,
  roundMs: 250,
  maxRuns: 2000,
  budgetMs: 20_000,
  warmUpMs: 600,
};

/** The times of one engine, in milliseconds for one run. */
export interface RaceTime {
  readonly engine: string;
  /** Median over the rounds. */
  readonly ms: number;
  /** Quartiles: between them lies half of the rounds. */
  readonly from: number;
  readonly to: number;
  /** Time of the fastest round, which noise affected least. */
  readonly fastest: number;
  readonly rounds: number;
  readonly runsPerRound: number;
  readonly dispatches: number;
}

/** Runs every engine until it is warm; how many runs fit into a round. */
async function warmUp(
  contestant: Contestant,
  { roundMs, maxRuns, warmUpMs }: Required<RaceOptions>,
) {
  let runs = 1;
  let spent = 0;
  for (;;) {
    const { ms } = await contestant.time(runs);
    spent += ms;
    const fitting = Math.round((roundMs * runs) / Math.max(ms, 1e-3));
    const next = Math.min(maxRuns, Math.max(1, fitting));
    if (spent >= warmUpMs) return { runs: next, runMs: ms / runs };
    // A first run includes compiling and predicts little, so the number of runs grows slowly.
    runs = Math.min(next, runs * 8);
  }
}

/**
 * Times engines side by side: each round runs all of them once, one after the other, so that a
 * machine that gets slower or faster does so for all.
 */
export async function race(
  contestants: readonly Contestant[],
  options: RaceOptions = {},
): Promise<readonly RaceTime[]> {
  const settings = { ...RACE_DEFAULTS, ...options };
  const entries = [];
  for (const contestant of contestants) {
    const { runs, runMs } = await warmUp(contestant, settings);
    const affordable = Math.floor(settings.budgetMs / (runMs * runs));
    const rounds = Math.min(settings.repeats, Math.max(3, affordable));
    entries.push({ contestant, runs, rounds, times: [] as number[], dispatches: 0 });
  }
  const longest = Math.max(0, ...entries.map(({ rounds }) => rounds));
  for (let round = 0; round < longest; round++)
    for (const entry of entries) {
      if (round >= entry.rounds) continue;
      const { ms, dispatches } = await entry.contestant.time(entry.runs);
      entry.times.push(ms / entry.runs);
      entry.dispatches = dispatches / entry.runs;
    }
  return entries.map(({ contestant: { engine }, runs, times, dispatches }) => ({
    engine,
    ms: significant(median(times)),
    from: significant(quantile(times, 0.25)),
    to: significant(quantile(times, 0.75)),
    fastest: significant(Math.min(...times)),
    rounds: times.length,
    runsPerRound: runs,
    dispatches: significant(dispatches),
  }));
}
