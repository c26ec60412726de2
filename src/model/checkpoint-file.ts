import * as v from 'valibot';
import { checkStatistics } from '../dataset/encoder.ts';
import { categoriesOf, pairSymbols } from '../experts/category-ngram.ts';
import { expertCount } from '../experts/symbol-source.ts';
import { LIMITS } from '../record/limits.ts';
import { specSchema } from '../record/spec-schema.ts';
import { columnsOf } from '../record/columns.ts';
import { checkSpec, requireSameSpec, specHash } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { canonicalJson } from '../util/hash.ts';
import { parseJson } from '../util/parse-json.ts';
import { networkShape } from './build-shape.ts';
import { metricsSchema, statisticsSchema, trainedOnSchema } from './checkpoint-schema.ts';
import { expertsSchema, packExperts, packExpertsSmall, unpackExperts } from './expert-tensors.ts';
import type { Checkpoint, CheckpointMetrics } from './checkpoint.ts';
import type { ModelConfig, TrainingConfig } from './config.ts';
import type { NetworkShape } from '../network/shape.ts';
import { parameterLayout } from '../network/graph.ts';
import { resolveModelConfig, resolveTrainingConfig } from './resolve-config.ts';
import { isWeight, MAX_WEIGHT, packWeights, PRECISIONS, unpackWeights } from './quantize.ts';
import type { Precision } from './quantize.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import type { TensorFile } from './safetensors.ts';
import { actionTensors, packSequences, pairTensors, unpackSequences } from './trained-sequences.ts';
import { packValues, unpackValues } from './value-tensors.ts';

/** Metadata that distinguish a checkpoint from other safetensors files. */
const FORMAT = 'phaser-foresight-checkpoint';
/** Is raised when older readers would misunderstand the file. */
export const CHECKPOINT_VERSION = 1;
/** Version of files that readers of version 1 cannot read: with weights in fewer bits, or a packed table. */
const SMALL_VERSION = 2;

export interface CheckpointFileOptions {
  /** How the weights are stored; see `packWeights`. */
  readonly precision?: Precision;
  /** Packs the rows that the population's experts learned from in few bits; nothing is lost. */
  readonly packed?: boolean;
}

export const CHECKPOINT_FILE_DEFAULTS: Required<CheckpointFileOptions> = {
  precision: 'float32',
  packed: false,
};

/**
 * A checkpoint as one safetensors file: weights under PyTorch's names (`parameterLayout`), what it
 * was trained on as `trained_on.actions` and `trained_on.lengths`, all else as JSON in the
 * metadata. `parseCheckpoint` returns the same checkpoint, bit by bit at precision float32. Versions of
 * this package without these options refuse files that use them, with `wrong-version`.
 *
 * Throws `diverged` when a weight is NaN, infinite or above `MAX_WEIGHT`, and `bad-data` when the parts of the
 * checkpoint do not belong together or a weight is beyond the precision.
 */
