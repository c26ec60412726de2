import { specHash } from '../record/spec.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { crc32 } from '../util/crc32.ts';
import { canonicalJson, hashText } from '../util/hash.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ModelConfigInput } from './resolve-config.ts';

/** What the training of a model in a game begins with. */
export interface Beginning {
  readonly spec: CharacterSpec;
  /** Null for a model that begins without weights. */
  readonly checkpoint: Checkpoint | null;
  /** How a model without weights is built when it is first trained. */
  readonly config: ModelConfigInput;
}

/**
 * A text that identifies a beginning: it differs for another spec, another pretrained file or another
 * network to build. Stored weights that began with something else can be recognized by it.
 */
export function originOf({ spec, checkpoint, config }: Beginning): string {
  const hash = specHash(spec);
  if (!checkpoint) return `${hash}:${hashText(canonicalJson(config))}`;
  const { buffer, byteOffset, byteLength } = checkpoint.weights;
  const weights = crc32(new Uint8Array(buffer, byteOffset, byteLength));
  return `${hash}:${weights.toString(16)}`;
}
