import type { Checkpoint } from '../../../src/core.ts';
import type { OnlineOptions } from '../../../src/lab.ts';
import { bootstrapInterval, mean } from '../../common/interval.ts';
import type { Interval } from '../../common/interval.ts';
import { foresee } from '../foresee.ts';
import type { Point } from '../guesses.ts';
import { inventHabits, NAMED_DRIVERS } from '../rules/drivers/habits.ts';
import type { Habits } from '../rules/drivers/habits.ts';
import { TICK_RATE } from '../rules/index.ts';
import { HELD_OUT_TRACKS, trackOf } from './school.ts';
import { DRIVER, driveStint } from './stint.ts';

/** Seconds of play before the errors are measured, and while they are. */
export const PLAYED = 60;
export const MEASURED = 60;

/** A driver whom the model was not trained on. */
export interface NewDriver {
  readonly name: string;
  readonly habits: Habits;
  readonly seed: number;
}

/** First seed of invented drivers; those of the training are below. */
const FIRST_SEED = 70_000;

/** The named drivers, then invented ones. */
export function newDrivers(count: number, seed: number): NewDriver[] {
  const named = Object.entries(NAMED_DRIVERS);
  return Array.from({ length: count }, (_, i) => {
    const own = FIRST_SEED + seed * 1000 + i;
    const [name, habits] = named[i] ?? [`driver:${own}`, inventHabits(own)];
    return { name, habits, seed: own };
  });
}

export interface AdaptOptions {
  readonly checkpoint: Checkpoint;
  readonly learning: OnlineOptions;
}

/** Mean distances one second ahead after a minute of play, metres. */
export interface AdaptRow {
  readonly driver: string;
  readonly learning: number;
  readonly frozen: number;
}

/** Measures a driver on a held-out track, once with a model that learns from the drive and once with a frozen one. */
export async function measureDriver(
  { name, habits, seed }: NewDriver,
  { checkpoint, learning }: AdaptOptions,
): Promise<AdaptRow> {
  const track = trackOf(HELD_OUT_TRACKS[seed % HELD_OUT_TRACKS.length]);
  const errorOf = async (learns: boolean): Promise<number> => {
    const errors: number[] = [];
    const waiting: { readonly tick: number; readonly expected: Point }[] = [];
    await driveStint({
      session: name,
      id: name,
      habits,
      seed,
      track,
      ticks: (PLAYED + MEASURED) * TICK_RATE,
      checkpoint,
      ...(learns && { learning }),
      ticked: ({ tick, racers }) => {
        const { x, y } = racers[DRIVER].car;
        while (waiting.length && waiting[0].tick <= tick) {
          const { expected } = waiting.shift()!;
          errors.push(Math.hypot(expected.x - x, expected.y - y));
        }
      },
      decided: (race, simulate) => {
        if (race.tick < PLAYED * TICK_RATE) return;
        const expected = foresee(race, DRIVER, simulate).at(-1)!;
        waiting.push({ tick: race.tick + TICK_RATE, expected });
      },
    });
    return mean(errors);
  };
  return { driver: name, learning: await errorOf(true), frozen: await errorOf(false) };
}

/** By how much learning lowers the error, 0 to 1 of the frozen model's, with its 95 % interval over the drivers. */
export function gainOf(rows: readonly AdaptRow[]): Interval & { readonly gain: number } {
  const gains = rows.map(({ learning, frozen }) => 1 - learning / frozen);
  return { gain: mean(gains), ...bootstrapInterval(gains) };
}
