/** A game as a user of the npm package writes it; compiled against the built declarations. */
import type * as Phaser from 'phaser';
import { foresight } from 'phaser-foresight';
import { ForesightError } from 'phaser-foresight/core';

export const config: Phaser.Types.Core.GameConfig = {
  plugins: foresight({ store: 'indexeddb' }),
};

export const isOurs = (error: unknown): boolean => error instanceof ForesightError;
