import { Rival } from '../npc/rival.ts';
import type { Foresight } from '../npc/rival.ts';
import { createRace, createTrack, DECISION_TICKS, NO_CONTROLS, stepRace } from '../rules/index.ts';
import type { Controls, Race, RaceEvent, Racer } from '../rules/index.ts';

const TICK_MS = 1000 / 60;
/** Most ticks in one frame: after a long pause (a hidden tab) the race continues without catching up. */
const MOST_TICKS = 6;
/** Ticks of red lights at the start. */
export const LIGHTS = 120;

/** The start: the rival stands a little ahead. */
const GRID = [
  { along: -10, offset: 2.2 },
  { along: -2, offset: -2.2, power: 0.93 },
];

export interface DriveLoopOptions {
  readonly track: number;
  readonly withRival: boolean;
}

export interface DriveLoopHooks {
  /** The player's controls at this tick. */
  readonly read: () => Controls;
  /** The prediction of the player, for the rival; null when there is none. */
  readonly foresight: () => Foresight | null;
  /** Called at the end of each of the player's decisions. */
  readonly decided: () => void;
  readonly ticked: () => void;
  readonly event: (event: RaceEvent) => void;
}

/** Runs the rules at 60 ticks per second, whatever the frame rate. */
export class DriveLoop {
  readonly race: Race;
  /** Ticks until the lights are green. */
  lights = LIGHTS;
  controls: readonly Controls[] = [];
  readonly #hooks: DriveLoopHooks;
  readonly #rival: Rival | null;
  #left = 0;

  constructor(seed: number, options: DriveLoopOptions, hooks: DriveLoopHooks) {
    const { track, withRival } = options;
    this.#hooks = hooks;
    this.race = createRace(createTrack(track), withRival ? GRID : GRID.slice(0, 1));
    this.#rival = withRival ? new Rival({ index: 1, against: 0, seed }) : null;
  }

  get player(): Racer {
    return this.race.racers[0];
  }

  get rival(): Racer | null {
    return this.race.racers[1] ?? null;
  }

  /** Drives on for `ms` milliseconds. */
  advance(ms: number): void {
    this.#left = Math.min(this.#left + ms, MOST_TICKS * TICK_MS);
    // Screens at 60 Hz give 16.6 or 16.7 ms: half a millisecond of slack keeps one tick per frame.
    while (this.#left >= TICK_MS - 0.5) {
      this.#left -= TICK_MS;
      this.#tick();
    }
  }

  #tick(): void {
    if (this.lights > 0) {
      this.lights--;
      return;
    }
    const { race } = this;
    const { read, foresight, decided, ticked, event } = this.#hooks;
    const mine = read();
    this.controls = [mine, this.#rival?.drive(race, foresight()) ?? NO_CONTROLS];
    const events = stepRace(race, this.controls.slice(0, race.racers.length));
    ticked();
    for (const one of events) event(one);
    if (race.tick % DECISION_TICKS === 0) decided();
  }
}
