import { Predictor } from '../../../src/core.ts';
import type { Checkpoint, Episode } from '../../../src/core.ts';
import { measureValues, splitBySession } from '../../../src/lab.ts';
import { localBackends } from '../../../src/train/local-engine.ts';
import { train } from '../../../src/train/trainer.ts';
import { RobotDriver } from '../npc/robot-driver.ts';
import { ROBOT_SPEC } from '../robot-spec.ts';
import { recordTeacher } from './record-teacher.ts';

export interface RobotTrainingOptions {
  /** Seed of the training; the rooms always have the seeds from 1 on. */
  readonly seed: number;
  readonly units: number;
  /** Epochs of the last training. The ones before it, of the pilots, are shorter. */
  readonly epochs: number;
  /** Receives lines of progress. */
  readonly log: (line: string) => void;
}

/** Rooms of each round, of which the teacher drives only the first; and seconds in each room. */
const ROUNDS = [40, 20, 20, 20] as const;
const SECONDS = 30;
const SHORT_EPOCHS = 20;
const HELD_OUT = 0.1;

/** Seed of a round's first room. */
const roomSeed = (round: number): number => 1 + round * 1000;

/** Records the teacher's driving, then the teacher's choices while a robot trained so far drives. */
export async function recordRounds(
  options: RobotTrainingOptions,
): Promise<{ episodes: readonly Episode[]; checkpoint: Checkpoint }> {
  const episodes: Episode[] = [];
  let checkpoint: Checkpoint | null = null;
  for (const [round, rooms] of ROUNDS.entries()) {
    const pilot = checkpoint ? new RobotDriver(await Predictor.create(checkpoint)) : undefined;
    const seed = roomSeed(round);
    episodes.push(...(await recordTeacher({ rooms, seed, seconds: SECONDS, pilot })));
    const isLast = round === ROUNDS.length - 1;
    const epochs = isLast ? options.epochs : SHORT_EPOCHS;
    checkpoint = await learn(episodes, { ...options, epochs });
    const { heldOutTop1, values } = checkpoint.metrics;
    options.log(
      `round ${round + 1}: ${episodes.length} episodes, held-out top-1 ${heldOutTop1?.toFixed(3)}, ` +
        `turn off by ${values?.deviations.turn.toFixed(3)} rad/s, speed by ${values?.deviations.speed.toFixed(3)} m/s`,
    );
  }
  if (!checkpoint) throw new Error('There are no rounds.');
  return { episodes, checkpoint };
}

/** Trains a network that predicts the next controls. Its metrics hold its errors in held-out rooms. */
export async function learn(
  episodes: readonly Episode[],
  { seed, units, epochs }: Omit<RobotTrainingOptions, 'log'>,
): Promise<Checkpoint> {
  const run = train({
    spec: ROBOT_SPEC,
    episodes,
    model: { units, timeBins: 0, continuous: ['turn', 'speed'] },
    training: {
      epochs,
      patience: 0,
      dropout: 0,
      fieldDropout: 0.05,
      windowLength: 32,
      heldOutFraction: HELD_OUT,
      seed,
    },
    createBackend: localBackends(),
  });
  for (;;) {
    const progress = await run.next();
    if (!progress.done) continue;
    const { checkpoint } = progress.value;
    const { heldOut } = splitBySession(episodes, { fraction: HELD_OUT, seed });
    const values = measureValues(checkpoint, heldOut, 'held-out') ?? undefined;
    return { ...checkpoint, metrics: { ...checkpoint.metrics, values } };
  }
}
