// The few functions that the bench uses of packages that are installed only when it runs, so that
// types can be checked without them.

declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(folder: string): void;
}
