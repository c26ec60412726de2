import * as Phaser from 'phaser';
import { bakeAtlas, pivotOf } from '../../common/bake-atlas.ts';
import { isPlain } from '../../common/screen.ts';
import { fighterImages, partNamed } from './fighter-parts.ts';
import type { PartName } from './fighter-parts.ts';
import type { Palette } from './palette.ts';
import type { PoseName } from './pose.ts';
import { PoseSpring } from './pose-spring.ts';
import { Ribbon } from './ribbon.ts';
import { solveSkeleton } from './skeleton.ts';
import type { Joint, Skeleton } from './skeleton.ts';
import { WORLD } from './world.ts';

/** What a fighter looks like at a tick. */
export interface FighterLook {
  /** Centre of the feet, px from the left; height above the floor, px. */
  readonly x: number;
  readonly height: number;
  /** 1 = looks right, -1 = looks left. */
  readonly facing: number;
  readonly pose: PoseName;
  /** White for a moment, after a hit. */
  readonly flash: boolean;
  /** Trembles, during the stop after a hit. */
  readonly trembles?: boolean;
}

type Image = Phaser.GameObjects.Image;

/** A part of the body. Its outline lies behind all parts of its group. */
interface Bone {
  /** Null where one image is both. */
  readonly line: Image | null;
  readonly fill: Image;
  readonly joint: (skeleton: Skeleton) => Joint;
}

/** Tint of the limbs at the back. */
const BACK_TINT = 0xb9a9c9;

const limb = (side: 'front' | 'back', kind: 'Arm' | 'Leg'): readonly BonePlan[] =>
  (kind === 'Arm'
    ? (['upperArm', 'forearm', 'hand'] as const)
    : (['thigh', 'shin', 'foot'] as const)
  ).map((part, i) => ({ part, joint: (s) => s[`${side}${kind}`][i] }));

interface BonePlan {
  readonly part: PartName;
  readonly joint: (skeleton: Skeleton) => Joint;
}

/** Groups of parts from the back to the front; the first two have the tint of the back. */
const GROUPS: readonly (readonly BonePlan[])[] = [
  limb('back', 'Arm'),
  limb('back', 'Leg'),
  limb('front', 'Leg'),
  [
    { part: 'head', joint: (s) => s.head },
    { part: 'torso', joint: (s) => s.torso },
    { part: 'hem', joint: (s) => s.hem },
  ],
  limb('front', 'Arm'),
];

/** Draws one fighter, with springs between poses, its cloth, and its shadow on the floor. */
export class FighterView {
  /** The object that plugins track. */
  readonly body: Phaser.GameObjects.Container;
  readonly #shadow: Phaser.GameObjects.Ellipse;
  readonly #bones: readonly Bone[];
  readonly #tinted: readonly (readonly [Image, number])[];
  readonly #ribbons: readonly Ribbon[];
  readonly #glint: Image;
  readonly #spring = new PoseSpring();
  readonly #palette: Palette;
  #lastX = NaN;
  #flash = false;
  #glintLeft = 0;

