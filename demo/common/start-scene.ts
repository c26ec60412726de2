import type * as Phaser from 'phaser';

/** A scene of the demo by its key. */
export type SceneByKey = readonly [key: string, scene: typeof Phaser.Scene];

/**
 * The scenes in the order in which Phaser is to get them: the first one starts. That is the one that
 * the address asks for, such as `?scene=robot`, or else the first of `scenes`.
 */
export function startFirst(scenes: readonly SceneByKey[], search: string): (typeof Phaser.Scene)[] {
  const asked = new URLSearchParams(search).get('scene');
  const isAsked = ([key]: SceneByKey): boolean => key === asked;
  return [...scenes.filter(isAsked), ...scenes.filter((one) => !isAsked(one))].map(
    ([, scene]) => scene,
  );
}
