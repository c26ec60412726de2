import type { Controls } from './controls.ts';
import { RobotRun, TICK_RATE } from './run.ts';
import type { RunOptions } from './run.ts';

/** Chooses controls from the readings of the sensors. Called at every decision. */
export type Drive = (run: RobotRun) => Controls;

/** Distances from the middle to the wall that count as following it without scraping, metres. */
export const BAND: readonly [number, number] = [0.2, 0.8];

/** What counts as having followed the wall. */
export const COMPLETE = { laps: 1, metres: 20, inBand: 0.8 } as const;

export interface TrialOptions extends RunOptions {
  readonly seconds: number;
}

export interface TrialResult {
  readonly hits: number;
  /** Seconds to the first hit, or of the whole trial. */
  readonly secondsToHit: number;
  /** Metres along the walls, and most rounds around one loop. */
  readonly metres: number;
  readonly laps: number;
  /** Mean distance of its middle from the nearest wall, metres. */
  readonly wallDistance: number;
  /** Share of the time that it was within BAND. */
  readonly inBand: number;
  /** No hit, a round or enough metres, and mostly within the band: see COMPLETE. */
  readonly completes: boolean;
}

/** Drives through a room and measures the result. */
export function runTrial({ seconds, ...options }: TrialOptions, drive: Drive): TrialResult {
  const run = new RobotRun(options);
  const ticks = Math.round(seconds * TICK_RATE);
  let secondsToHit = seconds;
  let sum = 0;
  let inBand = 0;
  for (let i = 0; i < ticks; i++) {
    if (run.isDecision) run.steer(drive(run));
    run.step();
    if (run.hits && secondsToHit === seconds) secondsToHit = run.seconds;
    sum += run.wallDistance;
    if (run.wallDistance >= BAND[0] && run.wallDistance <= BAND[1]) inBand++;
  }
  const { metres, laps } = run.odometer;
  const share = inBand / ticks;
  return {
    hits: run.hits,
    secondsToHit,
    metres,
    laps,
    wallDistance: sum / ticks,
    inBand: share,
    completes:
      !run.hits && (laps >= COMPLETE.laps || metres >= COMPLETE.metres) && share >= COMPLETE.inBand,
  };
}
