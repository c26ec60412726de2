import type * as Phaser from 'phaser';
import type { Pose } from './pose.ts';

/** Colours of one fighter, 0xRRGGBB. */
export interface FigurePalette {
  readonly skin: number;
  readonly cloth: number;
  readonly clothShade: number;
  readonly accent: number;
  readonly outline: number;
}

/** Lengths in px of a fighter about 112 px tall. */
const BODY = { thigh: 27, shin: 28, torso: 40, upperArm: 21, forearm: 20, head: 11, neck: 5 };

interface Point {
  x: number;
  y: number;
}

/** End of a limb of `length` from `from`, at `angle` degrees from straight down. */
function limbEnd(from: Point, angle: number, length: number, facing: number): Point {
  const radians = (angle * Math.PI) / 180;
  return {
    x: from.x + Math.sin(radians) * length * facing,
    y: from.y + Math.cos(radians) * length,
  };
}

function limb(
  g: Phaser.GameObjects.Graphics,
  points: readonly Point[],
  width: number,
  color: number,
): void {
  g.lineStyle(width, color, 1);
  g.beginPath();
  g.moveTo(points[0].x, points[0].y);
  for (const point of points.slice(1)) g.lineTo(point.x, point.y);
  g.strokePath();
  g.fillStyle(color, 1);
  for (const point of points) g.fillCircle(point.x, point.y, width / 2);
}

/** How far below the hip the lower foot reaches: keeps a foot on the ground in every pose. */
function legReach(pose: Pose): number {
  const drop = (thigh: number, shin: number): number =>
    Math.cos((thigh * Math.PI) / 180) * BODY.thigh + Math.cos((shin * Math.PI) / 180) * BODY.shin;
  return Math.max(drop(pose.frontThigh, pose.frontShin), drop(pose.backThigh, pose.backShin));
}

/**
 * Draws a fighter into `g` with its feet at the graphics object's origin. Vector only: crisp at
 * any size. The back limbs come first, then body, head and front limbs.
 */
export function drawFigure(
  g: Phaser.GameObjects.Graphics,
  pose: Pose,
  facing: number,
  palette: FigurePalette,
  flash = false,
): void {
  const tint = (color: number): number => (flash ? 0xffffff : color);
  const lying = Math.min(1, Math.abs(pose.roll) / 90);
  const hip: Point = { x: -facing * lying * 8, y: -(legReach(pose) * (1 - lying) + 12 * lying) };
  const turn = pose.roll;
  const shoulder = limbEnd(hip, 180 - pose.lean + turn, BODY.torso, facing);
  const chest = limbEnd(hip, 180 - pose.lean + turn, BODY.torso - 7, facing);
  const skull = limbEnd(
    shoulder,
    180 - pose.lean - pose.head + turn,
    BODY.neck + BODY.head,
    facing,
  );
  const arm = (upper: number, fore: number): Point[] => {
    const elbow = limbEnd(chest, upper + turn, BODY.upperArm, facing);
    return [chest, elbow, limbEnd(elbow, fore + turn, BODY.forearm, facing)];
  };
  const leg = (thigh: number, shin: number): Point[] => {
    const knee = limbEnd(hip, thigh + turn, BODY.thigh, facing);
    return [hip, knee, limbEnd(knee, shin + turn, BODY.shin, facing)];
  };
  const drawLeg = (points: Point[], color: number): void => {
    limb(g, points, 15, palette.outline);
    limb(g, points, 11, tint(color));
    const foot = points[2];
    limb(
      g,
      [foot, { x: foot.x + 9 * facing * (1 - lying), y: foot.y - 9 * lying }],
      7,
      tint(palette.skin),
    );
  };
  const drawArm = (points: Point[], color: number): void => {
    limb(g, points, 13, palette.outline);
    limb(g, points.slice(0, 2), 10, tint(color));
    limb(g, points.slice(1), 8, tint(palette.skin));
    g.fillStyle(palette.outline, 1).fillCircle(points[2].x, points[2].y, 7.5);
    g.fillStyle(tint(palette.accent), 1).fillCircle(points[2].x, points[2].y, 6);
  };
  drawArm(arm(pose.backUpperArm, pose.backForearm), palette.clothShade);
  drawLeg(leg(pose.backThigh, pose.backShin), palette.clothShade);
  limb(g, [hip, shoulder], 27, palette.outline);
  limb(g, [hip, shoulder], 23, tint(palette.cloth));
  const lapel = limbEnd(hip, 180 - pose.lean + turn, BODY.torso * 0.55, facing);
  limb(g, [{ x: shoulder.x + 5 * facing, y: shoulder.y }, lapel], 3, tint(palette.clothShade));
  drawLeg(leg(pose.frontThigh, pose.frontShin), palette.cloth);
  const belt = limbEnd(hip, 180 - pose.lean + turn, 5, facing);
  const across = 90 - pose.lean + turn;
  limb(
    g,
    [limbEnd(belt, across, 10, facing), limbEnd(belt, across, -10, facing)],
    6,
    tint(palette.accent),
  );
  g.fillStyle(palette.outline, 1).fillCircle(skull.x, skull.y, BODY.head + 2);
  g.fillStyle(tint(palette.skin), 1).fillCircle(skull.x, skull.y, BODY.head);
  const brow = limbEnd(skull, 180 - pose.head + turn, 4, facing);
  limb(
    g,
    [limbEnd(brow, across - pose.head, 10, facing), limbEnd(brow, across - pose.head, -10, facing)],
    5,
    tint(palette.accent),
  );
  const knot = limbEnd(brow, across - pose.head, -11, facing);
  limb(g, [knot, { x: knot.x - 12 * facing, y: knot.y + 7 }], 3, tint(palette.accent));
  drawArm(arm(pose.frontUpperArm, pose.frontForearm), palette.cloth);
}
