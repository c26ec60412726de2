import type * as Phaser from 'phaser';
import { DUEL_MODEL, DUEL_SPEC } from './duel-spec.ts';

/** Loads the pretrained model, once per game. To be called in a scene's preload(). */
export function preloadDuelist(scene: Phaser.Scene): void {
  if (scene.foresight.hasModel(DUEL_MODEL)) return;
  scene.load.foresightModel({
    key: DUEL_MODEL,
    url: 'checkpoints/duelist.safetensors',
    spec: DUEL_SPEC,
  });
}

/** Without the file it is still a game: the model then begins without weights. To be called in create(). */
export function requireDuelist(scene: Phaser.Scene): void {
  if (!scene.foresight.hasModel(DUEL_MODEL)) scene.foresight.defineModel(DUEL_MODEL, DUEL_SPEC);
}
