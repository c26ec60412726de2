import { describe, expect, it } from 'vitest';
import { Driver } from '../../../../demo/drive/rules/drivers/driver.ts';
import { inventHabits, NAMED_DRIVERS } from '../../../../demo/drive/rules/drivers/habits.ts';
import type { Habits } from '../../../../demo/drive/rules/drivers/habits.ts';
import {
  createRace,
  createTrack,
  DRIVE_ACTIONS,
  DRIVE_OBSERVATION,
  nameControls,
  observeRacer,
  stepRace,
} from '../../../../demo/drive/rules/index.ts';
import type { Race, RaceEvent } from '../../../../demo/drive/rules/index.ts';

const track = createTrack(202);

function lapsOf(habits: Habits, seconds: number): { race: Race; events: RaceEvent[] } {
  const race = createRace(track, [{ along: -3 }]);
  const driver = new Driver({ habits, seed: 3 });
  const events: RaceEvent[] = [];
  for (let i = 0; i < seconds * 60; i++) events.push(...stepRace(race, [driver.drive(race, 0)]));
  return { race, events };
}

describe('a race', () => {
  it('is deterministic', () => {
    const play = (): unknown => lapsOf(NAMED_DRIVERS.sloppy, 20).race.racers[0].car;
    expect(play()).toEqual(play());
  });

  it('counts laps and their times', () => {
    const { race, events } = lapsOf(NAMED_DRIVERS.smooth, 75);
    const laps = events.filter((event) => event.kind === 'lap');
    const [racer] = race.racers;
    expect(laps.length).toBeGreaterThanOrEqual(2);
    expect(racer.laps).toBe(laps.length);
    expect(racer.lapTicks).toEqual(laps.map(({ ticks }) => ticks));
    for (const { ticks } of laps) expect(ticks / 60).toBeGreaterThan(15);
    expect(Math.floor(racer.progress / track.length)).toBe(racer.laps);
  });

  it('does not count a lap for crossing the line back and forth', () => {
    const race = createRace(track, [{ along: 4, speed: 0 }]);
    for (let i = 0; i < 900; i++)
      stepRace(race, [{ steering: 0, throttle: i % 300 < 150 ? -1 : 1 }]);
    expect(race.racers[0].laps).toBe(0);
  });

  it('notices cars in the grass, and puts back a car far off the track', () => {
    const race = createRace(track, [{ along: 0, speed: 12 }]);
    const events: RaceEvent[] = [];
    let wasOnGrass = false;
    for (let i = 0; i < 1200; i++) {
      events.push(...stepRace(race, [{ steering: 0.25, throttle: 1 }]));
      wasOnGrass ||= race.racers[0].onGrass;
    }
    expect(wasOnGrass).toBe(true);
    expect(events).toContainEqual({ kind: 'rescued', racer: 0 });
  });

  it('pushes touching cars apart', () => {
    const race = createRace(track, [
      { along: 0, speed: 20 },
      { along: 6, speed: 5 },
    ]);
    let hardest = 0;
    for (let i = 0; i < 60; i++)
      for (const event of stepRace(race, [
        { steering: 0, throttle: 0 },
        { steering: 0, throttle: 0 },
      ]))
        if (event.kind === 'contact') hardest = Math.max(hardest, event.speed);
    expect(hardest).toBeGreaterThan(5);
    expect(race.racers[1].progress).toBeGreaterThan(race.racers[0].progress);
  });
});

describe('drivers', () => {
  it.each(Object.entries(NAMED_DRIVERS))('%s drives laps, on the track mostly', (_, habits) => {
    const { race } = lapsOf(habits, 45);
    expect(race.racers[0].laps).toBeGreaterThan(0);
    expect(Math.abs(race.racers[0].place.offset)).toBeLessThan(12);
  });

  it('are different for each seed, and the same for the same seed', () => {
    expect(inventHabits(4)).toEqual(inventHabits(4));
    expect(inventHabits(4)).not.toEqual(inventHabits(5));
  });
});

describe('the observation', () => {
  it('has every field of the spec, and contains the other car only when it is near', () => {
    const race = createRace(track, [{ along: 0 }, { along: 10, offset: 2 }, { along: 200 }]);
    const seen = observeRacer(race, 0);
    expect(Object.keys(seen)).toEqual(DRIVE_OBSERVATION.map(({ name }) => name));
    expect(seen.rivalNear).toBe(true);
    expect(seen.rivalAhead).toBeCloseTo(10, 0);
    expect(seen.rivalRight).toBeCloseTo(2, 0);
    expect(observeRacer(race, 2).rivalNear).toBe(false);
  });

  it('names what a driver does', () => {
    expect(DRIVE_ACTIONS).toHaveLength(9);
    expect(nameControls({ steering: -1, throttle: 1 })).toBe('left-gas');
    expect(nameControls({ steering: 0.1, throttle: -0.6 })).toBe('straight-brake');
  });
});
