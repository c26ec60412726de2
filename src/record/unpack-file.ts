import { concat } from '../util/concat.ts';
import { ForesightError } from '../util/error.ts';
import { isBinaryEpisodes } from './binary-format.ts';
import { unpackedRoom } from './limits.ts';

/** What the content of a file looks like: binary episodes, JSON lines (also when empty), or other text. */
export type FileKind = 'binary' | 'json-lines' | 'other';

export interface UnpackOptions {
  /**
   * Bytes that a gzipped file may unpack to; 4 MB and 12 times its own size when absent. A small file made on
   * purpose could request any number.
   */
  readonly limit?: number;
}

/**
 * Content without its gzip, where it has one. Throws `corrupt-file`, and `too-large` as soon as the limit is
 * passed, naming the file.
 */
export async function unpackFile(
  bytes: Uint8Array,
  name: string,
  { limit = unpackedRoom(bytes.length) }: UnpackOptions = {},
): Promise<Uint8Array<ArrayBufferLike>> {
  return isGzip(bytes) ? unzip(bytes, name, limit) : bytes;
}

/** Recognizes the kind of a file from its unpacked content. */
export function kindOfContent(content: Uint8Array): FileKind {
  if (isBinaryEpisodes(content)) return 'binary';
  const start = skipBlank(content);
  // An empty text has its own message.
  return start === content.length || content[start] === 0x7b ? 'json-lines' : 'other';
}

/** Throws `corrupt-file` for a file of kind `other`. */
export function failOtherKind(name: string): never {
  throw new ForesightError(
    'corrupt-file',
    `${name} is not a file of episodes. Files that can be read: binary ones that export() wrote, and JSON lines (episodes-jsonl/1 or /2), each also gzipped.`,
  );
}

/**
 * Text in UTF-8, without a byte-order mark. Throws `corrupt-file`, and `too-large` for more text than one string
 * can hold, naming the file.
 */
export function decodeText(content: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    if (!(error instanceof TypeError))
      throw new ForesightError(
        'too-large',
        `${name} is a text of ${megabytes(content.length)}, more than one JavaScript string can hold. Split it into smaller files.`,
        { cause: error },
      );
    throw new ForesightError(
      'corrupt-file',
      `${name} is not text in UTF-8, so some bytes have changed. Copy or export it again as UTF-8.`,
      { cause: error },
    );
  }
}

const megabytes = (bytes: number): string => `${Number((bytes / 2 ** 20).toPrecision(3))} MB`;

/** Whether the bytes begin like a gzipped file. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Index of the first byte that is no byte-order mark and no white space. */
function skipBlank(bytes: Uint8Array): number {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at])) at++;
  return at;
}

async function unzip(bytes: Uint8Array, name: string, limit: number): Promise<Uint8Array> {
  const packed = new Blob([new Uint8Array(bytes)]).stream();
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const part = await reader.read().catch((cause: unknown) => {
      throw new ForesightError(
        'corrupt-file',
        `${name} is a damaged gzip file: it was cut off or some bytes have changed. Copy, download or export it again.`,
        { cause },
      );
    });
    if (part.done) return concat(parts, Uint8Array);
    length += part.value.length;
    if (length > limit) {
      // What is left of it stays packed; whether the stream likes that does not matter any more.
      reader.cancel().catch(() => {});
      throw new ForesightError(
        'too-large',
        `${name} is gzipped and unpacks to more than ${megabytes(limit)}, the limit. Unpack it first, or split it into smaller files.`,
      );
    }
    parts.push(part.value);
  }
}
