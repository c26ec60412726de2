import * as v from 'valibot';
import { featureLayout } from '../../dataset/feature-layout.ts';
import { checkStatistics } from '../../dataset/encoder.ts';
import type { EncoderStatistics } from '../../dataset/statistics.ts';
import { networkShape } from '../../model/build-shape.ts';
import type { Checkpoint } from '../../model/checkpoint.ts';
import { statisticsSchema } from '../../model/checkpoint-schema.ts';
import { parameterLayout } from '../../network/graph.ts';
import { findParameter } from '../../network/parameters.ts';
import { resolveModelConfig, resolveTrainingConfig } from '../../model/resolve-config.ts';
import type { CharacterSpec } from '../../record/spec.ts';
import { specSchema } from '../../record/spec-schema.ts';
import { checkSpec } from '../../record/spec.ts';
import { ForesightError } from '../../util/error.ts';
import { transposed } from './keras-matrix.ts';
import { layerChain, parseLayersModel } from './read-topology.ts';
import type { LayersModelInput, ReadLayer } from './read-topology.ts';
import { unpackArrays } from './weights-file.ts';
import type { NamedWeights } from './weights-file.ts';

/** A tfjs layers model to be read. */
export interface LayersModelSource {
  /** The parsed model.json. */
  readonly json: unknown;
  /** The bytes of its files of weights, one after the other in the order of `weightsManifest`. */
  readonly weights: Uint8Array;
}

/** What a layers model does not contain: what its inputs and outputs mean. */
export interface LayersModelMeaning {
  /** Its actions are the outputs, in order. */
  readonly spec: CharacterSpec;
  /** How steps are encoded as the model's inputs. */
  readonly statistics: EncoderStatistics;
}

/** How the layers of Keras must be set: as PyTorch's LSTM computes. */
const LSTM_SETTINGS = {
  activation: 'tanh',
  recurrent_activation: 'sigmoid',
  go_backwards: false,
  return_state: false,
} as const;

const factsSchema = v.looseObject({ spec: specSchema, statistics: statisticsSchema });

/** Layers that do nothing while predicting. */
const INERT = ['InputLayer', 'Dropout', 'SpatialDropout1D', 'GaussianDropout', 'GaussianNoise'];

/**
 * A checkpoint of a tfjs layers model that is a chain of one to three LSTM layers of equal size and a Dense layer
 * with softmax, one output for each action; layers that only matter in training (dropout) are left out. It was
 * trained elsewhere, so it has no metrics and names no sessions.
 *
 * @param meaning may be left out for a model that `writeLayersModel` wrote, which states it
 *
 * Throws `bad-data`, naming the layer, for a model of another form or one that does not fit the spec and
 * statistics, and `corrupt-file` for files that are not a whole layers model.
 */
export function readLayersModel(
  source: LayersModelSource,
  meaning?: LayersModelMeaning,
): Checkpoint {
  const parsed = parseLayersModel(source.json);
  const { spec, statistics } = meaning ?? statedMeaning(parsed);
  checkSpec(spec);
  checkStatistics(spec, statistics);
  const { lstms, dense } = readNetwork(layerChain(parsed));
  const arrays = unpackArrays(parsed.weightsManifest, source.weights);
  const units = Number(lstms[0].config.units);
  const model = resolveModelConfig({
    cell: 'lstm',
    layers: lstms.length,
    units,
    embedding: 0,
    timeBins: 0,
  });
  const shape = networkShape(model, spec, statistics);
  const layout = parameterLayout(shape);
  const weights = new Float32Array(layout.length);
  const set = (name: string, data: Float32Array): void =>
    weights.set(data, findParameter(layout, name).offset);
  lstms.forEach((layer, i) => {
    const width = i ? units : shape.features;
    const kernel = find(arrays, layer, 'kernel', [width, 4 * units], () =>
      i ? '' : ` ${inputsText(spec, statistics)}`,
    );
    const recurrent = find(arrays, layer, 'recurrent_kernel', [units, 4 * units]);
    set(`lstm.weight_ih_l${i}`, transposed(kernel, width, 4 * units));
    set(`lstm.weight_hh_l${i}`, transposed(recurrent, units, 4 * units));
    // PyTorch has a second bias, which stays 0.
    if (layer.config.use_bias !== false)
      set(`lstm.bias_ih_l${i}`, find(arrays, layer, 'bias', [4 * units]));
  });
  const actions = spec.action.actions.length;
  const kernel = find(
    arrays,
    dense,
    'kernel',
    [units, actions],
    () => ` "${spec.name}" has ${actions} actions: ${spec.action.actions.join(', ')}.`,
  );
  set('action.weight', transposed(kernel, units, actions));
  if (dense.config.use_bias !== false) set('action.bias', find(arrays, dense, 'bias', [actions]));
  return {
    spec,
    model,
    training: resolveTrainingConfig(),
    statistics,
    shape,
    weights,
    metrics: { epochs: 0, loss: NaN },
    trainedOn: { sessions: [], episodes: 0, steps: 0, files: [], actions: [] },
  };
}

