import { io } from '@tensorflow/tfjs';
import type { LayersModelFiles } from '../../../src/interchange/layers-model/write-layers-model.ts';

/** What `tf.loadLayersModel` loads from: the two files as tfjs reads them from a server, without one. */
export const openFiles = ({ json, weights }: LayersModelFiles): io.IOHandler => ({
  load: async () => {
    const model = JSON.parse(JSON.stringify(json)) as io.ModelJSON;
    return io.getModelArtifactsForJSON(model, async (manifest) => [
      manifest.flatMap((group) => group.weights),
      weights.slice().buffer,
    ]);
  },
});
