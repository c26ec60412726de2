import type { Checkpoint } from '../../model/checkpoint.ts';
import { ForesightError } from '../../util/error.ts';
import { networkFacts } from '../network-facts.ts';
import { withoutExperts } from '../without-experts.ts';
import type { LayersModelJson } from './layers-model.ts';
import { LAYERS_MODEL_PORTS, NetworkLayers } from './network-layers.ts';
import { packArrays } from './weights-file.ts';

/** A tfjs layers model: the JSON of its model.json, and the bytes of its one file of weights. */
export interface LayersModelFiles {
  readonly json: LayersModelJson;
  readonly weights: Uint8Array<ArrayBuffer>;
}

export interface LayersModelOptions {
  /** Name of the file of weights, next to the model.json. */
  readonly weightsPath?: string;
}

export const LAYERS_MODEL_DEFAULTS: Required<LayersModelOptions> = { weightsPath: 'weights.bin' };

/**
 * A checkpoint's network as a tfjs layers model, which `tf.loadLayersModel` opens. Its input is the features of whole
 * episodes, [episodes, steps, F]; its outputs, for every step, are the probabilities `action` and `time` and the
 * `values` in the fields' units, where the model has them. Embeddings are multiplied into the LSTM's kernel.
 *
 * N-gram experts are left out (see `withoutExperts`), which may throw. Throws `bad-data` for a GRU: tfjs has only
 * Keras' older kind, whose reset gate acts before the product.
 */
export function writeLayersModel(
  checkpoint: Checkpoint,
  options: LayersModelOptions = {},
): LayersModelFiles {
  const { weightsPath } = { ...LAYERS_MODEL_DEFAULTS, ...options };
  const alone = withoutExperts(checkpoint);
  if (alone.shape.cell !== 'lstm')
    throw new ForesightError(
      'bad-data',
      `The model of "${alone.spec.name}" is a GRU, whose reset gate acts after the product; tfjs cannot compute that. Train an LSTM, or export it as ONNX.`,
    );
  const { layers, outputs, weights } = new NetworkLayers(alone);
  return {
    json: {
      format: 'layers-model',
      generatedBy: 'phaser-foresight',
      convertedBy: null,
      modelTopology: {
        class_name: 'Functional',
        config: {
          name: 'foresight',
          layers,
          input_layers: [[LAYERS_MODEL_PORTS.features, 0, 0]],
          output_layers: outputs.map((name) => [name, 0, 0]),
        },
      },
      weightsManifest: [
        {
          paths: [weightsPath],
          weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
        },
      ],
      userDefinedMetadata: networkFacts(checkpoint),
    },
    weights: packArrays(weights),
  };
}
