import { specHash } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { crc32 } from '../util/crc32.ts';
import { canonicalJson, hashText } from '../util/hash.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ModelConfigInput } from './resolve-config.ts';

/** What a model begins with in a game. */
export interface Beginning {
  readonly spec: CharacterSpec;
  /** Null for one that begins without weights, */
  readonly checkpoint: Checkpoint | null;
  /** and is built like this when it is first trained. */
  readonly config: ModelConfigInput;
}

/**
 * Names what a model begins with, so that weights that go on from something else are told apart: another
 * spec, another pretrained file, another network to build.
 */
export function originOf({ spec, checkpoint, config }: Beginning): string {
  const hash = specHash(spec);
  if (!checkpoint) return `${hash}:${hashText(canonicalJson(config))}`;
  const { buffer, byteOffset, byteLength } = checkpoint.weights;
  const weights = crc32(new Uint8Array(buffer, byteOffset, byteLength));
  return `${hash}:${weights.toString(16)}`;
}
