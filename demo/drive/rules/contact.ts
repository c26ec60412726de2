import { CAR } from './car.ts';
import type { Car } from './car.ts';

/** A car is two discs, front and back. */
const RADIUS = CAR.width / 2 + 0.05;
const HALF = CAR.length / 2 - RADIUS;
/** Share of the approach speed that is left after the bounce. */
const BOUNCE = 0.3;

/** Pushes touching cars apart. Returns their approach speed before that, m/s; 0 when they do not touch. */
export function collide(a: Car, b: Car): number {
  if (Math.hypot(a.x - b.x, a.y - b.y) > CAR.length + 1) return 0;
  let hardest = 0;
  for (const fromA of [HALF, -HALF])
    for (const fromB of [HALF, -HALF]) hardest = Math.max(hardest, push(a, fromA, b, fromB));
  return hardest;
}

function push(a: Car, fromA: number, b: Car, fromB: number): number {
  const dx = b.x + fromB * Math.cos(b.heading) - a.x - fromA * Math.cos(a.heading);
  const dy = b.y + fromB * Math.sin(b.heading) - a.y - fromA * Math.sin(a.heading);
  const gap = Math.hypot(dx, dy);
  const into = 2 * RADIUS - gap;
  if (into <= 0 || gap === 0) return 0;
  const [nx, ny] = [dx / gap, dy / gap];
  a.x -= (nx * into) / 2;
  a.y -= (ny * into) / 2;
  b.x += (nx * into) / 2;
  b.y += (ny * into) / 2;
  const closing = (a.vx - b.vx) * nx + (a.vy - b.vy) * ny;
  if (closing <= 0) return 0;
  const impulse = ((1 + BOUNCE) * closing) / 2;
  a.vx -= impulse * nx;
  a.vy -= impulse * ny;
  b.vx += impulse * nx;
  b.vy += impulse * ny;
  return closing;
}
