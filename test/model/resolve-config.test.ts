import { describe, expect, it } from 'vitest';
import { ADAM_DEFAULTS, MODEL_DEFAULTS, TRAINING_DEFAULTS } from '../../src/model/config.ts';
import {
  parseConfigFile,
  resolveModelConfig,
  resolveTrainingConfig,
} from '../../src/model/resolve-config.ts';

describe('completing', () => {
  it('gives the defaults for nothing', () => {
    expect(resolveModelConfig()).toEqual(MODEL_DEFAULTS);
    expect(resolveTrainingConfig()).toEqual(TRAINING_DEFAULTS);
  });

  it('leaves a complete config as it is', () => {
    const model = resolveModelConfig({ cell: 'gru', layers: 3, continuous: ['x'] });
    expect(resolveModelConfig(model)).toEqual(model);
    const training = resolveTrainingConfig({ windowLength: 7, optimizer: { kind: 'sgd' } });
    expect(resolveTrainingConfig(training)).toEqual(training);
  });

  it('treats a key that is undefined like one left out', () => {
    expect(resolveModelConfig({ units: undefined })).toEqual(MODEL_DEFAULTS);
    expect(
      resolveTrainingConfig({
        epochs: undefined,
        optimizer: { beta1: undefined },
        lossWeights: { time: undefined },
      }),
    ).toEqual(TRAINING_DEFAULTS);
  });

  it('completes nested parts, of the default kind unless they have another', () => {
    const training = resolveTrainingConfig({
      optimizer: { weightDecay: 0.01 },
      learningRate: { kind: 'step', rate: 0.1 },
      lossWeights: { time: 0 },
    });
    expect(training.optimizer).toEqual({ ...ADAM_DEFAULTS, weightDecay: 0.01 });
    expect(training.learningRate).toEqual({ kind: 'step', rate: 0.1, factor: 0.5, epochs: 10 });
    expect(training.lossWeights).toEqual({ action: 1, time: 0, values: 1, unaided: 1 });
    expect(resolveTrainingConfig({ optimizer: { kind: 'sgd' } }).optimizer).toEqual({
      kind: 'sgd',
      momentum: 0.9,
    });
  });

  it('keeps the floor of a cosine below a small rate', () => {
    const { learningRate } = resolveTrainingConfig({ learningRate: { rate: 5e-5 } });
    expect(learningRate).toMatchObject({ kind: 'cosine', rate: 5e-5, floor: 5e-5 });
  });

  it('cuts windows that cover every step from windowLength alone', () => {
    for (const windowLength of [1, 2, 3, 16, 100]) {
      const { warmUp, windowStride } = resolveTrainingConfig({ windowLength });
      expect(windowStride + warmUp).toBe(windowLength);
      expect(warmUp).toBe(Math.floor(windowLength / 4));
    }
    expect(resolveTrainingConfig({ warmUp: 0 }).windowStride).toBe(TRAINING_DEFAULTS.windowLength);
  });
});

describe('refusing', () => {
  const badModels: [unknown, RegExp][] = [
    [{ unit: 3 }, /^model has an unknown key "unit"\. Did you mean "units"\?/],
    [{ layers: 4 }, /^model\.layers is 4\. Give a whole number from 1 to 3\./],
    [{ units: 0 }, /^model\.units is 0\. Give a whole number from 1 to 1024\./],
    [{ units: 2.5 }, /^model\.units is 2\.5\. Give a whole number/],
    [{ units: '64' }, /^model\.units is "64"\./],
    [{ cell: 'rnn' }, /^model\.cell is "rnn"\. Give one of "lstm", "gru"\./],
    [{ timeBins: NaN }, /^model\.timeBins is NaN\. Give a whole number from 0 to 256\./],
    [{ continuous: 'x' }, /^model\.continuous is "x"\. Give a list/],
    [{ continuous: ['x', 3] }, /^model\.continuous\.1 is 3\. Give names/],
    [{ continuous: ['x', 'x'] }, /^model\.continuous is \["x","x"\]\. Give each name once\./],
    [null, /^model is null\. Give an object/],
    [[], /^model is \[\]\. Give an object/],
  ];
  it.each(badModels)('model %j', (model, message) => {
    expect(() => resolveModelConfig(model as object)).toThrow(
      expect.objectContaining({ code: 'bad-config', message: expect.stringMatching(message) }),
    );
  });

  const badTrainings: [unknown, RegExp][] = [
    [{ epoch: 3 }, /^training has an unknown key "epoch"\. Did you mean "epochs"\?/],
    [{ epochs: 0 }, /^training\.epochs is 0\. Give a whole number from 1/],
    [{ dropout: 1 }, /^training\.dropout is 1\. Give a number from 0 up to, but not including, 1/],
    [{ l2: -1 }, /^training\.l2 is -1\. Give a number from 0/],
    [{ clipNorm: Infinity }, /^training\.clipNorm is Infinity\./],
    [{ seed: -1 }, /^training\.seed is -1\./],
    [{ optimizer: 'adam' }, /^training\.optimizer is "adam"\. Give an object whose kind is "sgd"/],
    [{ optimizer: { kind: 'adamw' } }, /^training\.optimizer\.kind is "adamw"\. Give an object/],
    [
      { optimizer: { beta3: 1 } },
      /^training\.optimizer has an unknown key "beta3"\. Did you mean "beta1"/,
    ],
    [{ optimizer: { kind: 'sgd', momentum: 1 } }, /^training\.optimizer\.momentum is 1\./],
    [{ learningRate: { rate: 0 } }, /^training\.learningRate\.rate is 0\. Give a number above 0/],
    [
      { learningRate: { rate: 0.001, floor: 0.01 } },
      /^training\.learningRate\.floor is 0\.01, above the rate 0\.001\. Give a floor/,
    ],
    [{ lossWeights: { value: 1 } }, /^training\.lossWeights has an unknown key.*"values"/],
    [{ windowStride: 49, windowLength: 64, warmUp: 16 }, /windowStride is 49, more than .* = 48/],
    [{ windowLength: 8, warmUp: 8 }, /more than windowLength - warmUp = 0/],
    [7, /^training is 7\. Give an object/],
  ];
  it.each(badTrainings)('training %j', (training, message) => {
    expect(() => resolveTrainingConfig(training as object)).toThrow(
      expect.objectContaining({ code: 'bad-config', message: expect.stringMatching(message) }),
    );
  });
});

describe('a config file', () => {
  it('gives its parts unchanged', () => {
    const file = { model: { units: 32 }, training: { epochs: 5 } };
    expect(parseConfigFile(file)).toEqual(file);
    expect(parseConfigFile({})).toEqual({});
  });

  it.each<[unknown, RegExp]>([
    [{ modle: {} }, /unknown key "modle"\. Did you mean "model"\?/],
    [{ model: { units: -1 } }, /model\.units is -1/],
    [{ training: { windowLength: 0 } }, /training\.windowLength is 0/],
    [{ model: null }, /model is null/],
    [[], /The config file holds \[\]\. Give an object/],
    ['x', /The config file holds "x"/],
  ])('is refused: %j', (json, message) => {
    expect(() => parseConfigFile(json)).toThrow(
      expect.objectContaining({ code: 'bad-config', message: expect.stringMatching(message) }),
    );
  });
});
