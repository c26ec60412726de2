import type { Palette } from './palette.ts';

type Context = CanvasRenderingContext2D;

/** Draws a path with its outline and fill. */
function shape(
  c: Context,
  path: Path2D,
  { fill, outline, line }: { fill: string; outline: string; line: number },
): void {
  c.lineJoin = 'round';
  c.strokeStyle = outline;
  c.lineWidth = line * 2;
  c.stroke(path);
  c.fillStyle = fill;
  c.fill(path);
}

/** Fills a path with the current colour. */
function fillPath(c: Context, path: Path2D): void {
  c.fill(path);
}

/** The face, looking right; the neck's joint at 0, 0. */
const FACE = 'M -9 -24 Q -10 -8 -4 -4 L 4 -2 Q 9 -3 10 -9 L 11 -14 L 10 -17 L 10 -25 Z';

/** A head with a headband and wind in its hair. */
export function drawYoungHead(c: Context, p: Palette, line: number): void {
  const { outline } = p;
  shape(c, new Path2D(FACE), { fill: p.skin, outline, line });
  c.fillStyle = p.skinShade;
  fillPath(c, new Path2D('M -9 -24 Q -10 -8 -4 -4 L 3 -2 Q -4 -8 -4 -20 Z'));
  fillPath(c, new Path2D('M -5 -16 q -3 0 -2 4 q 1 3 3 1 Z'));
  const hair = new Path2D(
    'M -12 -10 L -15 -17 L -13 -19 L -18 -27 L -12 -27 L -13 -35 L -6 -32 L -1 -38 L 3 -33 L 10 -35 L 10 -28 L 14 -25 L 8 -21 L -2 -21 L -7 -17 L -8 -9 Z',
  );
  shape(c, hair, { fill: p.hair, outline, line });
  const band = new Path2D('M -13 -22 Q 0 -27 12 -23 L 12 -18 Q 0 -22 -12 -16.5 Z');
  shape(c, band, { fill: p.accent, outline, line: line * 0.6 });
  drawEye(c, outline);
  c.strokeStyle = outline;
  c.lineWidth = 1.2;
  c.stroke(new Path2D('M 5 -7 L 9 -8'));
}

/** A head with a mask over its mouth, a knot of hair and a collar. */
export function drawMaskedHead(c: Context, p: Palette, line: number): void {
  const { outline } = p;
  const knot = new Path2D('M -8 -30 L -18 -37 L -15 -30 L -20 -27 L -9 -25 Z');
  shape(c, knot, { fill: p.hair, outline, line });
  shape(c, new Path2D(FACE), { fill: p.skin, outline, line });
  const hood = new Path2D(
    'M -11 -8 Q -14 -34 2 -34 Q 11 -33 12 -24 L 9 -20 Q 0 -23 -4 -16 L -5 -4 Z',
  );
  shape(c, hood, { fill: p.clothShade, outline, line });
  const mask = new Path2D('M -6 -14 L 11.5 -13 L 10 -7 Q 8 -2 3 -1 L -5 -3 Z');
  shape(c, mask, { fill: p.accent, outline, line: line * 0.6 });
  c.fillStyle = p.accentShade;
  fillPath(c, new Path2D('M -6 -14 L 0 -13.5 L 0 -2 L -5 -3 Z'));
  const scarf = new Path2D('M -10 -4 Q 0 2 9 -3 L 9 3 Q 0 8 -10 2 Z');
  shape(c, scarf, { fill: p.accent, outline, line: line * 0.7 });
  const plate = new Path2D('M 2 -30 L 13 -27 L 12 -21.5 L 3 -23 Z');
  shape(c, plate, { fill: p.wrap, outline, line: line * 0.6 });
  drawEye(c, outline);
}

function drawEye(c: Context, outline: string): void {
  c.fillStyle = '#ffffff';
  fillPath(c, new Path2D('M 3.5 -17 L 9 -16 L 8 -13.4 L 4 -13.8 Z'));
  c.fillStyle = outline;
  fillPath(c, new Path2D('M 6.4 -16.6 h 2.2 v 3.2 h -2.2 Z'));
  c.strokeStyle = outline;
  c.lineWidth = 1.6;
  c.stroke(new Path2D('M 2.6 -18.2 L 9.6 -16.8'));
}
