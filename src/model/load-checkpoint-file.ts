import { loadPart } from '../util/load-part.ts';
import type { CheckpointFileOptions } from './checkpoint-file.ts';
import type * as CheckpointFile from './checkpoint-file.ts';
import type { Checkpoint } from './checkpoint.ts';

/** What reads and writes the files of models, about as much code as what predicts: no page needs it at its start. */
export const loadCheckpointFile = (): Promise<typeof CheckpointFile> =>
  loadPart('What reads and writes the files of models', () => import('./checkpoint-file.ts'));

/**
 * Reads a checkpoint from the bytes of its safetensors file. Whatever the bytes, this either succeeds or rejects
 * with `corrupt-file`, or `wrong-version` for a file of another version; and with `not-ready` where the code that
 * reads cannot be loaded.
 *
 * @param name its name in errors, for example that of the file
 */
export async function readCheckpoint(bytes: Uint8Array, name?: string): Promise<Checkpoint> {
  const { parseCheckpoint } = await loadCheckpointFile();
  return parseCheckpoint(bytes, name);
}

/**
 * A checkpoint as the bytes of one safetensors file, which `readCheckpoint` reads: bit by bit the same at precision
 * float32. Versions of this package without an option refuse files that use it, with `wrong-version`.
 *
 * Rejects with `diverged` when a weight is NaN, infinite or too large, with `bad-data` when the parts of the
 * checkpoint do not belong together or a weight is beyond the precision, and with `not-ready` where the code that
 * writes cannot be loaded.
 */
export async function writeCheckpoint(
  checkpoint: Checkpoint,
  options?: CheckpointFileOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { serializeCheckpoint } = await loadCheckpointFile();
  return serializeCheckpoint(checkpoint, options);
}
