import { Predictor, stepFromMoment } from '../../../src/core.ts';
import type { Checkpoint } from '../../../src/core.ts';
import { createBaselines } from '../../../src/lab.ts';
import type { SequencePredictor } from '../../../src/lab.ts';
import { RobotDriver } from '../npc/robot-driver.ts';
import { ROBOT_SPEC } from '../robot-spec.ts';
import {
  ACTION_CONTROLS,
  ROBOT_ACTIONS,
  ROOM_FAMILIES,
  createRoom,
  observe,
  runTrial,
  teach,
} from '../rules/index.ts';
import type { Drive, TrialResult } from '../rules/index.ts';

/** First seed of rooms for tests; the recorded rooms have seeds from 1 on. */
export const UNSEEN_SEED = 100_000;

export interface TrialsOptions {
  /** Number of rooms, of all families in turn. */
  readonly rooms: number;
  readonly seed?: number;
  /** Starts in each room. */
  readonly starts?: number;
  readonly seconds?: number;
}

/** One row of the table: means over all trials, or counts. */
export interface TrialsRow {
  readonly driver: string;
  readonly trials: number;
  /** Shares of the trials without a hit, and of those that also followed the wall (`COMPLETE`). */
  readonly withoutHit: number;
  readonly completed: number;
  readonly hits: number;
  readonly secondsToHit: number;
  /** Metres along the wall, and rounds. */
  readonly metres: number;
  readonly laps: number;
  /** Metres from the middle to the nearest wall, and share of the time within `BAND`. */
  readonly wallDistance: number;
  readonly inBand: number;
}

/** A driver, created again for every trial. */
export interface Driver {
  readonly name: string;
  readonly begin: () => Drive;
}

export const teacherDriver: Driver = {
  name: 'teacher',
  begin: () => (run) => teach(run.ranges),
};

/** Drivers by the predicted controls, and by the predicted action. */
export function modelDrivers(checkpoint: Checkpoint): Promise<Driver[]> {
  const drivers = (['values', 'action'] as const).map(async (by): Promise<Driver> => {
    const driver = new RobotDriver(await Predictor.create(checkpoint), by);
    return {
      name: by === 'values' ? 'model' : 'model, actions only',
      begin: () => {
        driver.reset();
        return (run) => driver.drive(run);
      },
    };
  });
  return Promise.all(drivers);
}

/** Baselines that know only the recorded actions and those of the current run. */
export function baselineDrivers(recorded: readonly Uint16Array[]): Driver[] {
  const names = ['majority', 'repeat-last', 'ngram-2', 'ngram-4'];
  return createBaselines(ROBOT_ACTIONS.length, recorded)
    .filter(({ name }) => names.includes(name))
    .map((baseline) => ({ name: baseline.name, begin: () => blindDrive(baseline) }));
}

function blindDrive(baseline: SequencePredictor): Drive {
  const probabilities = new Float64Array(ROBOT_ACTIONS.length);
  baseline.reset();
  return (run) => {
    const { tick, action } = run;
    const step = stepFromMoment(ROBOT_SPEC, { tick, action, observation: observe(run) });
    const guess = baseline.next(step, probabilities);
    const index = guess ?? probabilities.indexOf(Math.max(...probabilities));
    return ACTION_CONTROLS[ROBOT_ACTIONS[index]];
  };
}

/** Runs each driver in the same rooms, from the same starts, with the same noise. */
export function runTrials(drivers: readonly Driver[], options: TrialsOptions): TrialsRow[] {
  const { rooms, seed = UNSEEN_SEED, starts = 1, seconds = 60 } = options;
  return drivers.map(({ name, begin }) => {
    const results: TrialResult[] = [];
    for (let i = 0; i < rooms; i++) {
      const room = createRoom(seed + i, ROOM_FAMILIES[i % ROOM_FAMILIES.length]);
      for (let start = 0; start < starts; start++)
        results.push(runTrial({ room, seed: seed + i + start * 7919, seconds }, begin()));
    }
    return summarise(name, results);
  });
}

function summarise(driver: string, results: readonly TrialResult[]): TrialsRow {
  const mean = (value: (result: TrialResult) => number): number =>
    results.reduce((sum, result) => sum + value(result), 0) / results.length;
  return {
    driver,
    trials: results.length,
    withoutHit: mean(({ hits }) => Number(!hits)),
    completed: mean(({ completes }) => Number(completes)),
    hits: results.reduce((sum, { hits }) => sum + hits, 0),
    secondsToHit: mean(({ secondsToHit }) => secondsToHit),
    metres: mean(({ metres }) => metres),
    laps: mean(({ laps }) => laps),
    wallDistance: mean(({ wallDistance }) => wallDistance),
    inBand: mean(({ inBand }) => inBand),
  };
}
