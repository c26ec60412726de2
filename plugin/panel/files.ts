import { element } from './elements.ts';

/** Has the browser save bytes as a file. */
export function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  element('a', { attributes: { href: url, download: name } }).click();
  // The browser has taken the bytes over when the click returns, but Safari reads them a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** True for a safetensors file: eight bytes of header length, then JSON. */
export function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length < 9) return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  return bytes[8] === 0x7b && length < BigInt(bytes.length);
}
