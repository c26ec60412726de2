import { createRandom } from '../maths.ts';

/** The habits of a driver. Lengths in metres, times in seconds unless stated otherwise. */
export interface Habits {
  /** Share of the grip that the driver relies on in corners. */
  readonly courage: number;
  /** Deceleration assumed when choosing the braking point, m/s^2: high = brakes late. */
  readonly braking: number;
  /** Distance towards the inside in a corner, and to the outside before it; share of half the track. */
  readonly apex: number;
  readonly swing: number;
  /** Offset on straights, metres to the right. */
  readonly lane: number;
  /** Distance of the point to steer at: metres, and additional seconds of driving. */
  readonly lookNear: number;
  readonly lookTime: number;
  /** Pedal per difference in speed, 1/(m/s). */
  readonly pedal: number;
  /** Throttle below which the driver coasts instead. */
  readonly lift: number;
  /** Reaction time, ticks. */
  readonly reaction: number;
  /** Random deviation of the point to steer at, metres, and of the wanted speed, share. */
  readonly wobble: number;
  readonly mood: number;
  /** Drives with keys, which are full or nothing. */
  readonly usesKeys: boolean;
  /** Distance from which the driver begins to pass a car, metres; 0 = never. */
  readonly passFrom: number;
  /** Preferred side to pass on: -1 = left, 1 = right, 0 = the one with more room. */
  readonly passSide: -1 | 0 | 1;
  /** Seconds on one side before the next choice. */
  readonly patience: number;
  /** Share of attacks that begin with a feint to the other side. */
  readonly feint: number;
}

const CALM: Habits = {
  courage: 0.85,
  braking: 9,
  apex: 0.6,
  swing: 0.4,
  lane: 0,
  lookNear: 5,
  lookTime: 0.45,
  pedal: 0.5,
  lift: 0.1,
  reaction: 9,
  wobble: 0.35,
  mood: 0.03,
  usesKeys: false,
  passFrom: 18,
  passSide: 0,
  patience: 1.5,
  feint: 0,
};

/** Named drivers to measure with; the network was trained on none of them. */
export const NAMED_DRIVERS: Readonly<Record<string, Habits>> = {
  smooth: { ...CALM, lookTime: 0.55, wobble: 0.2, mood: 0.02, apex: 0.75, swing: 0.6 },
  'late-braker': { ...CALM, courage: 0.95, braking: 12.2, pedal: 1, passFrom: 24, passSide: 1 },
  cautious: { ...CALM, courage: 0.62, braking: 6, lift: 0.3, apex: 0.3, swing: 0.1, lane: 1.5 },
  keys: { ...CALM, usesKeys: true, courage: 0.8, reaction: 10, apex: 0.5, passSide: -1 },
  'keys-wild': { ...CALM, usesKeys: true, courage: 0.98, braking: 11, wobble: 0.8, passFrom: 26 },
  'wide-left': { ...CALM, lane: -3, apex: 0.2, swing: 0, passSide: 1, passFrom: 22 },
  sloppy: { ...CALM, wobble: 1.1, mood: 0.09, reaction: 14, courage: 0.8 },
  feinter: { ...CALM, feint: 0.8, passSide: 1, passFrom: 26, courage: 0.9 },
};

/** The habits of an invented driver, one for each seed. */
export function inventHabits(seed: number): Habits {
  const random = createRandom(seed * 7919 + 17);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const usesKeys = random() < 0.5;
  return {
    courage: between(0.55, 1),
    braking: between(5.5, 12.5),
    apex: between(0.1, 0.85),
    swing: between(-0.1, 0.7),
    lane: between(-2.5, 2.5),
    lookNear: between(4, 7),
    lookTime: between(0.35, 0.65),
    pedal: between(0.25, 1.2),
    lift: between(0, 0.35),
    reaction: Math.floor(between(6, 15)),
    wobble: between(0.1, 1),
    mood: between(0.01, 0.08),
    usesKeys,
    passFrom: random() < 0.12 ? 0 : between(12, 30),
    passSide: random() < 0.4 ? 0 : random() < 0.5 ? -1 : 1,
    patience: between(0.7, 2.2),
    feint: random() < 0.3 ? between(0.4, 0.9) : 0,
  };
}
