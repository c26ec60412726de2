import { clamp } from '../maths.ts';
import type { Track } from '../track.ts';
import { meanCurvature } from '../track.ts';
import type { Habits } from './habits.ts';

/** Distance that every plan keeps from the edge, metres. */
const MARGIN = 1.6;
/** Curvature from which a bend counts as a full corner, rad/m. */
const CORNER = 0.035;

/** Offset wanted at a distance along the track: inside in corners, outside before them. */
export function lineAt(track: Track, along: number, { apex, swing, lane }: Habits): number {
  const here = bend(track, along - 6, along + 10);
  const coming = bend(track, along + 14, along + 44);
  const half = track.width / 2 - MARGIN;
  const free = 1 - Math.abs(here);
  return clamp(half * (apex * here - swing * coming * free) + lane * free, -half, half);
}

/** From -1 (a full corner to the left) to 1. */
const bend = (track: Track, from: number, to: number): number =>
  Math.tanh(meanCurvature(track, from, to) / CORNER);

/** Speed wanted at a place, m/s: what the corners ahead allow, given the driver's braking. */
export function speedAt(
  track: Track,
  along: number,
  { courage, braking }: Habits,
  grip: number,
): number {
  let most = Infinity;
  for (let from = 0; from < 72; from += 4) {
    const turn = Math.abs(meanCurvature(track, along + from, along + from + 6));
    const corner = (courage * grip) / Math.max(turn, 1e-4);
    most = Math.min(most, corner + 2 * braking * from);
  }
  return Math.sqrt(most);
}
