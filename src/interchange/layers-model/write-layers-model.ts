import type { Checkpoint } from '../../model/checkpoint.ts';
import { FEED_FORWARD, findParameter, parameterLayout } from '../../model/network-shape.ts';
import { ForesightError } from '../../util/error.ts';
import { networkFacts } from '../network-facts.ts';
import { inUnits } from '../value-units.ts';
import { withoutExperts } from '../without-experts.ts';
import { transposed, unfoldEmbeddings } from './keras-matrix.ts';
import { LayerList } from './layers-model.ts';
import type { LayersModelJson } from './layers-model.ts';
import { packArrays } from './weights-file.ts';
import type { NamedWeights } from './weights-file.ts';

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

/** None of them draws anything: the weights follow. */
const ZEROS = { class_name: 'Zeros', config: {} };
const INITIALIZERS = { kernel_initializer: ZEROS, bias_initializer: ZEROS };

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
  const facts = networkFacts(checkpoint);
  const { list, arrays, outputs } = describe(alone);
  return {
    json: {
      format: 'layers-model',
      generatedBy: 'phaser-foresight',
      convertedBy: null,
      modelTopology: {
        class_name: 'Functional',
        config: {
          name: 'foresight',
          layers: list.layers,
          input_layers: [['features', 0, 0]],
          output_layers: outputs.map((name) => [name, 0, 0]),
        },
      },
      weightsManifest: [
        {
          paths: [weightsPath],
          weights: arrays.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
        },
      ],
      userDefinedMetadata: facts,
    },
    weights: packArrays(arrays),
  };
}

function describe(checkpoint: Checkpoint) {
  const { shape } = checkpoint;
  const flat = inUnits(checkpoint);
  const layout = parameterLayout(shape);
  const list = new LayerList();
  const arrays: NamedWeights[] = [];
  const find = (name: string): NamedWeights => {
    const { shape: dims, offset, length } = findParameter(layout, name);
    return { name, shape: dims, data: flat.subarray(offset, offset + length) };
  };
  const addKernel = (layer: string, kind: string, weights: Float32Array, rows: number): void => {
    const columns = weights.length / rows;
    const data = transposed(weights, rows, columns);
    arrays.push({ name: `${layer}/${kind}`, shape: [columns, rows], data });
  };
  /** Weights [rows, inputWidth] of a layer that takes the features. */
  const ofFeatures = (name: string): Float32Array =>
    unfoldEmbeddings(shape, find(name).data, (table) => find(table).data);
  const addDense = (
    name: string,
    prefix: string,
    input: string,
    activation: 'linear' | 'relu' | 'softmax',
  ): string => {
    const bias = find(`${prefix}bias`);
    const weights =
      input === 'features' ? ofFeatures(`${prefix}weight`) : find(`${prefix}weight`).data;
    addKernel(name, 'kernel', weights, bias.data.length);
    arrays.push({ ...bias, name: `${name}/bias` });
    const units = bias.data.length;
    return list.add('Dense', name, [input], { units, activation, use_bias: true, ...INITIALIZERS });
  };

  let top = list.add('InputLayer', 'features', [], {
    batch_input_shape: [null, null, shape.features],
    dtype: 'float32',
    sparse: false,
  });
  for (let layer = 0; layer < shape.layers; layer++) {
    const name = `lstm_${layer}`;
    const bias = find(`lstm.bias_ih_l${layer}`).data;
    const recurrentBias = find(`lstm.bias_hh_l${layer}`).data;
    const inputs = `lstm.weight_ih_l${layer}`;
    // The gates are i, f, c, o, as in PyTorch.
    addKernel(name, 'kernel', layer ? find(inputs).data : ofFeatures(inputs), bias.length);
    addKernel(name, 'recurrent_kernel', find(`lstm.weight_hh_l${layer}`).data, bias.length);
    const sum = bias.map((value, i) => value + recurrentBias[i]);
    arrays.push({ name: `${name}/bias`, shape: [sum.length], data: sum });
    top = list.add('LSTM', name, [top], {
      units: shape.units,
      activation: 'tanh',
      recurrent_activation: 'sigmoid',
      use_bias: true,
      unit_forget_bias: false,
      return_sequences: true,
      ...INITIALIZERS,
      recurrent_initializer: ZEROS,
    });
  }
  const hidden = shape.feedForward
    ? addDense('feed_forward', FEED_FORWARD, 'features', 'relu')
    : null;
  const addHead = (head: string, activation: 'linear' | 'softmax'): string => {
    if (hidden === null) return addDense(head, `${head}.`, top, activation);
    const both = [
      addDense(`${head}_recurrent`, `${head}.`, top, 'linear'),
      addDense(`${head}_feed_forward`, `${FEED_FORWARD}${head}.`, hidden, 'linear'),
    ];
    const mean = activation === 'linear' ? head : `${head}_mean`;
    list.add('Average', mean, both, {});
    return activation === 'linear' ? mean : list.add('Activation', head, [mean], { activation });
  };
  const outputs = [
    ...(shape.actions ? [addHead('action', 'softmax')] : []),
    ...(shape.timeBins ? [addHead('time', 'softmax')] : []),
    ...(shape.values ? [addHead('values', 'linear')] : []),
  ];
  return { list, arrays, outputs };
}
