import { createRng } from '../../../src/core.ts';
import { WORLD } from './world.ts';

type Context = CanvasRenderingContext2D;

/** A layer of the stage, which moves against the fighters; farther layers move less. */
export interface StageLayer {
  readonly name: string;
  /** Upper edge and size, px; wide layers reach equally far beyond both sides. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Px that it moves for each px of the fighters, in the opposite direction. */
  readonly drift: number;
  readonly depth: number;
  /** Draws with the layer's upper left corner at 0, 0. */
  readonly draw: (context: Context) => void;
}

const { floor, width: WIDE, height: TALL } = WORLD;
/** Upper edge of the floor boards, px. */
const EDGE = floor - 34;

/** Dusk: sky, stars, sun, clouds. */
function drawSky(c: Context): void {
  const sky = c.createLinearGradient(0, 0, 0, EDGE);
  sky.addColorStop(0, '#1d1842');
  sky.addColorStop(0.42, '#5b3468');
  sky.addColorStop(0.75, '#c75f62');
  sky.addColorStop(1, '#f6ac6c');
  c.fillStyle = sky;
  c.fillRect(0, 0, WIDE, EDGE);
  const rng = createRng(4);
  for (let i = 0; i < 70; i++) {
    c.globalAlpha = 0.25 + rng.next() * 0.6;
    c.fillStyle = '#fff4e0';
    c.beginPath();
    c.arc(rng.next() * WIDE, rng.next() ** 2 * 190, 0.5 + rng.next(), 0, 7);
    c.fill();
  }
  c.globalAlpha = 1;
  const glow = c.createRadialGradient(560, 218, 40, 560, 218, 230);
  glow.addColorStop(0, 'rgba(255,226,160,0.75)');
  glow.addColorStop(1, 'rgba(255,200,120,0)');
  c.fillStyle = glow;
  c.fillRect(300, 0, 500, EDGE);
  c.fillStyle = '#ffe9b8';
  c.beginPath();
  c.arc(560, 218, 56, 0, 7);
  c.fill();
  for (const [x, y, length, alpha] of [
    [470, 196, 150, 0.5],
    [540, 238, 210, 0.6],
    [180, 150, 190, 0.28],
    [60, 214, 230, 0.35],
    [640, 128, 160, 0.25],
  ]) {
    c.fillStyle = `rgba(255,190,140,${alpha})`;
    c.beginPath();
    c.ellipse(x, y, length / 2, 4.5, 0, 0, 7);
    c.ellipse(x + length * 0.2, y - 5, length / 3.4, 3.5, 0, 0, 7);
    c.fill();
  }
}

/** A ridge through evenly spaced heights above the bottom. */
function ridge(c: Context, size: readonly [number, number], heights: readonly number[]): void {
  const [width, height] = size;
  const gap = width / (heights.length - 1);
  c.beginPath();
  c.moveTo(0, height);
  heights.forEach((tall, i) => {
    const [x, y] = [i * gap, height - tall];
    if (i === 0) c.lineTo(x, y);
    else c.quadraticCurveTo(x - gap * 0.5, y + (i % 2 ? 6 : -4), x, y);
  });
  c.lineTo(width, height);
  c.closePath();
  c.fill();
}

function drawPagoda(c: Context, x: number, base: number, tiers: number): void {
  for (let tier = 0; tier < tiers; tier++) {
    const half = 26 - tier * 4.5;
    const y = base - tier * 19;
    c.fillRect(x - half * 0.62, y - 17, half * 1.24, 18);
    c.beginPath();
    c.moveTo(x - half - 5, y - 12);
    c.quadraticCurveTo(x - half * 0.6, y - 16, x - half * 0.5, y - 22);
    c.lineTo(x + half * 0.5, y - 22);
    c.quadraticCurveTo(x + half * 0.6, y - 16, x + half + 5, y - 12);
    c.closePath();
    c.fill();
  }
  c.fillRect(x - 1, base - tiers * 19 - 18, 2, 16);
}