export function serializeCheckpoint(
  checkpoint: Checkpoint,
  options: CheckpointFileOptions = {},
): Uint8Array<ArrayBuffer> {
  const { precision, packed } = { ...CHECKPOINT_FILE_DEFAULTS, ...options };
  const { spec, model, training, statistics, shape, weights, metrics, experts, trainedOn } =
    checkpoint;
  const { values } = checkpoint;
  checkStatistics(spec, statistics);
  const layout = parameterLayout(shape);
  const { length } = layout;
  if (
    weights.length !== length ||
    canonicalJson(shape) !== canonicalJson(networkShape(model, spec, statistics))
  )
    throw new ForesightError(
      'bad-data',
      `The checkpoint's weights (${weights.length}) or shape (${length} weights) do not belong to its model, spec and statistics. Build the shape with networkShape.`,
    );
  for (const { name, offset, length: size } of layout.parameters)
    if (!weights.subarray(offset, offset + size).every(isWeight))
      throw new ForesightError(
        'diverged',
        `Weights "${name}" are not all finite and below ${MAX_WEIGHT}: training has diverged. Lower the learning rate, or keep clipNorm above 0, and train again.`,
      );
  const voting = experts ? expertCount(experts.plan) : 0;
  if (voting !== (shape.experts ?? 0))
    throw new ForesightError(
      'bad-data',
      `The checkpoint has weights for ${shape.experts ?? 0} experts and ${voting} experts. Take both from one training run.`,
    );
  const { actions, category, ...facts } = trainedOn;
  const rows = experts && packed ? packExpertsSmall(experts) : undefined;
  const json: Record<string, unknown> = {
    spec,
    model,
    training,
    statistics,
    metrics: measured(metrics),
    ...(experts && {
      experts: {
        plan: experts.plan,
        sessions: experts.sessions,
        ...(rows && { packed: rows.packed }),
      },
    }),
    trainedOn: { ...facts, ...(category && { category: category.context }) },
  };
  const isSmall = precision !== 'float32' || rows !== undefined;
  return writeSafetensors({
    tensors: [
      ...packWeights(weights, layout, precision),
      ...packSequences(actions, actionTensors(spec.action.actions.length)),
      ...(category
        ? packSequences(category.pairs, pairTensors(pairSymbols(spec, category.context.field)))
        : []),
      ...(rows?.tensors ?? (experts ? packExperts(experts) : [])),
      ...(values ? packValues(values) : []),
    ],
    metadata: new Map([
      ['format', FORMAT],
      ['version', String(isSmall ? SMALL_VERSION : CHECKPOINT_VERSION)],
      ...(precision === 'float32' ? [] : ([['precision', precision]] as const)),
      ['specHash', specHash(spec)],
      ...Object.entries(json).map(([key, value]) => [key, JSON.stringify(value)] as const),
    ]),
  });
}

/**
 * Reads a checkpoint. `name` is its name in errors, for example that of a file. Whatever the bytes,
 * this either succeeds or throws `corrupt-file`, or `wrong-version` for a file of another version.
 */
export function parseCheckpoint(bytes: Uint8Array, name = 'The checkpoint'): Checkpoint {
  const file = readSafetensors(bytes, name);
  checkVersion(file, name);
  const read = reader(file, name);
  const spec: CharacterSpec = read('spec', specSchema);
  const statistics = read('statistics', statisticsSchema);
  const facts = read('trainedOn', trainedOnSchema);
  const metrics = read('metrics', metricsSchema);
  return asCorrupt(name, () => {
    checkSpec(spec);
    if (file.metadata.get('specHash') !== specHash(spec))
      throw new ForesightError('bad-spec', 'The spec does not match its hash.');
    checkStatistics(spec, statistics);
    const model = resolveModelConfig(read('model', v.unknown()) as ModelConfig);
    const training = resolveTrainingConfig(read('training', v.unknown()) as TrainingConfig);
    const shape = networkShape(model, spec, statistics);
    const wrong = (what: string): never => corrupt(name, what);
    const weights = readWeights(file, shape, wrong);
    const { category: context, ...known } = facts;
    const trainedOn = {
      ...known,
      actions: unpackSequences(file.tensors, actionTensors(spec.action.actions.length), wrong),
      ...(context && { category: { context, pairs: readPairs(file, spec, context.field, wrong) } }),
    };
    const values = unpackValues(file.tensors, model, wrong);
    const parts = {
      spec,
      model,
      training,
      statistics,
      shape,
      weights,
      metrics,
      ...(values && { values }),
      trainedOn,
    };
    if (!shape.experts) return parts;
    const sizes = {
      actions: spec.action.actions.length,
      fields: columnsOf(spec).length,
      experts: shape.experts,
      timeEdges: statistics.timeEdges.length,
    };
    const found = read('experts', expertsSchema);
    return { ...parts, experts: unpackExperts(file.tensors, found, sizes, wrong) };
  });
}

