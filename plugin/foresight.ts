import { ForesightPlugin } from './game/foresight-plugin.ts';
import type { ForesightOptions } from './game/foresight-plugin.ts';
import { ForesightScenePlugin } from './scene/foresight-scene-plugin.ts';

/** Entries for `plugins` of Phaser's game config. */
export interface ForesightPlugins {
  readonly global: [
    {
      readonly key: string;
      readonly plugin: typeof ForesightPlugin;
      readonly start: true;
      readonly data: ForesightOptions;
    },
  ];
  readonly scene: [
    {
      readonly key: string;
      readonly plugin: typeof ForesightScenePlugin;
      readonly mapping: string;
    },
  ];
}

let installed = 0;

/**
 * Installs everything: `new Phaser.Game({ plugins: foresight({ store: 'indexeddb' }) })`. Scenes have
 * `this.foresight` then. Next to other plugins, spread both lists into those of the config:
 * `scene: [...foresight().scene, another]`.
 */
export const foresight = (options: ForesightOptions = {}): ForesightPlugins => ({
  global: [
    {
      // A new one for each game that reads it: Phaser leaves out a plugin whose key another game of the page
      // has, also a game that has yet to end, such as the first of two that React's strict mode makes.
      get key() {
        return `Foresight-${++installed}`;
      },
      plugin: ForesightPlugin,
      start: true,
      data: options,
    },
  ],
  scene: [{ key: 'ForesightScene', plugin: ForesightScenePlugin, mapping: 'foresight' }],
});
