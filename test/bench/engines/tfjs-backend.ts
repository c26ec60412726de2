import * as tf from '@tensorflow/tfjs';

export type TfjsBackend = 'webgpu' | 'wasm' | 'cpu';

/** Where the bench's server has the files of tfjs' wasm backend. */
const WASM_FILES = '/node_modules/@tensorflow/tfjs-backend-wasm/dist/';

/** Loads a backend of tfjs and makes it the one in use. Throws when it does not start. */
export async function useTfjsBackend(name: TfjsBackend): Promise<void> {
  switch (name) {
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      break;
    case 'wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths(WASM_FILES);
      break;
    }
    case 'cpu':
      break;
    default:
      name satisfies never;
  }
  // A backend that fails leaves the one before active.
  if (!(await tf.setBackend(name))) throw new Error(`tfjs cannot start its backend "${name}".`);
  await tf.ready();
}
