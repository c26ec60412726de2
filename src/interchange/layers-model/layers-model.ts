import type { NetworkFacts } from '../network-facts.ts';
import type { WeightsGroup } from './weights-file.ts';

/** A layer in the JSON of Keras 2. */
export interface LayerJson {
  readonly class_name: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers whose outputs it takes, in Keras' nesting. */
  readonly inbound_nodes: readonly (readonly (readonly [string, 0, 0, object])[])[];
}

/** The content of a model.json that `tf.loadLayersModel` opens. */
export interface LayersModelJson {
  readonly format: 'layers-model';
  readonly generatedBy: string;
  readonly convertedBy: null;
  readonly modelTopology: {
    readonly class_name: 'Functional';
    readonly config: {
      readonly name: string;
      readonly layers: readonly LayerJson[];
      readonly input_layers: readonly (readonly [string, 0, 0])[];
      readonly output_layers: readonly (readonly [string, 0, 0])[];
    };
  };
  readonly weightsManifest: readonly WeightsGroup[];
  readonly userDefinedMetadata: NetworkFacts;
}
