import { ForesightError } from '../util/error.ts';
import { decodeEpisodes } from './binary-format.ts';
import type { EpisodeSet } from './episode.ts';
import { readJsonLines } from './json-lines.ts';
import { decodeText, kindOfContent, unpackFile } from './unpack-file.ts';
import type { UnpackOptions } from './unpack-file.ts';

/**
 * Reads a file of episodes of any kind: binary or JSON lines, gzipped or not, detected by content.
 * Throws `corrupt-file` or `wrong-version`, and `too-large` for more than can be read, naming the file.
 *
 * @param name name of the file in errors
 */
export async function readEpisodes(
  bytes: Uint8Array,
  name: string,
  options: UnpackOptions = {},
): Promise<EpisodeSet> {
  const content = await unpackFile(bytes, name, options);
  const kind = kindOfContent(content);
  switch (kind) {
    case 'binary':
      return decodeEpisodes(content, name);
    case 'json-lines':
      return readJsonLines(decodeText(content, name), name);
    case 'other':
      throw new ForesightError(
        'corrupt-file',
        `${name} is not a file of episodes. Files that can be read: binary ones that export() wrote, and JSON lines (episodes-jsonl/1 or /2), each also gzipped.`,
      );
    default:
      return kind satisfies never;
  }
}
