import type * as Phaser from 'phaser';
import { drawFigure } from './figure.ts';
import type { FigurePalette } from './figure.ts';
import { approachPose, POSES } from './pose.ts';
import type { MutablePose, PoseName } from './pose.ts';
import { WORLD } from './stage-view.ts';

/** What a fighter looks like at a tick. */
export interface FighterLook {
  /** Centre of the feet, px from the left; height above the floor, px. */
  readonly x: number;
  readonly height: number;
  /** 1 = looks right, -1 = looks left. */
  readonly facing: number;
  readonly pose: PoseName;
  /** White for a moment: it was just hit. */
  readonly flash: boolean;
}

export const PLAYER_PALETTE: FigurePalette = {
  skin: 0xf2c79b,
  cloth: 0xf4efe6,
  clothShade: 0xc9bfb4,
  accent: 0x2e9bd6,
  outline: 0x1b1726,
};

export const RIVAL_PALETTE: FigurePalette = {
  skin: 0xd9a679,
  cloth: 0x4a3a66,
  clothShade: 0x32274a,
  accent: 0xe2474b,
  outline: 0x120d1c,
};

/** How quickly a body takes on a pose: share of the way left after one second is e^-rate. */
const POSE_RATE = 22;

/** Draws one fighter, gliding between poses, with its shadow. */
export class FighterView {
  /** Moves with the fighter: what plugins track. */
  readonly body: Phaser.GameObjects.Graphics;
  readonly #shadow: Phaser.GameObjects.Graphics;
  readonly #palette: FigurePalette;
  readonly #pose: MutablePose = { ...POSES.guard };

  constructor(scene: Phaser.Scene, name: string, palette: FigurePalette) {
    this.#palette = palette;
    this.#shadow = scene.add.graphics().setDepth(0);
    this.body = scene.add.graphics().setDepth(10).setName(name);
  }

  /** Draws it as it looks now; `seconds` since the last call. */
  update(look: FighterLook, seconds: number): void {
    approachPose(this.#pose, POSES[look.pose], 1 - Math.exp(-POSE_RATE * seconds));
    this.body.setPosition(look.x, WORLD.floor - look.height);
    this.body.clear();
    drawFigure(this.body, this.#pose, look.facing, this.#palette, look.flash);
    const shrink = Math.max(0.35, 1 - look.height / 180);
    this.#shadow.clear().fillStyle(0x000000, 0.35 * shrink);
    this.#shadow.fillEllipse(look.x, WORLD.floor + 3, 74 * shrink, 14 * shrink);
  }
}
