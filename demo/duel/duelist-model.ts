import type * as Phaser from 'phaser';
import { DUEL_MODEL, DUEL_SPEC } from './duel-spec.ts';

/** Loads the pretrained model, once per game. Call it in a scene's preload(). */
export function preloadDuelist(scene: Phaser.Scene): void {
  if (scene.foresight.hasModel(DUEL_MODEL)) return;
  scene.load.foresightModel({
    key: DUEL_MODEL,
    url: 'checkpoints/duelist.safetensors',
    spec: DUEL_SPEC,
  });
}

/** Defines a model without weights if the file could not be loaded. Call it in a scene's create(). */
export function requireDuelist(scene: Phaser.Scene): void {
  if (!scene.foresight.hasModel(DUEL_MODEL)) scene.foresight.defineModel(DUEL_MODEL, DUEL_SPEC);
}
