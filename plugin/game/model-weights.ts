import type * as CheckpointFile from '../../src/model/checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { loadPart } from './load-part.ts';
import { loadPredicting } from './predicting.ts';

/** Weights of a model: a checkpoint, or the bytes of a safetensors file. */
export type ModelWeights = Checkpoint | Uint8Array | ArrayBuffer;

/** What reads and writes the files of models. A game that begins without weights never reads one. */
export const loadCheckpointFiles = (): Promise<typeof CheckpointFile> =>
  loadPart(
    'What reads and writes the files of models',
    () => import('../../src/model/checkpoint-file.ts'),
  );

/**
 * The weights as a checkpoint. Rejects with `corrupt-file`, `wrong-version`, and `not-ready` when the reader
 * cannot be loaded.
 *
 * @param key names the file in errors
 */
export async function readCheckpoint(weights: ModelWeights, key: string): Promise<Checkpoint> {
  const bytes = weights instanceof ArrayBuffer ? new Uint8Array(weights) : weights;
  const predicting = loadPredicting();
  if (!(bytes instanceof Uint8Array)) {
    await predicting;
    return bytes;
  }
  const [{ parseCheckpoint }] = await Promise.all([loadCheckpointFiles(), predicting]);
  return parseCheckpoint(bytes, key);
}
