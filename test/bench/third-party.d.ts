// The few functions that the bench uses of packages that are installed only when it runs, so that
// types can be checked without them.

declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(folder: string): void;
}

declare module '@jax-js/jax' {
  /** Owned: passing one to a function or method gives it away, `.ref` keeps another hold on it. */
  export interface Array {
    readonly ref: Array;
    add(other: Array | number): Array;
    sub(other: Array | number): Array;
    mul(other: Array | number): Array;
    div(other: Array | number): Array;
    reshape(shape: readonly number[]): Array;
    data(): Promise<Float32Array>;
    dataSync(): Float32Array;
    dispose(): void;
  }
  type Device = 'cpu' | 'wasm' | 'webgpu' | 'webgl';

  export function init(...devices: Device[]): Promise<Device[]>;
  export function defaultDevice(device: Device): Device;
  export function blockUntilReady<T>(tree: T): Promise<T>;
  export function jit<F>(f: F): F & { dispose(): void };
  export function valueAndGrad<Input, Rest extends unknown[]>(
    f: (input: Input, ...rest: Rest) => Array,
  ): (input: Input, ...rest: Rest) => [Array, Input];

  export const numpy: {
    array(data: Float32Array | Int32Array): Array;
    zeros(shape: readonly number[]): Array;
    matmul(a: Array, b: Array): Array;
    split(a: Array, sections: number, axis: number): Array[];
    sqrt(a: Array): Array;
    square(a: Array): Array;
    tanh(a: Array): Array;
    sum(a: Array): Array;
    mean(a: Array): Array;
  };
  export const nn: {
    sigmoid(a: Array): Array;
    logSoftmax(a: Array, axis: number): Array;
  };
}

declare module 'brain.js/browser.js' {
  interface LstmTimeStep {
    train(
      data: readonly (readonly number[])[],
      options: { iterations: number; errorThresh: number },
    ): { readonly error: number };
  }
  interface LstmTimeStepConstructor {
    new (options: {
      inputSize: number;
      hiddenLayers: readonly number[];
      outputSize: number;
    }): LstmTimeStep;
  }
  const brain: { readonly recurrent: { readonly LSTMTimeStep: LstmTimeStepConstructor } };
  export default brain;
}
