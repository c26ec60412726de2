import type { Checkpoint } from '../../../src/core.ts';
import { bootstrapInterval, mean } from '../../common/interval.ts';
import type { Interval } from '../../common/interval.ts';
import type { Habits } from '../rules/drivers/habits.ts';
import { NAMED_DRIVERS } from '../rules/drivers/habits.ts';
import { createRandom, TICK_RATE } from '../rules/index.ts';
import { HELD_OUT_TRACKS, trackOf } from './school.ts';
import { DRIVER, driveStint } from './stint.ts';

/** The rival's task: stay ahead of a faster car, or pass a slower one. */
export type Task = 'block' | 'overtake';

export interface RaceRow {
  readonly driver: string;
  readonly task: Task;
  /** Share of the time that the rival is ahead, means over races. */
  readonly withPredictions: number;
  readonly without: number;
  /** 95 % interval of the difference, over pairs of races from the same seed. */
  readonly interval: Interval;
  readonly difference: number;
}

export interface RacesOptions {
  readonly checkpoint: Checkpoint;
  /** Pairs of races of each driver and task. */
  readonly races: number;
  readonly seconds?: number;
}

/** Power of the slower car, and metres between them at the start. */
const SLOWER = 0.8;
const APART = 9;
const SPEED = 14;
/** First seed of races that were not used to tune the rival. */
const FIRST_SEED = 20_000;

interface OneRace {
  readonly checkpoint: Checkpoint;
  readonly habits: Habits;
  readonly seed: number;
  readonly task: Task;
  readonly seconds: number;
  readonly rivalForesees: boolean;
}

/** Share of the time that the rival is ahead. */
async function race({ habits, seed, task, seconds, ...rest }: OneRace): Promise<number> {
  const random = createRandom(seed);
  const track = trackOf(HELD_OUT_TRACKS[seed % HELD_OUT_TRACKS.length]);
  const along = random() * track.length;
  const isBlock = task === 'block';
  let [ahead, ticks] = [0, 0];
  await driveStint({
    ...rest,
    session: 'race',
    id: `race:${seed}`,
    habits,
    seed,
    track,
    ticks: seconds * TICK_RATE,
    grid: { along, offset: 4 * random() - 2, speed: SPEED, power: isBlock ? 1 : SLOWER },
    rival: {
      along: along + (isBlock ? APART : -APART),
      speed: SPEED,
      power: isBlock ? SLOWER : 1,
    },
    ticked: ({ racers }) => {
      ticks++;
      if (racers[1].progress > racers[DRIVER].progress) ahead++;
    },
  });
  return ahead / ticks;
}

/** Races every named driver with and without predictions, from the same seeds; then all together. */
export async function raceRows({
  checkpoint,
  races,
  seconds = 30,
}: RacesOptions): Promise<RaceRow[]> {
  const rows: RaceRow[] = [];
  if (!races) return rows;
  for (const task of ['block', 'overtake'] as const) {
    const all: Pairs = { driver: 'all', task, withShares: [], withoutShares: [] };
    for (const [driver, habits] of Object.entries(NAMED_DRIVERS)) {
      const [withShares, withoutShares]: [number[], number[]] = [[], []];
      for (let seed = 1; seed <= races; seed++) {
        const one = { checkpoint, habits, seed: FIRST_SEED + seed, task, seconds };
        withShares.push(await race({ ...one, rivalForesees: true }));
        withoutShares.push(await race({ ...one, rivalForesees: false }));
      }
      rows.push(rowOf({ driver, task, withShares, withoutShares }));
      all.withShares.push(...withShares);
      all.withoutShares.push(...withoutShares);
    }
    rows.push(rowOf(all));
  }
  return rows;
}

interface Pairs {
  readonly driver: string;
  readonly task: Task;
  /** Shares of the time ahead, by race. */
  readonly withShares: number[];
  readonly withoutShares: number[];
}

function rowOf({ driver, task, withShares, withoutShares }: Pairs): RaceRow {
  const differences = withShares.map((share, i) => share - withoutShares[i]);
  return {
    driver,
    task,
    withPredictions: mean(withShares),
    without: mean(withoutShares),
    difference: mean(differences),
    interval: bootstrapInterval(differences),
  };
}
