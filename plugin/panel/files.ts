import { bytesOf } from '../../src/util/file-content.ts';
import { element } from './elements.ts';

/** Has the browser save bytes as a file. */
export function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  element('a', { attributes: { href: url, download: name } }).click();
  // The browser has taken the bytes over when the click returns, but Safari reads them a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** True for a safetensors file: eight bytes of header length, then JSON. Rejects with `bad-data`. */
export async function isSafetensors(file: File): Promise<boolean> {
  const bytes = await bytesOf(file.slice(0, 9), file.name);
  if (bytes.length < 9) return false;
  const length = new DataView(bytes.buffer).getBigUint64(0, true);
  return bytes[8] === 0x7b && length < BigInt(file.size);
}
