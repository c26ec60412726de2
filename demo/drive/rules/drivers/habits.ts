import { createRandom } from '../maths.ts';

/** What makes a driver that driver. Lengths in metres, times in seconds unless said otherwise. */
export interface Habits {
  /** Share of the grip he trusts in corners. */
  readonly courage: number;
  /** Slowing he reckons with when he looks for his braking point, m/s^2: high = brakes late. */
  readonly braking: number;
  /** How near he comes to the inside of a corner, and how far out before it; share of half the track. */
  readonly apex: number;
  readonly swing: number;
  /** Where he drives on straights, metres to the right. */
  readonly lane: number;
  /** Distance of the point he steers at: metres, and seconds of driving. */
  readonly lookNear: number;
  readonly lookTime: number;
  /** How hard he works the pedals: 1/(m/s). */
  readonly pedal: number;
  /** Throttle below which he coasts instead. */
  readonly lift: number;
  /** Ticks from seeing to doing. */
  readonly reaction: number;
  /** Unsteadiness of the point he steers at, metres, and of the speed he wants, share. */
  readonly wobble: number;
  readonly mood: number;
  /** Keys: full or nothing. */
  readonly usesKeys: boolean;
  /** Distance from which he begins to pass a car, metres; 0 = never does. */
  readonly passFrom: number;
  /** Side he likes to pass on: -1 = left, 1 = right, 0 = the one with more room. */
  readonly passSide: -1 | 0 | 1;
  /** Seconds that he tries one side before he thinks again. */
  readonly patience: number;
  /** Share of attacks in which he shows one side first and then takes the other. */
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

/** Named drivers to measure with; the network learned from none of them. */
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
