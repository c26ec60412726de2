import type { Checkpoint } from '../../model/checkpoint.ts';
import { FEED_FORWARD } from '../../network/graph.ts';
import { ParameterReader } from '../parameter-reader.ts';
import { inUnits } from '../value-units.ts';
import { transposed, unfoldEmbeddings } from './keras-matrix.ts';
import type { LayerJson } from './layers-model.ts';
import type { NamedWeights } from './weights-file.ts';

/** Names of the input and of the outputs. */
export const LAYERS_MODEL_PORTS = {
  features: 'features',
  action: 'action',
  time: 'time',
  values: 'values',
} as const;

/** Weights follow, so none of them has to be drawn. */
const ZEROS = { class_name: 'Zeros', config: {} };
const INITIALIZERS = { kernel_initializer: ZEROS, bias_initializer: ZEROS };

type Activation = 'linear' | 'relu' | 'softmax';

/** The layers of a network of LSTM cells without experts, and their weights, as Keras has them. */
export class NetworkLayers {
  readonly layers: LayerJson[] = [];
  /** In the order of the layers. */
  readonly weights: NamedWeights[] = [];
  /** Names of the layers that are outputs. */
  readonly outputs: readonly string[];
  readonly #shape: Checkpoint['shape'];
  readonly #parameters: ParameterReader;

  constructor(checkpoint: Checkpoint) {
    this.#shape = checkpoint.shape;
    this.#parameters = new ParameterReader(checkpoint.shape, inUnits(checkpoint));
    const { actions, timeBins, values } = this.#shape;
    const { features, action, time, values: value } = LAYERS_MODEL_PORTS;
    this.#layer('InputLayer', features, [], {
      batch_input_shape: [null, null, this.#shape.features],
      dtype: 'float32',
      sparse: false,
    });
    const top = this.#recurrent();
    const hidden = this.#shape.feedForward
      ? this.#dense('feed_forward', FEED_FORWARD, features, 'relu')
      : null;
    this.outputs = [
      ...(actions ? [this.#head(action, top, hidden, 'softmax')] : []),
      ...(timeBins ? [this.#head(time, top, hidden, 'softmax')] : []),
      ...(values ? [this.#head(value, top, hidden, 'linear')] : []),
    ];
    this.#parameters.requireAll();
  }

  /** The recurrent layers; returns the name of the last one. */
  #recurrent(): string {
    const { layers, units } = this.#shape;
    let below: string = LAYERS_MODEL_PORTS.features;
    for (let layer = 0; layer < layers; layer++) {
      const name = `lstm_${layer}`;
      const recurrentBias = this.#data(`lstm.bias_hh_l${layer}`);
      const bias = this.#data(`lstm.bias_ih_l${layer}`).map((value, i) => value + recurrentBias[i]);
      // The gates are i, f, c, o, as in PyTorch.
      this.#kernel(`${name}/kernel`, this.#input(`lstm.weight_ih_l${layer}`, !layer), bias.length);
      const recurrent = this.#data(`lstm.weight_hh_l${layer}`);
      this.#kernel(`${name}/recurrent_kernel`, recurrent, bias.length);
      this.weights.push({ name: `${name}/bias`, shape: [bias.length], data: bias });
      below = this.#layer('LSTM', name, [below], {
        units,
        activation: 'tanh',
        recurrent_activation: 'sigmoid',
        use_bias: true,
        unit_forget_bias: false,
        return_sequences: true,
        ...INITIALIZERS,
        recurrent_initializer: ZEROS,
      });
    }
    return below;
  }

  /** A head on the recurrent network, or the mean of it and that of the feed-forward network. */
  #head(name: string, top: string, hidden: string | null, activation: Activation): string {
    if (hidden === null) return this.#dense(name, `${name}.`, top, activation);
    const both = [
      this.#dense(`${name}_recurrent`, `${name}.`, top, 'linear'),
      this.#dense(`${name}_feed_forward`, `${FEED_FORWARD}${name}.`, hidden, 'linear'),
    ];
    if (activation === 'linear') return this.#layer('Average', name, both, {});
    const mean = this.#layer('Average', `${name}_mean`, both, {});
    return this.#layer('Activation', name, [mean], { activation });
  }

  /** A dense layer with the parameters of that prefix. */
  #dense(name: string, prefix: string, input: string, activation: Activation): string {
    const bias = this.#data(`${prefix}bias`);
    const isFirst = input === LAYERS_MODEL_PORTS.features;
    this.#kernel(`${name}/kernel`, this.#input(`${prefix}weight`, isFirst), bias.length);
    this.weights.push({ name: `${name}/bias`, shape: [bias.length], data: bias });
    return this.#layer('Dense', name, [input], {
      units: bias.length,
      activation,
      use_bias: true,
      ...INITIALIZERS,
    });
  }

  #layer(
    className: string,
    name: string,
    inputs: readonly string[],
    config: Readonly<Record<string, unknown>>,
  ): string {
    this.layers.push({
      class_name: className,
      name,
      config: { name, ...config },
      inbound_nodes: inputs.length ? [inputs.map((input) => [input, 0, 0, {}])] : [],
    });
    return name;
  }

  #kernel(name: string, weights: Float32Array, rows: number): void {
    const columns = weights.length / rows;
    const data = transposed(weights, rows, columns);
    this.weights.push({ name, shape: [columns, rows], data });
  }

  /** Input weights [rows, columns]. @param isFirst whether the layer takes the features */
  #input(name: string, isFirst: boolean): Float32Array {
    const weights = this.#data(name);
    return isFirst ? unfoldEmbeddings(this.#shape, weights, (table) => this.#data(table)) : weights;
  }

  #data(name: string): Float32Array {
    return this.#parameters.read(name).data;
  }
}
