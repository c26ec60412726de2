import * as v from 'valibot';
import { checkWindowOptions } from '../dataset/cut-windows.ts';
import { ForesightError } from '../util/error.ts';
import { modelSchema, trainingSchema } from './config-schema.ts';
import type { LearningRateConfig, ModelConfig, TrainingConfig } from './config.ts';
import type { OptimizerConfig } from '../network/update-rules.ts';
import {
  ADAM_DEFAULTS,
  LEARNING_RATE_DEFAULTS,
  MODEL_DEFAULTS,
  SGD_DEFAULTS,
  TRAINING_DEFAULTS,
} from './config.ts';
import { nearestName } from '../util/nearest-name.ts';

/** Any part of a ModelConfig; what is left out gets its default. */
export type ModelConfigInput = Partial<ModelConfig>;

/** Any part of a TrainingConfig, at any depth. */
export type TrainingConfigInput = Partial<
  Omit<TrainingConfig, 'optimizer' | 'learningRate' | 'lossWeights'>
> & {
  readonly optimizer?: Partial<OptimizerConfig>;
  readonly learningRate?: Partial<LearningRateConfig>;
  readonly lossWeights?: Partial<TrainingConfig['lossWeights']>;
};

/** The content of a config file. */
export interface ConfigFile {
  readonly model?: ModelConfigInput;
  readonly training?: TrainingConfigInput;
}

/**
 * Completes and checks a model config. Throws `bad-config` naming the key, the value and the
 * allowed range; an unknown key is an error that names the nearest known one.
 */
export function resolveModelConfig(partial: ModelConfigInput = {}): ModelConfig {
  return { ...MODEL_DEFAULTS, ...given(validate('model', modelSchema, partial)) };
}

/**
 * Completes and checks a training config. Nested parts may be partial as well: one without a kind
 * is of the default kind. When left out, `warmUp` is a quarter of `windowLength`, and `windowStride`
 * the rest of it. Throws `bad-config` like `resolveModelConfig`, also for windows that would leave
 * out steps.
 */
export function resolveTrainingConfig(partial: TrainingConfigInput = {}): TrainingConfig {
  const input: unknown = isObject(partial)
    ? {
        ...partial,
        ...withKind('optimizer', partial.optimizer, TRAINING_DEFAULTS.optimizer.kind),
        ...withKind('learningRate', partial.learningRate, TRAINING_DEFAULTS.learningRate.kind),
      }
    : partial;
  const checked = validate('training', trainingSchema, input);
  const { optimizer, learningRate, lossWeights, ...flat } = given(checked);
  const windowLength = flat.windowLength ?? TRAINING_DEFAULTS.windowLength;
  const quarter = TRAINING_DEFAULTS.warmUp / TRAINING_DEFAULTS.windowLength;
  const warmUp = flat.warmUp ?? Math.floor(windowLength * quarter);
  const windowStride = flat.windowStride ?? Math.max(1, windowLength - warmUp);
  checkWindowOptions({ windowLength, windowStride, warmUp });
  return {
    ...TRAINING_DEFAULTS,
    ...flat,
    windowLength,
    warmUp,
    windowStride,
    optimizer: completeOptimizer(optimizer),
    learningRate: completeLearningRate(learningRate),
    lossWeights: { ...TRAINING_DEFAULTS.lossWeights, ...given(lossWeights ?? {}) },
  };
}

/**
 * Checks the parsed JSON of a config file, `{ "model": {...}, "training": {...} }`, and returns its
 * two parts unchanged, so that other options can override them before they are completed. Throws
 * `bad-config`.
 */
export function parseConfigFile(json: unknown): ConfigFile {
  const keys = ['model', 'training'];
  if (!isObject(json))
    throw new ForesightError(
      'bad-config',
      `The config file holds ${show(json)}. Give an object with the keys ${keys.join(' and ')}.`,
    );
  for (const key of Object.keys(json))
    if (!keys.includes(key))
      throw new ForesightError(
        'bad-config',
        `The config file has an unknown key "${key}". Did you mean "${nearestName(key, keys)}"? The keys are ${keys.join(', ')}.`,
      );
  const { model, training } = json as ConfigFile;
  if (model !== undefined) resolveModelConfig(model);
  if (training !== undefined) resolveTrainingConfig(training);
  return { ...(model && { model }), ...(training && { training }) };
}

type Given<T> = T extends unknown ? { [Key in keyof T]: Exclude<T[Key], undefined> } : never;

/** Without the keys whose value is undefined, so that they do not hide a default. */
function given<T extends object>(value: T): Given<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, inner]) => inner !== undefined),
  ) as Given<T>;
}

function completeOptimizer(
  optimizer: v.InferOutput<typeof trainingSchema>['optimizer'],
): OptimizerConfig {
  if (!optimizer) return TRAINING_DEFAULTS.optimizer;
  return optimizer.kind === 'sgd'
    ? { ...SGD_DEFAULTS, ...given(optimizer) }
    : { ...ADAM_DEFAULTS, ...given(optimizer) };
}

function completeLearningRate(
  learningRate: v.InferOutput<typeof trainingSchema>['learningRate'],
): LearningRateConfig {
  if (!learningRate) return TRAINING_DEFAULTS.learningRate;
  const defaults = LEARNING_RATE_DEFAULTS;
  switch (learningRate.kind) {
    case 'constant':
      return { ...defaults.constant, ...given(learningRate) };
    case 'step':
      return { ...defaults.step, ...given(learningRate) };
    case 'cosine': {
      const rate = learningRate.rate ?? defaults.cosine.rate;
      const floor = learningRate.floor ?? Math.min(defaults.cosine.floor, rate);
      if (floor > rate)
        throw new ForesightError(
          'bad-config',
          `training.learningRate.floor is ${floor}, above the rate ${rate}. Give a floor from 0 to ${rate}.`,
        );
      return { ...defaults.cosine, ...given(learningRate), rate, floor };
    }
    default:
      return learningRate satisfies never;
  }
}

/** `{ [key]: value }`, where a value without a kind gets this one; nothing when the value is left out. */
function withKind(key: string, value: unknown, kind: string): Record<string, unknown> {
  if (value === undefined) return {};
  return { [key]: isObject(value) && !('kind' in value) ? { ...value, kind } : value };
}

function validate<Schema extends v.GenericSchema>(
  what: string,
  schema: Schema,
  input: unknown,
): v.InferOutput<Schema> {
  // valibot accepts an array as an object.
  const result = v.safeParse(schema, Array.isArray(input) ? null : input);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = [what, ...(issue.path ?? []).map((item) => String(item.key))];
  const wrong =
    issue.type === 'strict_object' && issue.expected === 'never'
      ? `${path.slice(0, -1).join('.')} has an unknown key "${path.at(-1)}"`
      : `${path.join('.')} is ${show(issue.path?.length ? issue.input : input)}`;
  throw new ForesightError('bad-config', `${wrong}. ${issue.message}`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}
