import * as Phaser from 'phaser';

/** Size of every scene's world, px: what its camera shows at any size of the window. */
export const BASE = { width: 800, height: 450 } as const;

/** Canvas pixels per world px beyond which no one sees a difference. */
const MOST = 4;

export interface ScreenOptions {
  /** Fixed number of canvas pixels per world px; default: as many as the window shows. */
  readonly fixed?: number;
  /** True without a graphics card: scenes then leave out effects that cost many pixels. */
  readonly isPlain?: boolean;
}

/** Canvas pixels per world px that the window can show. */
function shownPixels(parent: HTMLElement | null): number {
  const { width, height } = parent?.getBoundingClientRect() ?? BASE;
  const fit = Math.min(width / BASE.width, height / BASE.height);
  return Math.min(MOST, Math.max(1, fit * Math.min(2, window.devicePixelRatio || 1)));
}

const zooms = new WeakMap<Phaser.Game, number>();
const plainGames = new WeakSet<Phaser.Game>();

/** Canvas pixels per world px: the resolution that textures and texts need. */
export const pixelsPerUnit = (scene: Phaser.Scene): number => zooms.get(scene.game) ?? 1;

/** Whether a scene should leave out effects that cost many pixels. */
export const isPlain = (scene: Phaser.Scene): boolean => plainGames.has(scene.game);

/** The page's element that the game is in. */
export const gameElement = ({ game }: Phaser.Scene): HTMLElement =>
  game.scale.parent as HTMLElement;

/** Width and height of the canvas that `pixels` per world px make. */
const sizeOf = (pixels: number): { width: number; height: number } => ({
  width: Math.round(BASE.width * pixels),
  height: Math.round(BASE.height * pixels),
});

/**
 * Gives the canvas as many pixels as the window shows, and every camera the matching zoom: for scenes
 * the world stays 800 x 450 px. Follows the window's size until the game is destroyed.
 */
export function keepScreenSharp(game: Phaser.Game, options: ScreenOptions = {}): void {
  const { fixed } = options;
  if (options.isPlain) plainGames.add(game);
  const wanted = (): number => fixed ?? shownPixels(game.scale.parent as HTMLElement | null);
  let pixels = 1;
  /** Cameras that have the zoom; a scene gets new ones at each start. */
  const fitted = new WeakSet<Phaser.Cameras.Scene2D.Camera>();

  const apply = (): void => {
    const next = wanted();
    if (Math.abs(next - pixels) * BASE.width < 1) return;
    const { width, height } = sizeOf(next);
    const before = pixels;
    pixels = next;
    zooms.set(game, next);
    const cameras = game.scene.scenes
      .flatMap((scene) => scene.cameras?.cameras ?? [])
      .filter((camera) => fitted.has(camera))
      .map((camera) => ({ camera, ...centreOf(camera) }));
    game.scale.setGameSize(width, height);
    for (const { camera, x, y } of cameras)
      camera.setZoom((camera.zoom * next) / before).centerOn(x, y);
  };

  // After the scene's create(), which places its objects for a canvas of the world's size.
  const fit = (scene: Phaser.Scene): void => {
    for (const camera of scene.cameras.cameras) {
      fitted.add(camera);
      const x = camera.scrollX + BASE.width / 2;
      const y = camera.scrollY + BASE.height / 2;
      camera.setZoom(camera.zoom * pixels).centerOn(x, y);
    }
  };
  game.events.once(Phaser.Core.Events.READY, () => {
    for (const scene of game.scene.scenes)
      scene.events.on(Phaser.Scenes.Events.CREATE, () => fit(scene));
    apply();
  });
  window.addEventListener('resize', apply);
  game.events.once(Phaser.Core.Events.DESTROY, () => window.removeEventListener('resize', apply));
}

const centreOf = (camera: Phaser.Cameras.Scene2D.Camera): { x: number; y: number } => ({
  x: camera.scrollX + camera.width / 2,
  y: camera.scrollY + camera.height / 2,
});