  constructor(scene: Phaser.Scene, name: string, palette: Palette) {
    this.#palette = palette;
    const bodyImages = fighterImages(palette);
    const { key, scale } = bakeAtlas(scene, `fighter-${palette.accent}`, bodyImages);
    const image = (part: PartName, suffix: '' | '-line' | '-both'): Image =>
      new Phaser.GameObjects.Image(scene, 0, 0, key, part + suffix)
        .setOrigin(...pivotOf({ name: part, draw: () => {}, ...partNamed(part) }))
        .setScale(scale);
    const isOne = isPlain(scene);
    const bones: Bone[] = [];
    const order: Image[] = [];
    const tinted: [Image, number][] = [];
    GROUPS.forEach((group, at) => {
      const made = group.map(({ part, joint }) => {
        const line = isOne ? null : image(part, '-line');
        const bone = { line, fill: image(part, isOne ? '-both' : ''), joint };
        tinted.push([bone.fill, at < 2 ? BACK_TINT : 0xffffff]);
        if (line) tinted.push([line, 0xffffff]);
        return bone;
      });
      bones.push(...made);
      order.push(...made.flatMap(({ line }) => line ?? []), ...made.map(({ fill }) => fill));
    });
    const hasMask = palette.cut === 'mask';
    this.#ribbons = (hasMask ? [8] : [6, 5]).map(
      (links) =>
        new Ribbon(scene, {
          texture: key,
          scale,
          links,
          link: hasMask ? 7.5 : 6,
          narrow: hasMask ? 1 : 0.6,
        }),
    );
    this.#bones = bones;
    this.#tinted = tinted;
    for (const [fill, tint] of tinted) fill.setTint(tint);
    this.#glint = new Phaser.GameObjects.Image(scene, 0, 0, glintTexture(scene))
      .setTint(palette.glow)
      .setBlendMode(Phaser.BlendModes.ADD)
      .setVisible(false);
    this.#shadow = scene.add.ellipse(0, WORLD.floor + 4, 84, 15, 0x000000, 0.35).setDepth(0);
    const cloth = this.#ribbons.flatMap(({ images }) => images);
    this.body = scene.add
      .container(0, 0, [...cloth, ...order, this.#glint])
      .setDepth(10)
      .setName(name);
  }

  /** Flashes an eye: the fighter has read its opponent. */
  glint(): void {
    this.#glintLeft = 0.5;
  }

  /** Draws the fighter; `seconds` since the last call. */
  update(look: FighterLook, seconds: number): void {
    const { x, height, facing } = look;
    this.#spring.approach(look.pose, seconds);
    const tremble = look.trembles ? (Math.floor(performance.now() / 25) % 2 ? 2.5 : -2.5) : 0;
    this.body.setPosition(x + tremble, WORLD.floor - height);
    this.body.scaleX = facing;
    const skeleton = solveSkeleton(this.#spring.pose);
    for (const { line, fill, joint } of this.#bones) {
      const { x: left, y: top, turn } = joint(skeleton);
      line?.setPosition(left, top).setRotation(turn);
      fill.setPosition(left, top).setRotation(turn);
    }
    this.#setFlash(look.flash);
    this.#flyCloth(skeleton, look, seconds);
    this.#drawGlint(skeleton, seconds);
    const shrink = Math.max(0.35, 1 - height / 180);
    this.#shadow
      .setPosition(x, WORLD.floor + 4)
      .setScale(shrink)
      .setAlpha(shrink);
  }

  #flyCloth(skeleton: Skeleton, { x, facing }: FighterLook, seconds: number): void {
    const { head } = skeleton;
    const speed = Number.isNaN(this.#lastX) || seconds === 0 ? 0 : (x - this.#lastX) / seconds;
    this.#lastX = x;
    // The headband is knotted behind the brow, the scarf at the neck.
    const [backX, backY] = this.#palette.cut === 'mask' ? [-9, 0] : [-12, -19];
    const [sine, cosine] = [Math.sin(head.turn), Math.cos(head.turn)];
    const localX = head.x + backX * cosine - backY * sine;
    const localY = head.y + backX * sine + backY * cosine;
    const { x: left, y: top } = this.body;
    const wind = -facing * 420 - Math.max(-500, Math.min(500, speed));
    this.#ribbons.forEach((ribbon, i) =>
      ribbon.update({ x: left + localX * facing, y: top + localY + i * 2 }, seconds, {
        wind: wind * (1 - i * 0.3),
        look: (point) => ({ x: (point.x - left) * facing, y: point.y - top }),
      }),
    );
  }

  #drawGlint({ head }: Skeleton, seconds: number): void {
    this.#glintLeft -= seconds;
    const isShown = this.#glintLeft > 0;
    this.#glint.setVisible(isShown);
    if (!isShown) return;
    const share = this.#glintLeft / 0.5;
    const [sine, cosine] = [Math.sin(head.turn), Math.cos(head.turn)];
    this.#glint
      .setPosition(head.x + 8 * cosine + 15 * sine, head.y + 8 * sine - 15 * cosine)
      .setScale(0.35 + Math.sin(share * Math.PI) * 0.6)
      .setAlpha(Math.min(1, share * 2));
  }

  #setFlash(flash: boolean): void {
    if (flash === this.#flash) return;
    this.#flash = flash;
    for (const [image, tint] of this.#tinted)
      image
        .setTint(flash ? 0xffffff : tint)
        .setTintMode(flash ? Phaser.TintModes.FILL : Phaser.TintModes.MULTIPLY);
  }
}

/** Key of the texture of a four-pointed star, 64 px. */
function glintTexture(scene: Phaser.Scene): string {
  const key = 'glint';
  if (scene.textures.exists(key)) return key;
  const texture = scene.textures.createCanvas(key, 64, 64);
  const context = texture?.context;
  if (!texture || !context) return key;
  const glow = context.createRadialGradient(32, 32, 0, 32, 32, 32);
  glow.addColorStop(0, 'rgba(255,255,255,1)');
  glow.addColorStop(0.25, 'rgba(255,255,255,0.35)');
  glow.addColorStop(1, 'rgba(255,255,255,0)');
  context.fillStyle = glow;
  for (const [width, height] of [
    [64, 5],
    [5, 64],
    [24, 24],
  ]) {
    context.beginPath();
    context.ellipse(32, 32, width / 2, height / 2, 0, 0, Math.PI * 2);
    context.fill();
  }
  texture.refresh();
  return key;
}
