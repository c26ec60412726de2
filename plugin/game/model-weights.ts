import type { Checkpoint } from '../../src/model/checkpoint.ts';
import { loadPart } from '../../src/util/load-part.ts';
import type { FileContent } from '../../src/util/file-content.ts';
import type { ImportSource } from './import-file.ts';
import { loadPredicting } from './predicting.ts';

/** Weights of a model: a checkpoint, or a safetensors file. */
export type ModelWeights = Checkpoint | FileContent | ArrayBuffer;

/**
 * The weights as a checkpoint, when what predicts with them is loaded too. Reads a file as `importedCheckpoint` does,
 * and rejects as that one, and with `not-ready` when the code for it cannot be loaded.
 */
export async function readWeights(
  weights: ModelWeights,
  source: ImportSource,
): Promise<Checkpoint> {
  const predicting = loadPredicting();
  const file = weights instanceof ArrayBuffer ? new Uint8Array(weights) : weights;
  if (!(file instanceof Uint8Array || file instanceof Blob)) {
    await predicting;
    return file;
  }
  const [{ importedCheckpoint }] = await Promise.all([loadReader(), predicting]);
  return importedCheckpoint(file, source);
}

/** Loads what reads the file of a model. */
export const loadReader = () => loadPart('What reads models', () => import('./import-file.ts'));
