import { decodeEpisodes } from './binary-format.ts';
import type { EpisodeSet } from './episode.ts';
import { readJsonLines } from './json-lines.ts';
import { decodeText, failOtherKind, kindOfContent, unpackFile } from './unpack-file.ts';
import type { UnpackOptions } from './unpack-file.ts';

export interface ReadOptions extends UnpackOptions {
  /** Called after each episode with the share of the file that is read, in (0, 1]. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Reads a file of episodes of any kind: binary or JSON lines, gzipped or not, detected by content.
 * Throws `corrupt-file` or `wrong-version`, and `too-large` for more than can be read, naming the file.
 *
 * @param name name of the file in errors
 */
export async function readEpisodes(
  bytes: Uint8Array,
  name: string,
  { onProgress, ...options }: ReadOptions = {},
): Promise<EpisodeSet> {
  const content = await unpackFile(bytes, name, options);
  const kind = kindOfContent(content);
  switch (kind) {
    case 'binary':
      return decodeEpisodes(content, name, onProgress);
    case 'json-lines':
      return readJsonLines(decodeText(content, name), name, onProgress);
    case 'other':
      return failOtherKind(name);
    default:
      return kind satisfies never;
  }
}
