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

/** Adds layers to a functional model, each with one set of inputs. */
export class LayerList {
  readonly #layers: LayerJson[] = [];

  get layers(): readonly LayerJson[] {
    return this.#layers;
  }

  /** Adds a layer and returns its name. */
  add(
    className: string,
    name: string,
    inputs: readonly string[],
    config: Readonly<Record<string, unknown>>,
  ): string {
    this.#layers.push({
      class_name: className,
      name,
      config: { name, ...config },
      inbound_nodes: inputs.length ? [inputs.map((input) => [input, 0, 0, {}])] : [],
    });
    return name;
  }
}
