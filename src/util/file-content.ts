import { ForesightError, messageOf } from './error.ts';

/** What a file holds: its bytes, or a Blob, which is read only where its bytes are needed. */
export type FileContent = Uint8Array | Blob;

/** Bytes of a file, without reading it. */
export const sizeOf = (file: FileContent): number =>
  file instanceof Blob ? file.size : file.length;

/**
 * The bytes of a file. Rejects with `bad-data` when the browser cannot read it any more.
 *
 * @param name names the file in errors
 */
export async function bytesOf(file: FileContent, name: string): Promise<Uint8Array> {
  if (!(file instanceof Blob)) return file;
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new ForesightError(
      'bad-data',
      `${name} could not be read (${messageOf(cause)}). It may have been moved or changed: choose it again.`,
      { cause },
    );
  }
}
