import { createRandom, KERB, poseAt } from '../rules/index.ts';
import type { Place, Track } from '../rules/index.ts';
import { SCALE } from './scale.ts';

/** Width of the ground beyond the outermost centre line, metres. */
const BORDER = 62;
const KERB_STRIPE = 2;
export const GRASS = '#6d9a48';
/** Curvature from which there is a kerb, rad/m. */
const KERB_FROM = 0.013;

/** A rectangle of the world, metres. */
export interface Ground {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function groundOf({ x, y }: Track): Ground {
  const [left, top] = [Math.min(...x) - BORDER, Math.min(...y) - BORDER];
  return {
    left,
    top,
    width: Math.max(...x) + BORDER - left,
    height: Math.max(...y) + BORDER - top,
  };
}

/** Paints grass, track and trees, `SCALE` pixels a metre. */
export function paintGround(context: CanvasRenderingContext2D, track: Track): void {
  const ground = groundOf(track);
  context.save();
  context.scale(SCALE, SCALE);
  context.translate(-ground.left, -ground.top);
  paintGrass(context, ground, track.seed);
  const path = centreLine(track);
  context.lineJoin = 'round';
  const stroke = (width: number, style: string): void => {
    context.lineWidth = width;
    context.strokeStyle = style;
    context.stroke(path);
  };
  stroke(track.width + 7, 'rgba(58, 92, 40, 0.35)');
  stroke(track.width + 3.4, '#5f7f3f');
  paintKerbs(context, track);
  stroke(track.width, '#e9e6dc');
  stroke(track.width - 0.5, '#4a4d55');
  // The asphalt is darker where most cars drive.
  stroke(track.width * 0.62, 'rgba(30, 31, 36, 0.16)');
  stroke(track.width * 0.3, 'rgba(30, 31, 36, 0.14)');
  context.setLineDash([2.4, 4]);
  stroke(0.16, 'rgba(255, 255, 255, 0.22)');
  context.setLineDash([]);
  paintStart(context, track);
  paintTrees(context, track, ground);
  context.restore();
}

function centreLine({ x, y }: Track): Path2D {
  const path = new Path2D();
  x.forEach((at, i) => (i ? path.lineTo(at, y[i]) : path.moveTo(at, y[i])));
  path.closePath();
  return path;
}

function paintGrass(context: CanvasRenderingContext2D, ground: Ground, seed: number): void {
  const { left, top, width, height } = ground;
  context.fillStyle = GRASS;
  context.fillRect(left, top, width, height);
  // Stripes of mowing, then worn patches.
  context.fillStyle = 'rgba(255, 255, 210, 0.07)';
  for (let y = top; y < top + height; y += 16) context.fillRect(left, y, width, 8);
  const random = createRandom(seed + 3);
  for (let i = 0; i < 900; i++) {
    const size = 0.6 + 3.5 * random() ** 3;
    context.fillStyle = random() < 0.5 ? 'rgba(40, 80, 30, 0.10)' : 'rgba(220, 230, 140, 0.08)';
    context.beginPath();
    const [x, y] = [left + random() * width, top + random() * height];
    context.ellipse(x, y, size * 1.6, size, random() * 3, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A point of the world at a place. */
const pointAt = (track: Track, place: Place): readonly [number, number] => {
  const { x, y } = poseAt(track, place);
  return [x, y];
};

/** Red and white along both edges of corners. */
function paintKerbs(context: CanvasRenderingContext2D, track: Track): void {
  const count = Math.round(track.length / KERB_STRIPE);
  const stripe = track.length / count;
  for (const side of [-1, 1])
    for (let i = 0; i < count; i++) {
      const along = i * stripe;
      const index = Math.round(along / track.spacing) % track.x.length;
      if (Math.abs(track.curvature[index]) < KERB_FROM) continue;
      const [near, far] = [side * (track.width / 2 - 0.2), side * (track.width / 2 + KERB)];
      context.fillStyle = i % 2 ? '#d8392f' : '#f4f0e6';
      context.beginPath();
      context.moveTo(...pointAt(track, { along, offset: near }));
      context.lineTo(...pointAt(track, { along, offset: far }));
      context.lineTo(...pointAt(track, { along: along + stripe, offset: far }));
      context.lineTo(...pointAt(track, { along: along + stripe, offset: near }));
      context.fill();
    }
}

/** A chequered line, and boxes on the grid. */
function paintStart(context: CanvasRenderingContext2D, track: Track): void {
  const { x, y, heading } = poseAt(track, { along: 0, offset: 0 });
  context.save();
  context.translate(x, y);
  context.rotate(heading);
  const cell = 0.7;
  const rows = Math.floor((track.width - 0.6) / cell);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < 3; column++) {
      context.fillStyle = (row + column) % 2 ? '#1f2026' : '#f4f0e6';
      context.fillRect(column * cell, (row - rows / 2) * cell, cell, cell);
    }
  context.restore();
}

function paintTrees(context: CanvasRenderingContext2D, track: Track, ground: Ground): void {
  const random = createRandom(track.seed + 9);
  for (let i = 0; i < 420; i++) {
    const [x, y] = [ground.left + random() * ground.width, ground.top + random() * ground.height];
    const size = 1.6 + 2.6 * random();
    if (distanceToTrack(track, x, y) < track.width / 2 + 7 + size) continue;
    const hue = 96 + 26 * random();
    const blob = (dx: number, dy: number, radius: number, style: string): void => {
      context.fillStyle = style;
      context.beginPath();
      context.arc(x + dx, y + dy, radius, 0, 2 * Math.PI);
      context.fill();
    };
    blob(size * 0.35, size * 0.4, size, 'rgba(20, 40, 20, 0.28)');
    blob(0, 0, size, `hsl(${hue} 38% 27%)`);
    blob(-size * 0.15, -size * 0.18, size * 0.74, `hsl(${hue} 40% 33%)`);
    blob(-size * 0.28, -size * 0.32, size * 0.4, `hsl(${hue} 42% 41%)`);
  }
}

function distanceToTrack(track: Track, x: number, y: number): number {
  let least = Infinity;
  for (let i = 0; i < track.x.length; i += 3)
    least = Math.min(least, Math.hypot(track.x[i] - x, track.y[i] - y));
  return least;
}
