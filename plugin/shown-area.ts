import type * as Phaser from 'phaser';

/** Edges of a part of the world. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** What a camera shows of the world; before its first picture, which tells, as if it were not zoomed. */
export function shownArea(camera: Phaser.Cameras.Scene2D.Camera): Area {
  const { worldView, scrollX, scrollY, width } = camera;
  if (worldView.width > 0) return worldView;
  return { left: scrollX, right: scrollX + width, top: scrollY };
}
