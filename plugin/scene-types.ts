/**
 * `import 'phaser-foresight/scene-types'`, once per project, gives every scene the field `foresight` and
 * every loader the method `foresightModel`. Types alone: at run time it is empty.
 */
import type { ModelFileConfig } from './game/model-file.ts';
import type { ForesightScenePlugin } from './scene/foresight-scene-plugin.ts';

declare global {
  namespace Phaser {
    interface Scene {
      /** Models, and the characters of this scene. Needs `plugins: foresight()` in the game config. */
      foresight: ForesightScenePlugin;
    }
    namespace Loader {
      interface LoaderPlugin {
        /** Loads a checkpoint (safetensors) as the model `key` of the game. */
        foresightModel(
          key: string,
          url?: string,
          xhrSettings?: Phaser.Types.Loader.XHRSettingsObject,
        ): this;
        foresightModel(config: ModelFileConfig | readonly ModelFileConfig[]): this;
      }
    }
  }
}
