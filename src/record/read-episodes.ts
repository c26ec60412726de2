import { ForesightError } from '../util/error.ts';
import { decodeEpisodes, isBinaryEpisodes } from './binary-format.ts';
import type { EpisodeSet } from './episode.ts';
import { readJsonLines } from './json-lines.ts';

/**
 * Reads a file of episodes of any kind: binary or JSON lines, gzipped or not, told apart by content.
 * Throws `corrupt-file` or `wrong-version`, naming the file.
 *
 * @param name what errors call the file
 */
export async function readEpisodes(bytes: Uint8Array, name: string): Promise<EpisodeSet> {
  const content = isGzip(bytes) ? await unzip(bytes, name) : bytes;
  if (isBinaryEpisodes(content)) return decodeEpisodes(content, name);
  const start = skipBlank(content);
  // An empty text has its own message.
  if (start === content.length || content[start] === 0x7b)
    return readJsonLines(decodeText(content, name), name);
  throw new ForesightError(
    'corrupt-file',
    `${name} is not a file of episodes. Files that can be read: binary ones that export() wrote, and JSON lines (episodes-jsonl/1 or /2), each also gzipped.`,
  );
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Index of the first byte that is no byte-order mark and no white space. */
function skipBlank(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at])) at++;
  return at;
}

function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ForesightError(
      'corrupt-file',
      `${name} is not text in UTF-8, so some bytes have changed. Copy or export it again as UTF-8.`,
      { cause: error },
    );
  }
}

async function unzip(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  try {
    const packed = new Blob([new Uint8Array(bytes)]).stream();
    const stream = packed.pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new ForesightError(
      'corrupt-file',
      `${name} is a damaged gzip file: it was cut off or some bytes have changed. Copy, download or export it again.`,
      { cause: error },
    );
  }
}
