import * as tf from '@tensorflow/tfjs';
import { ForesightError } from '../util/error.ts';
import { lstm } from './lstm-op.ts';

type LstmConfig = Parameters<typeof tf.layers.lstm>[0];
type Kwargs = Parameters<tf.RNN['call']>[1];

/** The config of `tf.layers.lstm`; the docs list what is not supported. */
export interface FusedLstmConfig extends LstmConfig {
  /** Only 'sigmoid', which is the default here. */
  readonly recurrentActivation?: 'sigmoid';
}

/** The weights of tfjs's own layer. */
interface LstmCell {
  readonly kernel: { read(): tf.Tensor };
  readonly recurrentKernel: { read(): tf.Tensor };
  readonly bias: { read(): tf.Tensor } | null;
}

// tfjs exports no class for the layer, only a function that makes one.
const Lstm = tf.layers.lstm({ units: 1 }).constructor as new (config: LstmConfig) => tf.RNN;

/** The layer of `fusedLstm`. */
export class FusedLstm extends Lstm {
  static readonly className = 'FusedLstm';

  constructor(config: LstmConfig) {
    super({ recurrentActivation: 'sigmoid', ...config });
    checkConfig({ ...config });
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Kwargs): tf.Tensor | tf.Tensor[] {
    if (
      kwargs?.['mask'] ||
      kwargs?.['initialState'] ||
      (Array.isArray(inputs) && inputs.length > 1)
    )
      throw unsupported('masks and initial states', 'pass whole sequences');
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
      const { kernel, recurrentKernel, bias } = this.cell as unknown as LstmCell;
      const hidden = lstm(x, {
        kernel: kernel.read() as tf.Tensor2D,
        recurrentKernel: recurrentKernel.read() as tf.Tensor2D,
        bias: bias?.read() as tf.Tensor1D | undefined,
      });
      if (this.returnSequences) return hidden;
      const [windows, steps, units] = hidden.shape;
      return tf.reshape(tf.slice(hidden, [0, steps - 1, 0], [windows, 1, units]), [windows, units]);
    });
  }
}

/**
 * Replaces `tf.layers.lstm`: same weights in the same order, but a handful of GPU programs where tfjs
 * runs dozens for every time step. Throws `bad-config` for options that it does not support.
 */
export function fusedLstm(config: FusedLstmConfig): FusedLstm {
  registerFusedLstm();
  return new FusedLstm(config);
}

/** Lets tfjs load models with fused layers. `fusedLstm` calls it too. */
export function registerFusedLstm(): void {
  tf.serialization.registerClass(
    FusedLstm as unknown as tf.serialization.SerializableConstructor<FusedLstm>,
  );
}

/** Options that may need a different computation, and the values that do not. */
const UNSUPPORTED: Readonly<Record<string, readonly unknown[]>> = {
  recurrentActivation: ['sigmoid'],
  activation: ['tanh'],
  dropout: [0],
  recurrentDropout: [0],
  returnState: [false],
  stateful: [false],
  goBackwards: [false],
};

function checkConfig(config: Readonly<Record<string, unknown>>): void {
  for (const [name, allowed] of Object.entries(UNSUPPORTED)) {
    const value = config[name];
    if (value === undefined || value === null || allowed.includes(value)) continue;
    throw unsupported(
      `${name}: ${JSON.stringify(value)}`,
      `leave it out (it is then ${JSON.stringify(allowed[0])})`,
    );
  }
}

function unsupported(what: string, fix: string): ForesightError {
  return new ForesightError(
    'bad-config',
    `fusedLstm does not support ${what}. Use tf.layers.lstm, or ${fix}.`,
  );
}
