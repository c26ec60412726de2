import type * as Phaser from 'phaser';

/** Edges of a part of the world. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** The part of the world that a camera shows. Its zoom is not known before its first frame, and taken as 1. */
export function shownArea(camera: Phaser.Cameras.Scene2D.Camera): Area {
  const { worldView, scrollX, scrollY, width } = camera;
  if (worldView.width > 0) return worldView;
  return { left: scrollX, right: scrollX + width, top: scrollY };
}