/** Throws `spec-mismatch`, naming every difference and how to fix it, unless the checkpoint fits `spec`. */
export function requireCheckpointSpec(
  checkpoint: Checkpoint,
  spec: CharacterSpec,
  name = 'The checkpoint',
): void {
  requireSameSpec(spec, checkpoint.spec, name);
}

/** The metrics without held-out figures that are not finite. A loss that is not finite becomes null in JSON. */
function measured({ epochs, loss, values, ...heldOut }: CheckpointMetrics): CheckpointMetrics {
  const finite = Object.entries(heldOut).filter(([, value]) => Number.isFinite(value));
  return { epochs, loss, ...Object.fromEntries(finite), ...(values && { values }) };
}

function checkVersion({ metadata }: TensorFile, name: string): void {
  if (metadata.get('format') !== FORMAT) corrupt(name, 'it holds tensors but no checkpoint');
  const version = metadata.get('version');
  if (version !== String(CHECKPOINT_VERSION) && version !== String(SMALL_VERSION))
    throw new ForesightError(
      'wrong-version',
      `${name} is a checkpoint of version ${version}, but this package reads versions ${CHECKPOINT_VERSION} and ${SMALL_VERSION}. ` +
        'Use the package version that made it, or train it again.',
    );
}

/** Reads one metadata entry as JSON of that schema. */
function reader({ metadata }: TensorFile, name: string) {
  return <Schema extends v.GenericSchema>(key: string, schema: Schema): v.InferOutput<Schema> => {
    const json = metadata.get(key);
    if (json === undefined) return corrupt(name, `"${key}" is missing`);
    let value: unknown;
    try {
      value = parseJson(json, LIMITS.depth);
    } catch (cause) {
      return corrupt(name, `"${key}" is not JSON`, cause);
    }
    const result = v.safeParse(schema, value, { abortEarly: true });
    if (result.success) return result.output;
    const [issue] = result.issues;
    return corrupt(
      name,
      `"${[key, v.getDotPath(issue)].filter(Boolean).join('.')}" is wrong (${issue.message})`,
    );
  };
}

function readWeights(
  file: TensorFile,
  shape: NetworkShape,
  wrong: (what: string) => never,
): Float32Array<ArrayBuffer> {
  const { parameters, length } = parameterLayout(shape);
  const byName = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
  const precision = precisionOf(file) ?? wrong('its "precision" is unknown');
  const found = parameters.map((one) => unpackWeights(byName, one, precision, wrong));
  // Not before the tensors are known to exist: a wrong config may ask for any size.
  const weights = new Float32Array(length);
  parameters.forEach(({ offset }, i) => weights.set(found[i], offset));
  return weights;
}

function readPairs(
  { tensors }: TensorFile,
  spec: CharacterSpec,
  field: string,
  wrong: (what: string) => never,
): Uint16Array[] {
  if (!categoriesOf(spec).has(field)) wrong(`"${field}" is no category of the spec`);
  return unpackSequences(tensors, pairTensors(pairSymbols(spec, field)), wrong);
}

/** How a checkpoint file stores its weights; undefined if its precision is unknown. */
export function precisionOf({ metadata }: Pick<TensorFile, 'metadata'>): Precision | undefined {
  const text = metadata.get('precision') ?? 'float32';
  return PRECISIONS.find((precision) => precision === text);
}

/** Turns every other error inside `read` into `corrupt-file`. */
function asCorrupt<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ForesightError) || error.code === 'corrupt-file') throw error;
    return corrupt(name, error.message.replace(/\.$/, ''), error);
  }
}

function corrupt(name: string, what: string, cause?: unknown): never {
  throw new ForesightError(
    'corrupt-file',
    `${name} is not a usable checkpoint: ${what}. Download or save it again, or train it again.`,
    { cause },
  );
}
