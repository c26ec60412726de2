import * as Phaser from 'phaser';
import { expect, inject, it } from 'vitest';

it('runs on the Phaser version of its project', () => {
  expect(Number(Phaser.VERSION.split('.')[0])).toBe(inject('phaserMajor'));
});

it('boots a WebGL game and updates its scene', async () => {
  let game: Phaser.Game | undefined;
  try {
    const renderer = await new Promise<number>((resolve) => {
      game = new Phaser.Game({
        type: Phaser.WEBGL,
        width: 64,
        height: 64,
        banner: false,
        audio: { noAudio: true },
        scene: { update: () => resolve(game!.renderer.type) },
      });
    });
    expect(renderer).toBe(Phaser.WEBGL);
  } finally {
    game?.destroy(true);
  }
});
