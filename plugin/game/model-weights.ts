import { readCheckpoint } from '../../src/model/load-checkpoint-file.ts';
import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { loadPart } from '../../src/util/load-part.ts';
import type { FileContent } from '../../src/util/file-content.ts';
import type { ImportSource } from './import-file.ts';
import { loadPredicting } from './predicting.ts';

/** Weights of a model: a checkpoint, or a safetensors file. */
export type ModelWeights = Checkpoint | FileContent | ArrayBuffer;

/**
 * The weights as a checkpoint, when what predicts with them is loaded too. Rejects with `corrupt-file`,
 * `wrong-version`, and `not-ready` when the code for it cannot be loaded.
 *
 * @param key names the file in errors
 */
export async function readWeights(
  weights: Exclude<ModelWeights, Blob>,
  key: string,
): Promise<Checkpoint> {
  const bytes = weights instanceof ArrayBuffer ? new Uint8Array(weights) : weights;
  const predicting = loadPredicting();
  if (!(bytes instanceof Uint8Array)) {
    await predicting;
    return bytes;
  }
  const [checkpoint] = await Promise.all([readCheckpoint(bytes, key), predicting]);
  return checkpoint;
}

/** `readWeights` of what a game imports while it is played: see `importedCheckpoint`. */
export async function importWeights(
  weights: ModelWeights,
  source: ImportSource,
): Promise<Checkpoint> {
  const file = weights instanceof ArrayBuffer ? new Uint8Array(weights) : weights;
  if (!(file instanceof Uint8Array || file instanceof Blob)) return readWeights(file, source.name);
  const [{ importedCheckpoint }] = await Promise.all([
    loadPart('What imports models', () => import('./import-file.ts')),
    loadPredicting(),
  ]);
  return importedCheckpoint(file, source);
}
