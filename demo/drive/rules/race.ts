import type { Car } from './car.ts';
import { createCar, stepCar } from './car.ts';
import { collide } from './contact.ts';
import type { Controls } from './controls.ts';
import type { Place } from './place.ts';
import { gapAlong, isGrass, locate, poseAt } from './place.ts';
import { ThrottleHeld } from './throttle-held.ts';
import type { Track } from './track.ts';

/** A car in a race. */
export interface Racer {
  readonly car: Car;
  place: Place;
  /** Metres driven along the track since the start line; negative before it. */
  progress: number;
  /** Whole laps driven. */
  laps: number;
  /** Tick at which the current lap began. */
  lapBegan: number;
  /** Ticks of each lap driven. */
  readonly lapTicks: number[];
  readonly throttle: ThrottleHeld;
  /** Share of the engine's power. */
  readonly power: number;
  onGrass: boolean;
}

/** The whole state of a race. */
export interface Race {
  readonly track: Track;
  readonly racers: readonly Racer[];
  tick: number;
}

/** Controls of a racer's last decision: the steering at its end, and its mean throttle. */
export const controlsOf = ({ car, throttle }: Racer): Controls => ({
  steering: car.wheel,
  throttle: throttle.mean,
});

/** The start of a racer. */
export interface Grid {
  /** Metres along the track, from the start line. */
  readonly along: number;
  readonly offset?: number;
  /** m/s. */
  readonly speed?: number;
  readonly power?: number;
}

export type RaceEvent =
  | { readonly kind: 'lap'; readonly racer: number; readonly ticks: number }
  | { readonly kind: 'contact'; readonly speed: number }
  /** The car was far off the track and was put back on it. */
  | { readonly kind: 'rescued'; readonly racer: number };

/** Distance from the centre line beyond which a car is put back, metres. */
const LOST = 22;

export function createRace(track: Track, grid: readonly Grid[]): Race {
  return { track, tick: 0, racers: grid.map((one) => createRacer(track, one)) };
}

function createRacer(track: Track, { along, offset = 0, speed = 0, power = 1 }: Grid): Racer {
  const { x, y, heading } = poseAt(track, { along, offset });
  return {
    car: createCar(x, y, heading, speed),
    place: locate(track, x, y),
    progress: along,
    laps: 0,
    lapBegan: 0,
    lapTicks: [],
    throttle: new ThrottleHeld(),
    power,
    onGrass: false,
  };
}

/** One tick of a race; `controls` has one entry for each racer. */
export function stepRace(race: Race, controls: readonly Controls[]): RaceEvent[] {
  const { racers } = race;
  const events: RaceEvent[] = [];
  race.tick++;
  racers.forEach((racer, i) => {
    racer.throttle.add(controls[i].throttle);
    stepCar(racer.car, controls[i], racer);
  });
  for (let i = 0; i < racers.length; i++)
    for (let j = i + 1; j < racers.length; j++) {
      const speed = collide(racers[i].car, racers[j].car);
      if (speed > 0) events.push({ kind: 'contact', speed });
    }
  racers.forEach((racer, i) => follow(race, racer, i, events));
  return events;
}

/** Updates a racer's place, progress and laps. */
function follow(race: Race, racer: Racer, index: number, events: RaceEvent[]): void {
  const { track, tick } = race;
  const { car } = racer;
  const place = locate(track, car.x, car.y, racer.place.along);
  racer.progress += gapAlong(track, racer.place.along, place.along);
  racer.place = place;
  if (Math.abs(place.offset) > LOST) {
    const { x, y, heading } = poseAt(track, { along: place.along, offset: 0 });
    Object.assign(car, createCar(x, y, heading));
    racer.place = { along: place.along, offset: 0 };
    events.push({ kind: 'rescued', racer: index });
  }
  racer.onGrass = isGrass(track, racer.place);
  if (racer.progress < (racer.laps + 1) * track.length) return;
  const ticks = tick - racer.lapBegan;
  racer.laps++;
  racer.lapBegan = tick;
  racer.lapTicks.push(ticks);
  events.push({ kind: 'lap', racer: index, ticks });
}
