/** A game as a user of the npm package writes it; compiled against the built declarations. */
import type * as Phaser from 'phaser';
import { ForesightPlugin, ForesightScenePlugin } from 'phaser-foresight';
import { ForesightError } from 'phaser-foresight/core';

export const config: Phaser.Types.Core.GameConfig = {
  plugins: {
    global: [{ key: 'Foresight', plugin: ForesightPlugin, mapping: 'foresight', start: true }],
    scene: [{ key: 'ForesightScene', plugin: ForesightScenePlugin, mapping: 'characters' }],
  },
};

export const isOurs = (error: unknown): boolean => error instanceof ForesightError;
