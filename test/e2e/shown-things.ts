import type * as Phaser from 'phaser';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Shown } from './browser.ts';

/** A thing of a scene as it is seen, CSS px. */
export interface ShownThing {
  readonly name: string;
  /** What a text reads; empty for everything else. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Size of a text's letters; 0 for everything else. */
  readonly letters: number;
}

/** The visible texts of a scene, and its things that have a name. */
export function shownThings(page: Page, key: string): Promise<ShownThing[]> {
  return page.evaluate((sceneKey) => {
    const { duelGame } = globalThis as unknown as Shown;
    const { cameras, children, scale } = duelGame.scene.getScene(sceneKey);
    const canvas = duelGame.canvas.getBoundingClientRect();
    const cssPx = 1 / scale.displayScale.x;
    const ui = cameras.getCamera('ui')!;
    const things: ShownThing[] = [];
    const visit = (
      one: Phaser.GameObjects.GameObject,
      camera: Phaser.Cameras.Scene2D.Camera,
    ): void => {
      const thing = one as Phaser.GameObjects.Text & { list?: Phaser.GameObjects.GameObject[] };
      if (!thing.visible) return;
      for (const child of thing.list ?? []) visit(child, camera);
      const text = thing.type === 'Text' ? thing.text : '';
      if (!text && !(thing.name && 'getBounds' in thing)) return;
      const size = camera.zoom * cssPx;
      const { scaleX, scaleY } = thing.getWorldTransformMatrix();
      const { x, y } = thing.getBounds();
      const [left, top] = [x - camera.worldView.x, y - camera.worldView.y];
      things.push({
        name: thing.name,
        text,
        x: canvas.x + (left * camera.zoom + camera.x) * cssPx,
        y: canvas.y + (top * camera.zoom + camera.y) * cssPx,
        width: thing.width * scaleX * size,
        height: thing.height * scaleY * size,
        letters: text ? parseFloat(String(thing.style.fontSize)) * scaleY * size : 0,
      });
    };
    for (const child of children.list) visit(child, child.cameraFilter & ui.id ? cameras.main : ui);
    return things;
  }, key);
}

/** Where to touch or click a thing with a name, CSS px. */
export async function middleOf(
  page: Page,
  key: string,
  name: string,
): Promise<{ x: number; y: number }> {
  const thing = (await shownThings(page, key)).find((one) => one.name === name);
  if (!thing) expect.fail(`${key} shows no ${name}`);
  return { x: thing.x + thing.width / 2, y: thing.y + thing.height / 2 };
}
