import type * as Phaser from 'phaser';

/** Size of the world and of the canvas, px. */
export const WORLD = { width: 800, height: 450, floor: 372 } as const;

/** A ridge of hills: heights in px above `base` at even distances across the world. */
function hills(
  g: Phaser.GameObjects.Graphics,
  base: number,
  color: number,
  heights: readonly number[],
): void {
  g.fillStyle(color, 1);
  g.beginPath();
  g.moveTo(-40, base);
  const gap = (WORLD.width + 80) / (heights.length - 1);
  heights.forEach((height, i) => g.lineTo(-40 + i * gap, base - height));
  g.lineTo(WORLD.width + 40, base);
  g.closePath();
  g.fillPath();
}

function lantern(g: Phaser.GameObjects.Graphics, x: number, y: number): void {
  g.lineStyle(2, 0x2a1d33, 1).lineBetween(x, y - 40, x, y - 14);
  g.fillStyle(0xffb257, 0.1).fillCircle(x, y, 46);
  g.fillStyle(0xffb257, 0.14).fillCircle(x, y, 28);
  g.fillStyle(0xf2683c, 1).fillRoundedRect(x - 11, y - 14, 22, 28, 8);
  g.fillStyle(0xffd27a, 1).fillRoundedRect(x - 6, y - 9, 12, 18, 5);
  g.fillStyle(0x2a1d33, 1)
    .fillRect(x - 7, y - 17, 14, 4)
    .fillRect(x - 7, y + 13, 14, 4);
}

/**
 * Evening over a dojo's yard: sky, sun, two ridges, a gate, lanterns and a boarded floor. Drawn
 * once into a texture: hundreds of shapes at every picture would cost a third of the time.
 */
export function drawStage(scene: Phaser.Scene): void {
  const layers = drawLayers(scene);
  scene.add
    .renderTexture(WORLD.width / 2, WORLD.height / 2, WORLD.width, WORLD.height)
    .setDepth(-10)
    .draw(layers)
    .render();
  for (const layer of layers) layer.destroy();
}

function drawLayers(scene: Phaser.Scene): Phaser.GameObjects.Graphics[] {
  const back = scene.make.graphics({}, false);
  back.fillGradientStyle(0x2b2350, 0x2b2350, 0xf08a5d, 0xf08a5d, 1);
  back.fillRect(-40, 0, WORLD.width + 80, WORLD.floor - 40);
  back.fillStyle(0xffe3a8, 0.16).fillCircle(560, 218, 96);
  back.fillStyle(0xffe3a8, 0.95).fillCircle(560, 218, 58);

  const middle = scene.make.graphics({}, false);
  hills(middle, WORLD.floor - 40, 0x7d4a6e, [40, 84, 62, 118, 76, 132, 88, 60, 106, 70, 44]);
  hills(middle, WORLD.floor - 34, 0x513459, [60, 34, 72, 46, 30, 64, 52, 84, 40, 58, 30]);
  const gate = 0x8e2f3a;
  middle.fillStyle(gate, 1);
  middle.fillRect(176, 232, 13, 108).fillRect(286, 232, 13, 108).fillRect(164, 252, 148, 9);
  middle.fillStyle(0x3a2338, 1).fillRoundedRect(150, 222, 176, 13, 5);

  const floor = scene.make.graphics({}, false);
  floor.fillGradientStyle(0x6b4634, 0x6b4634, 0x33222c, 0x33222c, 1);
  floor.fillRect(-40, WORLD.floor - 34, WORLD.width + 80, WORLD.height - WORLD.floor + 74);
  floor.lineStyle(2, 0x2a1a22, 0.55);
  for (const y of [-34, -22, -4, 20, 50])
    floor.lineBetween(-40, WORLD.floor + y, WORLD.width + 40, WORLD.floor + y);
  for (let i = -9; i <= 9; i++)
    floor.lineBetween(400 + i * 52, WORLD.floor - 34, 400 + i * 92, WORLD.height + 40);
  for (const x of [70, 400, 730]) lantern(floor, x, 118);
  floor.lineStyle(3, 0x2a1d33, 1).beginPath().moveTo(-40, 66);
  for (const [x, y] of [
    [70, 80],
    [235, 92],
    [400, 80],
    [565, 92],
    [730, 80],
    [840, 66],
  ])
    floor.lineTo(x, y);
  floor.strokePath();
  return [back, middle, floor];
}
