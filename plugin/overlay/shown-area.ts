import type * as Phaser from 'phaser';

/** Edges of a part of the world. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** CSS px of the overlay's smallest letters on the screen, and their size in the overlay. */
const READABLE = 14;
const LETTERS = 11;

/** By how much an overlay has to be enlarged, so that its letters can be read at a camera's zoom. */
export function readableScale(camera: Phaser.Cameras.Scene2D.Camera): number {
  const shown = (LETTERS * camera.zoom) / camera.scene.scale.displayScale.x;
  return Math.max(1, READABLE / shown);
}

/** The part of the world that a camera shows. Its zoom is not known before its first frame, and taken as 1. */
export function shownArea(camera: Phaser.Cameras.Scene2D.Camera): Area {
  const { worldView, scrollX, scrollY, width } = camera;
  if (worldView.width > 0) return worldView;
  return { left: scrollX, right: scrollX + width, top: scrollY };
}
