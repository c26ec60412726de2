import {
  Predictor,
  Recorder,
  simulate as simulateSteps,
  stepFromMoment,
} from '../../../src/core.ts';
import type { Checkpoint, Episode } from '../../../src/core.ts';
import type { OnlineOptions } from '../../../src/lab.ts';
import { LocalLearner } from '../../../src/train/local-learner.ts';
import { DRIVE_SPEC } from '../drive-spec.ts';
import { foresee } from '../foresee.ts';
import type { Doubt, Simulate } from '../foresee.ts';
import { Rival, RIVAL_HABITS } from '../npc/rival.ts';
import type { Foresight } from '../npc/rival.ts';
import { Driver } from '../rules/drivers/driver.ts';
import type { Habits } from '../rules/drivers/habits.ts';
import { controlsOf, createRace, nameControls, observeRacer, stepRace } from '../rules/index.ts';
import type { Grid, Race, Track } from '../rules/index.ts';

export interface StintOptions {
  /** Name of the session: all stints of a driver share it. */
  readonly session: string;
  readonly id: string;
  readonly habits: Habits;
  readonly seed: number;
  readonly track: Track;
  readonly ticks: number;
  /** Where the driver begins; default: at rest on the start line. */
  readonly grid?: Grid;
  /** Where the rival begins; without it the driver is alone. */
  readonly rival?: Grid;
  /** Whether the rival receives the predictions. Default true. */
  readonly rivalForesees?: boolean;
  /** The model that predicts the driver; without it nothing is predicted. */
  readonly checkpoint?: Checkpoint;
  /** How the model learns from the driver meanwhile; without it the model is frozen. */
  readonly learning?: OnlineOptions;
  /** Called after every decision, before the next tick. */
  readonly decided?: (race: Race, simulate: Simulate, deviations: Doubt) => void;
  /** Called after every tick. */
  readonly ticked?: (race: Race) => void;
}

/** Index of the driver among the racers; the rival is 1. */
export const DRIVER = 0;

/** One drive of an invented driver, recorded as the game would. */
export async function driveStint(options: StintOptions): Promise<Episode> {
  const { habits, seed, track, ticks, grid = { along: 0 }, rival: rivalGrid } = options;
  const { checkpoint, rivalForesees = true } = options;
  const race = createRace(track, rivalGrid ? [grid, rivalGrid] : [grid]);
  const driver = new Driver({ habits, seed });
  const rival = rivalGrid
    ? new Rival({ index: 1, against: DRIVER, seed: seed + 77, habits: RIVAL_HABITS })
    : null;
  const recorder = new Recorder({ spec: DRIVE_SPEC, session: options.session });
  recorder.begin('driver', { id: options.id });
  const predictor = checkpoint ? await Predictor.create(checkpoint) : null;
  const learner =
    checkpoint && options.learning
      ? new LocalLearner(checkpoint, { episodes: [] }, options.learning)
      : null;
  const simulate: Simulate = (next) => {
    if (!predictor) return;
    simulateSteps(predictor, 'driver', (predicted) => {
      const moment = next(predicted);
      return moment && stepFromMoment(DRIVE_SPEC, moment);
    });
  };
  let foresight: Foresight | null = null;
  for (let tick = 0; tick < ticks; tick++) {
    const controls = [driver.drive(race, DRIVER)];
    if (rival) controls.push(rival.drive(race, foresight));
    stepRace(race, controls);
    options.ticked?.(race);
    if (!isDecision(race)) continue;
    const step = recorder.sample('driver', {
      tick: race.tick,
      action: nameControls(controlsOf(race.racers[DRIVER])),
      observation: observeRacer(race, DRIVER),
    });
    if (!step) continue;
    predictor?.observe('driver', step);
    const weights = learner?.observe('driver', step, predictor!.experts('driver'));
    if (weights) predictor!.swap({ ...predictor!.checkpoint, weights });
    if (rival && predictor && rivalForesees)
      foresight = { tick: race.tick, points: foresee(race, DRIVER, simulate) };
    const { steering = 0, throttle = 0 } = predictor?.prediction('driver')?.deviations ?? {};
    options.decided?.(race, simulate, { steering, throttle });
  }
  return recorder.end('driver', 'truncated', race.tick);
}

/** Whether the driver's next step falls on this tick; the recorder drops any other moment. */
const isDecision = ({ tick }: Race): boolean => tick % 10 === 0;
