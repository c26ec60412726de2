import type { Episode } from '../../../src/core.ts';
import { inventHabits } from '../rules/drivers/habits.ts';
import { createRandom, createTrack } from '../rules/index.ts';
import type { Track } from '../rules/index.ts';
import { driveStint } from './stint.ts';

/** Tracks to train on, and held-out tracks. */
export const SCHOOL_TRACKS: readonly number[] = Array.from({ length: 24 }, (_, i) => 101 + i);
export const HELD_OUT_TRACKS: readonly number[] = [901, 902, 903, 904];

const known = new Map<number, Track>();

/** The track of a seed, created once. */
export function trackOf(seed: number): Track {
  let track = known.get(seed);
  if (!track) known.set(seed, (track = createTrack(seed)));
  return track;
}

export interface SchoolOptions {
  /** Seeds of the drivers, one session each. */
  readonly drivers: readonly number[];
  /** Stints of each, every one on another track. */
  readonly stints: number;
  readonly seconds: number;
}

/** Records invented drivers, half of them with a rival near. */
export async function recordSchool(options: SchoolOptions): Promise<Episode[]> {
  const episodes: Episode[] = [];
  for (const driver of options.drivers) {
    const random = createRandom(driver * 31 + 5);
    const habits = inventHabits(driver);
    for (let stint = 0; stint < options.stints; stint++) {
      const seed = SCHOOL_TRACKS[Math.floor(random() * SCHOOL_TRACKS.length)];
      const track = trackOf(seed);
      const along = random() * track.length;
      const ahead = (random() < 0.7 ? 1 : -1) * (6 + 12 * random());
      // Some begin at rest and some in the grass, as players do too.
      const speed = random() < 0.25 ? 0 : 8 + 8 * random();
      const reach = random() < 0.15 ? 20 : 6;
      episodes.push(
        await driveStint({
          session: `driver:${driver}`,
          id: `driver:${driver}:${stint}`,
          habits,
          seed: driver * 1000 + stint,
          track,
          ticks: options.seconds * 60,
          grid: { along, offset: reach * (random() - 0.5), speed },
          ...(stint % 2 && {
            rival: {
              along: along + ahead,
              offset: 6 * random() - 3,
              speed,
              power: 0.8 + 0.25 * random(),
            },
          }),
        }),
      );
    }
  }
  return episodes;
}
