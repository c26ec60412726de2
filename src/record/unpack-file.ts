import { ForesightError } from '../util/error.ts';
import { isBinaryEpisodes } from './binary-format.ts';

/** What the content of a file looks like: binary episodes, JSON lines (also when empty), or other text. */
export type FileKind = 'binary' | 'json-lines' | 'other';

/** Content without its gzip, where it has one. Throws `corrupt-file`, naming the file. */
export async function unpackFile(
  bytes: Uint8Array,
  name: string,
): Promise<Uint8Array<ArrayBufferLike>> {
  return isGzip(bytes) ? unzip(bytes, name) : bytes;
}

/** Tells kinds of files apart by their unpacked content. */
export function kindOfContent(content: Uint8Array): FileKind {
  if (isBinaryEpisodes(content)) return 'binary';
  const start = skipBlank(content);
  // An empty text has its own message.
  return start === content.length || content[start] === 0x7b ? 'json-lines' : 'other';
}

/** Text in UTF-8, without a byte-order mark. Throws `corrupt-file`, naming the file. */
export function decodeText(content: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    throw new ForesightError(
      'corrupt-file',
      `${name} is not text in UTF-8, so some bytes have changed. Copy or export it again as UTF-8.`,
      { cause: error },
    );
  }
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Index of the first byte that is no byte-order mark and no white space. */
function skipBlank(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at])) at++;
  return at;
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