/** Two ridges, a pagoda between them, and mist in the valley. */
function drawRidges(c: Context): void {
  const [width, height] = [WIDE + 60, 150];
  c.fillStyle = '#7f4670';
  ridge(c, [width, height], [60, 104, 76, 138, 92, 146, 100, 70, 116, 84, 56]);
  c.fillStyle = '#5c3763';
  drawPagoda(c, 664, 96, 4);
  c.fillStyle = '#5a3562';
  ridge(c, [width, height], [74, 46, 84, 58, 40, 72, 60, 88, 46, 66, 40]);
  const mist = c.createLinearGradient(0, 60, 0, height);
  mist.addColorStop(0, 'rgba(246,172,108,0)');
  mist.addColorStop(1, 'rgba(246,172,108,0.38)');
  c.globalCompositeOperation = 'source-atop';
  c.fillStyle = mist;
  c.fillRect(0, 0, width, height);
  c.globalCompositeOperation = 'source-over';
}

function drawPine(c: Context, x: number, base: number, tall: number): void {
  c.fillStyle = '#35203c';
  c.fillRect(x - 2.5, base - tall * 0.5, 5, tall * 0.5);
  for (let tier = 0; tier < 4; tier++) {
    const y = base - tall * (0.28 + tier * 0.2);
    const half = tall * (0.32 - tier * 0.062);
    c.beginPath();
    c.ellipse(x, y, half, tall * 0.1, 0, 0, 7);
    c.fill();
  }
}

/** The end of the yard: trees, a gate and a fence before the hills. */
function drawYard(c: Context): void {
  const [width, base] = [WIDE + 120, 176];
  for (const [x, tall] of [
    [40, 120],
    [96, 150],
    [470, 96],
    [690, 128],
    [752, 158],
    [860, 118],
  ])
    drawPine(c, x, base, tall);
  c.fillStyle = '#3b2440';
  c.fillRect(0, base - 34, width, 34);
  c.fillStyle = '#4d2f4c';
  for (let x = 4; x < width; x += 22) c.fillRect(x, base - 44, 15, 44);
  c.fillStyle = '#2c1a31';
  c.fillRect(0, base - 40, width, 5);
  drawGate(c, 300, base);
}

function drawGate(c: Context, x: number, base: number): void {
  c.fillStyle = '#8e2f3a';
  c.fillRect(x - 66, base - 118, 14, 120);
  c.fillRect(x + 52, base - 118, 14, 120);
  c.fillRect(x - 78, base - 98, 156, 10);
  c.fillStyle = '#b5454a';
  c.fillRect(x - 56, base - 118, 4, 120);
  c.fillRect(x + 62, base - 118, 4, 120);
  c.fillStyle = '#2b1930';
  c.beginPath();
  c.moveTo(x - 98, base - 134);
  c.quadraticCurveTo(x, base - 118, x + 98, base - 134);
  c.lineTo(x + 92, base - 118);
  c.quadraticCurveTo(x, base - 106, x - 92, base - 118);
  c.closePath();
  c.fill();
  c.fillStyle = '#ffd27a';
  c.fillRect(x - 9, base - 108, 18, 20);
  c.fillStyle = '#8e2f3a';
  c.fillRect(x - 5.5, base - 104, 11, 2.4);
  c.fillRect(x - 5.5, base - 98.5, 11, 2.4);
}

/** Boards that run to a vanishing point, lit by the sun in the middle. */
function drawFloor(c: Context): void {
  const height = TALL - EDGE;
  const boards = c.createLinearGradient(0, 0, 0, height);
  boards.addColorStop(0, '#8a5a3e');
  boards.addColorStop(0.35, '#6b4434');
  boards.addColorStop(1, '#2a1b25');
  c.fillStyle = boards;
  c.fillRect(0, 0, WIDE, height);
  const light = c.createRadialGradient(560, 0, 10, 520, 30, 330);
  light.addColorStop(0, 'rgba(255,206,140,0.4)');
  light.addColorStop(1, 'rgba(255,206,140,0)');
  c.fillStyle = light;
  c.fillRect(0, 0, WIDE, height);
  c.strokeStyle = 'rgba(32,18,28,0.55)';
  for (let i = -12; i <= 12; i++) {
    c.lineWidth = 1.4;
    c.beginPath();
    c.moveTo(400 + i * 52, 0);
    c.lineTo(400 + i * 104, height);
    c.stroke();
  }
  c.lineWidth = 1;
  const rng = createRng(9);
  for (let i = 0; i < 46; i++) {
    const depth = rng.next();
    const y = depth ** 1.6 * height;
    const x = rng.next() * WIDE;
    c.strokeStyle = 'rgba(32,18,28,0.4)';
    c.beginPath();
    c.moveTo(x, y);
    c.lineTo(x + 20 + 40 * depth, y);
    c.stroke();
  }
  c.fillStyle = 'rgba(20,10,22,0.5)';
  c.fillRect(0, 0, WIDE, 3);
}

