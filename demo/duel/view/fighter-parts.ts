import type { AtlasImage } from '../../common/bake-atlas.ts';
import { BODY } from './skeleton.ts';
import { drawMaskedHead, drawYoungHead } from './fighter-heads.ts';
import type { Palette } from './palette.ts';

type Context = CanvasRenderingContext2D;

/** Width of the outline around every part, px. */
const LINE = 2.2;

/** A part of a body, drawn in its natural direction with its joint at 0, 0. */
interface Part {
  readonly name: PartName;
  readonly box: AtlasImage['box'];
  /** Makes the path of its shape. */
  readonly trace: (context: Context) => void;
  /** Colours it; drawing is clipped to the shape. */
  readonly paint: (context: Context, palette: Palette) => void;
}

export type PartName =
  'upperArm' | 'forearm' | 'hand' | 'thigh' | 'shin' | 'foot' | 'torso' | 'hem' | 'head' | 'ribbon';

/** Traces a limb that narrows from `wide` at its joint to `narrow` at its end. */
function taper(context: Context, length: number, [wide, narrow]: readonly [number, number]): void {
  context.beginPath();
  context.arc(0, 0, wide / 2, Math.PI, 0);
  context.lineTo(narrow / 2, length);
  context.arc(0, length, narrow / 2, 0, Math.PI);
  context.closePath();
}

/** Fills everything, the back with the darker colour: the light comes from the front. */
function shade(context: Context, colour: string, dark: string, edge = -1): void {
  context.fillStyle = colour;
  context.fillRect(-80, -120, 160, 240);
  context.fillStyle = dark;
  context.fillRect(-80, -120, 80 + edge, 240);
}

function polygon(context: Context, points: readonly (readonly [number, number])[]): void {
  context.beginPath();
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}

const PARTS: readonly Part[] = [
  {
    name: 'upperArm',
    box: [-12, -12, 24, BODY.upperArm + 24],
    trace: (c) => taper(c, BODY.upperArm - 1, [14, 13]),
    paint: (c, p) => shade(c, p.cloth, p.clothShade, -2),
  },
  {
    name: 'forearm',
    box: [-10, -10, 20, BODY.forearm + 20],
    trace: (c) => taper(c, BODY.forearm, [10, 7.5]),
    paint(c, p) {
      shade(c, p.skin, p.skinShade, -1.5);
      c.fillStyle = p.wrap;
      c.fillRect(-10, 9, 20, 20);
      c.strokeStyle = p.clothShade;
      c.lineWidth = 1;
      for (const y of [10, 13.5, 17]) c.strokeRect(-10, y, 20, 0.1);
    },
  },
  {
    name: 'hand',
    box: [-11, -9, 22, 24],
    trace(c) {
      c.beginPath();
      c.roundRect(-6.5, -3, 13, 12.5, 5);
    },
    paint(c, p) {
      shade(c, p.accent, p.accentShade, -2.5);
      c.strokeStyle = p.accentShade;
      c.lineWidth = 1.1;
      for (const x of [-1, 2.2, 5]) c.strokeRect(x, 4.5, 0.1, 6);
    },
  },
  {
    name: 'thigh',
    box: [-14, -14, 28, BODY.thigh + 28],
    trace: (c) => taper(c, BODY.thigh, [19, 16]),
    paint: (c, p) => shade(c, p.cloth, p.clothShade, -2),
  },
  {
    name: 'shin',
    box: [-13, -12, 26, BODY.shin + 22],
    trace: (c) =>
      polygon(c, [
        [-8, -3],
        [-5, -7],
        [5, -7],
        [8, -3],
        [9.5, 17],
        [5, 19],
        [4.5, BODY.shin + 2],
        [-4.5, BODY.shin + 2],
        [-5, 19],
        [-9.5, 17],
      ]),
    paint(c, p) {
      shade(c, p.cloth, p.clothShade, -2);
      c.fillStyle = p.wrap;
      c.fillRect(-8, 19, 16, 20);
      c.fillStyle = p.clothShade;
      c.fillRect(-10, 17.6, 20, 1.6);
    },
  },
  {
    name: 'foot',
    box: [-10, -8, 28, 18],
    trace(c) {
      c.beginPath();
      c.moveTo(-6, -3);
      c.lineTo(4, -3.5);
      c.quadraticCurveTo(13, -1, 14, 2);
      c.lineTo(13.5, BODY.sole);
      c.lineTo(-6, BODY.sole);
      c.quadraticCurveTo(-8, 0, -6, -3);
      c.closePath();
    },
    paint(c, p) {
      shade(c, p.cut === 'gi' ? p.skin : p.accentShade, p.cut === 'gi' ? p.skinShade : p.hair, -3);
    },
  },
  {
    name: 'torso',
    box: [-22, -BODY.torso - 10, 44, BODY.torso + 24],
    trace(c) {
      c.beginPath();
      c.moveTo(-10, 6);
      c.quadraticCurveTo(-11.5, -14, -15.5, -29);
      c.quadraticCurveTo(-15, -39, -6, -BODY.torso - 1);
      c.lineTo(6, -BODY.torso - 1);
      c.quadraticCurveTo(16, -38, 16, -28);
      c.quadraticCurveTo(13, -14, 11, 6);
      c.closePath();
    },
    paint: paintTorso,
  },
  {
    name: 'hem',
    box: [-18, -8, 36, 36],
    trace: (c) =>
      polygon(c, [
        [-11, -4],
        [11.5, -4],
        [14, 13],
        [4, 16],
        [1, 12],
        [-3, 15],
        [-13, 12],
      ]),
    paint(c, p) {
      shade(c, p.cloth, p.clothShade, -2);
      c.fillStyle = p.clothShade;
      polygon(c, [
        [0, -4],
        [3, -4],
        [1.5, 12],
      ]);
      c.fill();
      // The belt, and its knot.
      c.fillStyle = p.accent;
      c.fillRect(-20, -4, 40, 7);
      c.fillStyle = p.accentShade;
      c.fillRect(-20, 1.2, 40, 2);
      c.fillRect(4, -4, 5, 7);
    },
  },
  {
    name: 'head',
    box: [-24, -42, 46, 54],
    trace(c) {
      c.beginPath();
      c.roundRect(-4, -8, 9, 12, 3);
    },
    paint: (c, p) => shade(c, p.skin, p.skinShade, 0),
  },
  {
    name: 'ribbon',
    box: [-6, -5, 12, 22],
    trace: (c) => taper(c, 12, [7, 7]),
    paint: (c, p) => shade(c, p.accent, p.accent),
  },
];

