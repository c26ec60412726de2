import type { ForesightPlugin } from './game/foresight-plugin.ts';
import type { ForesightScenePlugin } from './scene/foresight-scene-plugin.ts';
import type { ModelFileConfig } from './game/model-file.ts';

declare global {
  namespace Phaser {
    interface Scene {
      /** The global Foresight plugin: models, training, recordings. Needs the mapping `foresight`. */
      foresight: ForesightPlugin;
      /** The characters of this scene. Needs the mapping `characters`. */
      characters: ForesightScenePlugin;
    }
    namespace Loader {
      interface LoaderPlugin {
        /** Loads a checkpoint (safetensors) as the model `key` of `this.foresight`. */
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
