import * as Phaser from 'phaser';
import { BASE, layOut } from './lay-out.ts';
import type { Box, Layout, Size } from './lay-out.ts';

/** Objects at this depth and above belong to the interface, which is measured in units. */
export const UI_DEPTH = 50;

/** Most canvas pixels per CSS px, and in all: beyond that no one sees a difference. */
const MOST = { density: 2, area: 3200 * 1800 } as const;

export interface ScreenOptions {
  /** Fixed sharpness: 1 = as many canvas pixels as 800 x 450; default: as many as the window shows. */
  readonly fixed?: number;
  /** True without a graphics card: scenes then leave out effects that cost many pixels. */
  readonly isPlain?: boolean;
}

interface Screen {
  readonly layout: Layout;
  /** Canvas pixels per unit of the interface. */
  readonly pixels: number;
}

const FIRST: Screen = { layout: layOut(BASE), pixels: 1 };
const screens = new WeakMap<Phaser.Game, Screen>();
const followers = new WeakMap<Phaser.Game, Set<() => void>>();
/** Which part of the world a scene shows, and where: units and world px. */
export interface WorldView {
  readonly box: Box;
  readonly world: Box;
}

const views = new WeakMap<Phaser.Scene, (layout: Layout) => WorldView>();
const plainGames = new WeakSet<Phaser.Game>();

const screenOf = (scene: Phaser.Scene): Screen => screens.get(scene.game) ?? FIRST;

/** Canvas pixels per unit: the resolution that textures and texts need. */
export const pixelsPerUnit = (scene: Phaser.Scene): number => screenOf(scene).pixels;

/** Where everything is at the current size of the window. */
export const layoutOf = (scene: Phaser.Scene): Layout => screenOf(scene).layout;

/** Lets a scene show another part of its world than BASE, or elsewhere. Call it in `create`. */
export function showWorld(scene: Phaser.Scene, view: (layout: Layout) => WorldView): void {
  views.set(scene, view);
}

/** Calls `place` now and whenever the window has another size, while the scene runs. */
export function followScreen(scene: Phaser.Scene, place: (layout: Layout) => void): void {
  const follow = (): void => {
    // What closes with a scene, such as a panel, can change the size when its objects are gone already.
    if (scene.sys.settings.status < Phaser.Scenes.SHUTDOWN) place(layoutOf(scene));
  };
  const all = followers.get(scene.game) ?? new Set();
  followers.set(scene.game, all.add(follow));
  scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () => all.delete(follow));
  follow();
}

/** A pointer's place in the interface, units. */
export function unitPoint(scene: Phaser.Scene, pointer: { x: number; y: number }) {
  const pixels = pixelsPerUnit(scene);
  return { x: pointer.x / pixels, y: pointer.y / pixels };
}

/** Whether a scene should leave out effects that cost many pixels. */
export const isPlain = (scene: Phaser.Scene): boolean => plainGames.has(scene.game);

/** The page's element that the game is in. */
export const gameElement = ({ game }: Phaser.Scene): HTMLElement =>
  game.scale.parent as HTMLElement;

/** Canvas pixels per CSS px. */
function densityOf({ width, height }: Size, fixed: number | undefined): number {
  const area = width * height;
  if (fixed !== undefined) return fixed * Math.sqrt((BASE.width * BASE.height) / area);
  return Math.min(MOST.density, window.devicePixelRatio || 1, Math.sqrt(MOST.area / area));
}

/**
 * Fills the game's element with the canvas, with as many pixels as the window shows. Each scene gets two
 * cameras: the main one shows the world on the stage, a second one the interface. Follows the window's
 * size until the game is destroyed.
 */
export function keepScreenSharp(game: Phaser.Game, options: ScreenOptions = {}): void {
  if (options.isPlain) plainGames.add(game);
  const apply = (): void => {
    const parent = game.scale.parent as HTMLElement | null;
    const { width, height } = parent?.getBoundingClientRect() ?? BASE;
    if (width < 1 || height < 1) return;
    const density = densityOf({ width, height }, options.fixed);
    const layout = layOut({ width, height });
    screens.set(game, { layout, pixels: layout.unit * density });
    game.scale.setGameSize(Math.round(width * density), Math.round(height * density));
    for (const scene of game.scene.scenes) if (scene.cameras?.main) placeCameras(scene);
    for (const follow of followers.get(game) ?? []) follow();
  };
  game.events.once(Phaser.Core.Events.READY, () => {
    for (const scene of game.scene.scenes)
      scene.events.on(Phaser.Scenes.Events.CREATE, () => divide(scene));
    apply();
  });
  window.addEventListener('resize', apply);
  game.events.once(Phaser.Core.Events.DESTROY, () => window.removeEventListener('resize', apply));
}

/** Gives a created scene its second camera, and each object to one of the two. */
function divide(scene: Phaser.Scene): void {
  const { main } = scene.cameras;
  const ui = scene.cameras.add(0, 0, undefined, undefined, false, 'ui');
  const divided = new WeakSet<Phaser.GameObjects.GameObject>();
  const share = (): void => {
    for (const child of scene.children.list) {
      if (divided.has(child)) continue;
      divided.add(child);
      const { depth = 0 } = child as Partial<Phaser.GameObjects.Components.Depth>;
      (depth >= UI_DEPTH ? main : ui).ignore(child);
    }
  };
  share();
  placeCameras(scene);
  // Objects that were made since the last frame.
  scene.events.on(Phaser.Scenes.Events.POST_UPDATE, share);
  scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () =>
    scene.events.off(Phaser.Scenes.Events.POST_UPDATE, share),
  );
}

function placeCameras(scene: Phaser.Scene): void {
  const { layout, pixels } = screenOf(scene);
  const { ui } = layout;
  const { box, world } = views.get(scene)?.(layout) ?? { box: layout.stage, world: layout.world };
  const viewport = [box.x, box.y, box.width, box.height].map((units) => Math.round(units * pixels));
  const [x, y, width, height] = viewport;
  scene.cameras.main
    .setViewport(x, y, width, height)
    .setZoom(Math.min(width / world.width, height / world.height))
    .centerOn(world.x + world.width / 2, world.y + world.height / 2);
  scene.cameras
    .getCamera('ui')
    ?.setViewport(0, 0, Math.round(ui.width * pixels), Math.round(ui.height * pixels))
    .setZoom(pixels)
    .centerOn(ui.width / 2, ui.height / 2);
}