function paintTorso(c: Context, p: Palette): void {
  shade(c, p.cloth, p.clothShade, -4);
  const top = -BODY.torso - 2;
  // The chest, between the lapels.
  c.fillStyle = p.cut === 'gi' ? p.skin : p.hair;
  polygon(c, [
    [-1, top],
    [11, top],
    [7, -22],
  ]);
  c.fill();
  c.strokeStyle = p.cut === 'gi' ? p.accent : p.accentShade;
  c.lineWidth = 3.2;
  c.beginPath();
  c.moveTo(-3, top);
  c.lineTo(7, -20);
  c.lineTo(1, 4);
  c.moveTo(13, top);
  c.lineTo(6.5, -20);
  c.stroke();
  if (p.cut === 'gi') return;
  // Plates over the ribs.
  c.fillStyle = p.wrap;
  for (const y of [-17, -9]) c.fillRect(-9, y, 12, 2);
}

/**
 * All images of a fighter in these colours: `name` is the fill, `name-line` the outline behind it, and
 * `name-both` is both in one image, for rendering without a graphics card.
 */
export function fighterImages(palette: Palette): AtlasImage[] {
  return PARTS.flatMap(({ name, box, trace, paint }) => {
    const head = name === 'head' && (palette.cut === 'gi' ? drawYoungHead : drawMaskedHead);
    const line = (c: Context): void => {
      c.lineJoin = 'round';
      c.strokeStyle = c.fillStyle = palette.outline;
      c.lineWidth = LINE * 2;
      trace(c);
      c.stroke();
      c.fill();
    };
    const fill = (c: Context): void => {
      c.save();
      trace(c);
      c.clip();
      paint(c, palette);
      c.restore();
      if (head) head(c, palette, LINE);
    };
    return [
      { name: `${name}-line`, box, draw: line },
      { name, box, draw: fill },
      {
        name: `${name}-both`,
        box,
        draw(c: Context): void {
          line(c);
          fill(c);
        },
      },
    ];
  });
}

/** The box of a part, for its pivot. */
export const partNamed = (name: PartName): Pick<AtlasImage, 'box'> =>
  PARTS.find((part) => part.name === name) ?? PARTS[0];
