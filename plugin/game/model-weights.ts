import { readCheckpoint } from '../../src/model/load-checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { loadPredicting } from './predicting.ts';

/** Weights of a model: a checkpoint, or the bytes of a safetensors file. */
export type ModelWeights = Checkpoint | Uint8Array | ArrayBuffer;

/**
 * The weights as a checkpoint, when what predicts with them is loaded too. Rejects with `corrupt-file`,
 * `wrong-version`, and `not-ready` when the code for it cannot be loaded.
 *
 * @param key names the file in errors
 */
export async function readWeights(weights: ModelWeights, key: string): Promise<Checkpoint> {
  const bytes = weights instanceof ArrayBuffer ? new Uint8Array(weights) : weights;
  const predicting = loadPredicting();
  if (!(bytes instanceof Uint8Array)) {
    await predicting;
    return bytes;
  }
  const [checkpoint] = await Promise.all([readCheckpoint(bytes, key), predicting]);
  return checkpoint;
}