/** Lanterns on a rope, in front of the sky. */
function drawLanterns(c: Context): void {
  const width = WIDE + 80;
  c.strokeStyle = '#2a1d33';
  c.lineWidth = 2;
  c.beginPath();
  c.moveTo(0, 4);
  for (let x = 0; x < width; x += 165) c.quadraticCurveTo(x + 82, 36, x + 165, 8);
  c.stroke();
  for (let x = 82; x < width; x += 165) {
    const y = 44;
    const glow = c.createRadialGradient(x, y, 4, x, y, 34);
    glow.addColorStop(0, 'rgba(255,190,100,0.55)');
    glow.addColorStop(1, 'rgba(255,190,100,0)');
    c.fillStyle = glow;
    c.fillRect(x - 36, y - 36, 72, 72);
    c.strokeRect(x, 20, 0.1, 12);
    c.fillStyle = '#e2553c';
    c.beginPath();
    c.roundRect(x - 10, y - 13, 20, 26, 8);
    c.fill();
    c.fillStyle = '#ffcf7a';
    c.beginPath();
    c.roundRect(x - 5, y - 9, 10, 18, 5);
    c.fill();
    c.fillStyle = '#2a1d33';
    c.fillRect(x - 6.5, y - 15.5, 13, 3.6);
    c.fillRect(x - 6.5, y + 12, 13, 3.6);
  }
}

/** Dark grass at the edge, nearer than the fighters. */
function drawGrass(c: Context): void {
  const [width, height] = [WIDE + 240, 44];
  const rng = createRng(2);
  c.fillStyle = '#150d1d';
  for (let x = 0; x < width; x += 5) {
    const middle = Math.abs(x - width / 2) / (width / 2);
    const tall = height * middle ** 1.5 * (0.45 + rng.next() * 0.55);
    const bend = (rng.next() - 0.5) * 14;
    c.beginPath();
    c.moveTo(x - 4, height);
    c.quadraticCurveTo(x, height - tall * 0.6, x + bend, height - tall);
    c.quadraticCurveTo(x + 3, height - tall * 0.5, x + 5, height);
    c.fill();
  }
}

/** From the farthest to the nearest. */
export const STAGE_LAYERS: readonly StageLayer[] = [
  { name: 'sky', top: 0, width: WIDE, height: EDGE, drift: 0, depth: -30, draw: drawSky },
  {
    name: 'ridges',
    top: EDGE - 150,
    width: WIDE + 60,
    height: 150,
    drift: 0.06,
    depth: -29,
    draw: drawRidges,
  },
  {
    name: 'yard',
    top: EDGE - 174,
    width: WIDE + 120,
    height: 176,
    drift: 0.16,
    depth: -28,
    draw: drawYard,
  },
  {
    name: 'floor',
    top: EDGE,
    width: WIDE,
    height: TALL - EDGE,
    drift: 0,
    depth: -27,
    draw: drawFloor,
  },
  {
    name: 'lanterns',
    top: 50,
    width: WIDE + 80,
    height: 84,
    drift: 0.1,
    depth: -26,
    draw: drawLanterns,
  },
  {
    name: 'grass',
    top: TALL - 44,
    width: WIDE + 240,
    height: 44,
    drift: 0.34,
    depth: 30,
    draw: drawGrass,
  },
];
