import type { Checkpoint } from '../../../src/core.ts';
import type { Habits } from '../rules/drivers/habits.ts';
import { inventHabits, NAMED_DRIVERS } from '../rules/drivers/habits.ts';
import { HELD_OUT_TRACKS, SCHOOL_TRACKS, trackOf } from './school.ts';
import { ErrorSums, measureStint, MODEL_ROW } from './measure.ts';

/** A row of the table: mean distance one second ahead, metres. */
export interface ErrorRow {
  readonly drivers: string;
  readonly positions: number;
  readonly errors: Readonly<Record<string, number>>;
  /** Error of the model, as a share of that of constant velocity. */
  readonly ratio: number;
  /** Share of positions inside the ring that the game draws around the prediction. */
  readonly within: number;
}

export interface HeldOutOptions {
  readonly checkpoint: Checkpoint;
  /** Seconds of every stint; a lap takes about 30. */
  readonly seconds: number;
  readonly tracks?: readonly number[];
}

const rowOf = (drivers: string, sums: ErrorSums): ErrorRow => ({
  drivers,
  positions: sums.count,
  errors: sums.means,
  within: sums.within,
  ratio: sums.means[MODEL_ROW] / sums.means['constant velocity'],
});

interface DriverRun {
  readonly name: string;
  readonly habits: Habits;
  readonly seed: number;
  readonly withRival: boolean;
  readonly tracks: readonly number[];
}

async function measure(
  { checkpoint, seconds }: HeldOutOptions,
  { name, habits, seed, withRival, tracks }: DriverRun,
): Promise<ErrorSums> {
  const sums = new ErrorSums();
  for (const one of tracks) {
    const stint = {
      session: name,
      id: `${name}:${one}`,
      habits,
      seed: seed * 101 + one,
      track: trackOf(one),
      ticks: seconds * 60,
      checkpoint,
      ...(withRival && { rival: { along: 10, power: 0.9 }, rivalForesees: false }),
    };
    sums.include(await measureStint(stint));
  }
  return sums;
}

/**
 * Rows for every named driver on held-out tracks (the model was trained on neither), for all of them
 * together, for all of them with a rival, and for training drivers and tracks on new laps.
 */
export async function heldOutRows(options: HeldOutOptions): Promise<ErrorRow[]> {
  const tracks = options.tracks ?? HELD_OUT_TRACKS;
  const rows: ErrorRow[] = [];
  const [alone, raced, schooled] = [new ErrorSums(), new ErrorSums(), new ErrorSums()];
  for (const [i, [name, habits]] of Object.entries(NAMED_DRIVERS).entries()) {
    const run = { name, habits, seed: 50_000 + i, tracks };
    const sums = await measure(options, { ...run, withRival: false });
    alone.include(sums);
    rows.push(rowOf(name, sums));
    raced.include(await measure(options, { ...run, withRival: true }));
  }
  for (let driver = 1; driver <= Object.keys(NAMED_DRIVERS).length; driver++)
    schooled.include(
      await measure(options, {
        name: `driver:${driver}`,
        habits: inventHabits(driver),
        seed: 90_000 + driver,
        tracks: SCHOOL_TRACKS.slice(0, tracks.length),
        withRival: false,
      }),
    );
  rows.unshift(rowOf('new drivers, new tracks', alone));
  rows.push(rowOf('the same with a rival near', raced));
  rows.push(rowOf('known drivers and tracks, new laps', schooled));
  return rows;
}
