import * as v from 'valibot';
import { checkStatistics } from '../dataset/encoder.ts';
import { expertCount } from '../experts/symbol-source.ts';
import { specSchema } from '../record/spec-schema.ts';
import { checkSpec, requireSameSpec, specHash } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import { canonicalJson } from '../util/hash.ts';
import { networkShape } from './build-shape.ts';
import { metricsSchema, statisticsSchema, trainedOnSchema } from './checkpoint-schema.ts';
import { expertsSchema, packExperts, unpackExperts } from './expert-tensors.ts';
import type { Checkpoint, CheckpointMetrics } from './checkpoint.ts';
import type { ModelConfig, TrainingConfig } from './config.ts';
import type { NetworkShape } from './network-shape.ts';
import { parameterLayout } from './network-shape.ts';
import { resolveModelConfig, resolveTrainingConfig } from './resolve-config.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import type { Tensor, TensorFile } from './safetensors.ts';
import { packActions, unpackActions } from './trained-actions.ts';

/** Metadata that tell a checkpoint from any other safetensors file. */
const FORMAT = 'phaser-foresight-checkpoint';
/** Raised when older readers would misunderstand the file. */
export const CHECKPOINT_VERSION = 1;

/**
 * A checkpoint as one safetensors file: weights under PyTorch's names (`parameterLayout`), what it
 * was trained on as `trained_on.actions` and `trained_on.lengths`, all else as JSON in the
 * metadata. `parseCheckpoint` gives the same checkpoint, weights to the bit.
 *
 * Throws `diverged` when a weight is NaN or infinite, and `bad-data` when the parts of the
 * checkpoint do not belong together.
 */
export function serializeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { spec, model, training, statistics, shape, weights, metrics, experts, trainedOn } =
    checkpoint;
  checkStatistics(spec, statistics);
  const { parameters, length } = parameterLayout(shape);
  if (
    weights.length !== length ||
    canonicalJson(shape) !== canonicalJson(networkShape(model, spec, statistics))
  )
    throw new ForesightError(
      'bad-data',
      `The checkpoint's weights (${weights.length}) or shape (${length} weights) do not belong to its model, spec and statistics. Build the shape with networkShape.`,
    );
  const tensors = parameters.map(({ name, shape: dims, offset, length: size }): Tensor => ({
    name,
    shape: dims,
    data: weights.subarray(offset, offset + size),
  }));
  for (const { name, data } of tensors)
    if (!data.every(Number.isFinite))
      throw new ForesightError(
        'diverged',
        `Weights "${name}" are not all finite: training has diverged. Lower the learning rate, or keep clipNorm above 0, and train again.`,
      );
  const voting = experts ? expertCount(experts.plan) : 0;
  if (voting !== (shape.experts ?? 0))
    throw new ForesightError(
      'bad-data',
      `The checkpoint has weights for ${shape.experts ?? 0} experts and ${voting} experts. Take both from one training run.`,
    );
  const { actions, ...facts } = trainedOn;
  const json: Record<string, unknown> = {
    spec,
    model,
    training,
    statistics,
    metrics: measured(metrics),
    ...(experts && { experts: { plan: experts.plan, sessions: experts.sessions } }),
    trainedOn: facts,
  };
  return writeSafetensors({
    tensors: [
      ...tensors,
      ...packActions(actions, spec.action.actions.length),
      ...(experts ? packExperts(experts) : []),
    ],
    metadata: new Map([
      ['format', FORMAT],
      ['version', String(CHECKPOINT_VERSION)],
      ['specHash', specHash(spec)],
      ...Object.entries(json).map(([key, value]) => [key, JSON.stringify(value)] as const),
    ]),
  });
}

/**
 * Reads a checkpoint. `name` is what errors call it, for example a file's name. Whatever the bytes,
 * it either succeeds or throws `corrupt-file`, or `wrong-version` for one of another version.
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
    const weights = readWeights(file.tensors, shape, wrong);
    const actions = unpackActions(file.tensors, spec.action.actions.length, wrong);
    const trainedOn = { ...facts, actions };
    const parts = { spec, model, training, statistics, shape, weights, metrics, trainedOn };
    if (!shape.experts) return parts;
    const sizes = {
      actions: spec.action.actions.length,
      fields: spec.observation.fields.length,
      experts: shape.experts,
      timeEdges: statistics.timeEdges.length,
    };
    const found = read('experts', expertsSchema);
    return { ...parts, experts: unpackExperts(file.tensors, found, sizes, wrong) };
  });
}

/** Throws `spec-mismatch`, naming every difference and the cure, unless the checkpoint fits `spec`. */
export function requireCheckpointSpec(
  checkpoint: Checkpoint,
  spec: CharacterSpec,
  name = 'The checkpoint',
): void {
  requireSameSpec(spec, checkpoint.spec, name);
}

/** Without held-out figures that are no numbers; a loss that is none becomes null in JSON. */
function measured({ epochs, loss, values, ...heldOut }: CheckpointMetrics): CheckpointMetrics {
  const finite = Object.entries(heldOut).filter(([, value]) => Number.isFinite(value));
  return { epochs, loss, ...Object.fromEntries(finite), ...(values && { values }) };
}

function checkVersion({ metadata }: TensorFile, name: string): void {
  if (metadata.get('format') !== FORMAT) corrupt(name, 'it holds tensors but no predictor');
  const version = metadata.get('version');
  if (version !== String(CHECKPOINT_VERSION))
    throw new ForesightError(
      'wrong-version',
      `${name} is a checkpoint of version ${version}, this package reads version ${CHECKPOINT_VERSION}. ` +
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
      value = JSON.parse(json);
    } catch (cause) {
      return corrupt(name, `"${key}" is not JSON`, cause);
    }
    const result = v.safeParse(schema, value);
    if (result.success) return result.output;
    const [issue] = result.issues;
    return corrupt(
      name,
      `"${[key, v.getDotPath(issue)].filter(Boolean).join('.')}" is wrong (${issue.message})`,
    );
  };
}

function readWeights(
  tensors: readonly Tensor[],
  shape: NetworkShape,
  wrong: (what: string) => never,
): Float32Array<ArrayBuffer> {
  const { parameters, length } = parameterLayout(shape);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const found = parameters.map((parameter) => {
    const what = `tensor "${parameter.name}"`;
    const tensor = byName.get(parameter.name);
    if (!tensor) return wrong(`${what} is missing`);
    const { data } = tensor;
    if (!(data instanceof Float32Array)) return wrong(`${what} is not of type F32`);
    if (tensor.shape.join() !== parameter.shape.join())
      return wrong(`${what} has shape [${tensor.shape}] instead of [${parameter.shape}]`);
    return data.every(Number.isFinite) ? data : wrong(`${what} has values that are not finite`);
  });
  // Only now that the tensors were found to be there: a wrong config may ask for any size.
  const weights = new Float32Array(length);
  parameters.forEach(({ offset }, i) => weights.set(found[i], offset));
  return weights;
}

/** Turns every other refusal inside `read` into `corrupt-file`. */
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
    `${name} is not a usable checkpoint: ${what}. Download or save it again, or train it anew.`,
    { cause },
  );
}