function readNetwork(chain: readonly ReadLayer[]): {
  readonly lstms: readonly ReadLayer[];
  readonly dense: ReadLayer;
} {
  const layers = chain.filter(({ className }) => !INERT.includes(className));
  const dense = layers.at(-1);
  const lstms = layers.slice(0, -1);
  const other = lstms.find(({ className }) => className !== 'LSTM');
  if (other)
    throw unsupported(other, 'is not an LSTM, and only those may come before the last one');
  if (!dense) throw new ForesightError('bad-data', `The model has no layers. Give ${SUPPORTED}.`);
  if (dense.className !== 'Dense' || dense.config.activation !== 'softmax')
    throw unsupported(dense, 'is the last one, but not a Dense with activation "softmax"');
  if (!lstms.length || lstms.length > 3)
    throw new ForesightError(
      'bad-data',
      `The model has ${lstms.length || 'no'} LSTM layers before "${dense.name}". Give ${SUPPORTED}.`,
    );
  for (const layer of lstms) checkLstm(layer, lstms[0], layer === lstms.at(-1));
  return { lstms, dense };
}

function checkLstm(layer: ReadLayer, first: ReadLayer, isLast: boolean): void {
  const { config } = layer;
  for (const [key, wanted] of Object.entries(LSTM_SETTINGS))
    if ((config[key] ?? false) !== wanted)
      throw unsupported(layer, `has ${key} ${show(config[key])} instead of ${show(wanted)}`);
  if (!isLast && config.return_sequences !== true)
    throw unsupported(layer, 'does not return sequences, though another LSTM follows');
  if (config.units !== first.config.units)
    throw unsupported(
      layer,
      `has ${show(config.units)} units, but "${first.name}" has ${show(first.config.units)}, and all must be equal`,
    );
}

const SUPPORTED =
  'one to three LSTM layers of equal size (tanh, sigmoid) and a Dense layer with softmax';

const unsupported = ({ name, className }: ReadLayer, why: string): ForesightError =>
  new ForesightError(
    'bad-data',
    `Layer "${name}" (${className}) ${why}. Only models of ${SUPPORTED} can be imported.`,
  );

const show = (value: unknown): string => JSON.stringify(value) ?? 'missing';

/** What the metadata of a model that this package wrote state. */
function statedMeaning({ userDefinedMetadata }: LayersModelInput): LayersModelMeaning {
  const result = v.safeParse(factsSchema, userDefinedMetadata);
  if (result.success) return result.output;
  throw new ForesightError(
    'bad-data',
    'The model.json does not state what its inputs and outputs mean. Give the spec and statistics that its features were encoded with (on the command line: --like with a model of that spec).',
  );
}

/** The array of a layer. Its name may have the name of the cell, or that of the model, in it too. */
function find(
  arrays: ReadonlyMap<string, NamedWeights>,
  { name: layer }: ReadLayer,
  kind: string,
  shape: readonly number[],
  explain: () => string = () => '',
): Float32Array {
  const found = [...arrays.values()].find(({ name }) => {
    const parts = name.split('/');
    return parts.at(-1) === kind && parts.slice(0, -1).includes(layer);
  });
  if (!found)
    throw new ForesightError(
      'corrupt-file',
      `The model.json lists no weights "${layer}/${kind}". Save the model again, with its weights.`,
    );
  if (found.shape.join() !== shape.join())
    throw new ForesightError(
      'bad-data',
      `The ${kind} of layer "${layer}" is [${found.shape.join(', ')}], but the spec and statistics need [${shape.join(', ')}].${explain()} Give those that the model was trained with.`,
    );
  return found.data;
}

/** The features that the spec and statistics make. */
function inputsText(spec: CharacterSpec, statistics: EncoderStatistics): string {
  const { width, blocks } = featureLayout(spec, statistics);
  return `"${spec.name}" is encoded as ${width} features: ${blocks.map((block) => `${block.name} (${block.width})`).join(', ')}.`;
}
