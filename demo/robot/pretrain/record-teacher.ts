import { Recorder } from '../../../src/core.ts';
import type { Episode } from '../../../src/core.ts';
import { ROBOT_SPEC } from '../robot-spec.ts';
import type { RobotDriver } from '../npc/robot-driver.ts';
import {
  LEAD_ASTRAY,
  STANDING,
  actionOf,
  ROOM_FAMILIES,
  RobotRun,
  TICK_RATE,
  createRoom,
  observe,
  teach,
} from '../rules/index.ts';
import type { Controls } from '../rules/index.ts';

export interface RecordOptions {
  /** Number of rooms, of all families in turn; an episode in each. */
  readonly rooms: number;
  /** Seed of the first room; the next rooms have the next seeds. */
  readonly seed: number;
  readonly seconds: number;
  /** Drives instead of the teacher, whose choices are still recorded. Default: the teacher drives. */
  readonly pilot?: RobotDriver;
}

/**
 * Records the teacher's choices in rooms of all families, on wheels that lead the robot astray. The
 * recording has the teacher's choices, not what wheels or pilot did. With a pilot trained on them
 * this is DAgger (Ross, Gordon and Bagnell, "A Reduction of Imitation Learning and Structured
 * Prediction to No-Regret Online Learning", AISTATS 2011).
 */
export async function recordTeacher({
  rooms,
  seed,
  seconds,
  pilot,
}: RecordOptions): Promise<Episode[]> {
  const episodes: Episode[] = [];
  for (let i = 0; i < rooms; i++) {
    const family = ROOM_FAMILIES[i % ROOM_FAMILIES.length];
    const room = createRoom(seed + i, family);
    const session = `room:${seed + i}`;
    const recorder = new Recorder({ spec: ROBOT_SPEC, session });
    const run = new RobotRun({ room, seed: seed + i, disturbance: LEAD_ASTRAY });
    recorder.begin('robot', { id: session, meta: { driver: pilot ? 'model' : 'teacher', family } });
    pilot?.reset();
    let wanted: Controls = STANDING;
    while (run.tick < seconds * TICK_RATE) {
      if (run.isDecision) {
        const observation = { ...observe(run), ...wanted };
        recorder.sample('robot', { tick: run.tick, action: actionOf(wanted), observation });
        wanted = teach(run.ranges);
        run.steer(pilot?.drive(run) ?? wanted);
      }
      run.step();
    }
    episodes.push(await recorder.end('robot', 'truncated', run.tick));
  }
  return episodes;
}
