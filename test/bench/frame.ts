import { benchDemoFrames } from './demo/demo-frames.ts';
import type { DemoFrameOptions, DemoFrameReport } from './demo/demo-frames.ts';
import type { Lab, PageContestant } from './lab/lab.ts';
import { TICK_PARTS } from './tick-parts.ts';
import type { TickPart } from './tick-parts.ts';
import { describeMachine } from './lab/machine.ts';
import { PREDICTION_SIZE } from './predict.ts';
import { race } from './race.ts';
import type { RaceOptions } from './race.ts';
import { significant } from './statistics.ts';

/** Observations of each character in a second. */
const TICK_RATE = 20;
const CROWDS = [1, 20, 200];

export interface TickRow {
  readonly characters: number;
  /** What is measured: recording and predicting, or one of the two. */
  readonly part: TickPart;
  /** Microseconds for all of them once. */
  readonly usPerTick: number;
  /** Quartiles of the rounds. */
  readonly spread: readonly [number, number];
  /** Share of the main thread at 20 observations a second, in percent. */
  readonly mainThreadPercent: number;
}

export interface FrameReport {
  readonly machine: string;
  readonly ticksPerSecond: number;
  /** Recorder and Predictor of the core, a network of the default size, a step at every tick. */
  readonly ticks: readonly TickRow[];
  readonly demo: DemoFrameReport;
}

export interface FrameOptions {
  readonly race: RaceOptions;
  readonly demo: DemoFrameOptions;
}

/** What recording, predicting and training cost the thread that draws the game. */
export async function benchFrames(lab: Lab, options: FrameOptions): Promise<FrameReport> {
  return {
    machine: describeMachine(lab.browserVersion),
    ticksPerSecond: TICK_RATE,
    ticks: await benchTicks(lab, options.race),
    demo: await benchDemoFrames(lab.browser, options.demo),
  };
}

async function benchTicks(lab: Lab, options: RaceOptions): Promise<readonly TickRow[]> {
  const ready: PageContestant[] = [];
  for (const characters of CROWDS) {
    console.error(`frame: ticks of ${characters} characters`);
    for (const part of TICK_PARTS) {
      const request = { work: 'tick', engine: part, size: PREDICTION_SIZE, characters } as const;
      ready.push({ ...(await lab.open(request)), engine: `${characters} ${part}` });
    }
  }
  const times = await race(ready, { maxRuns: 20_000, ...options });
  for (const contestant of ready) await contestant.close();
  return times.map(({ engine, ms, from, to }) => ({
    characters: Number(engine.split(' ')[0]),
    part: TICK_PARTS.find((part) => engine.endsWith(part)) ?? 'both',
    usPerTick: significant(1000 * ms),
    spread: [significant(1000 * from), significant(1000 * to)],
    // In a second, TICK_RATE * ms of 1000 ms.
    mainThreadPercent: significant((ms * TICK_RATE) / 10, 3),
  }));
}
