import { crc32 } from '../../src/util/crc32.ts';

/** The same binary file of episodes, with a checksum that agrees with its bytes. */
export function withChecksum(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  view.setUint32(file.length - 4, crc32(file.subarray(0, -4)), true);
  return file;
}

/** A binary file with this header and data, whatever they are; its lengths and checksum are right. */
export function fileOf(header: unknown, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(24 + headerLength + data.length + 4).fill(0x20, 24);
  const view = new DataView(file.buffer);
  file.set([0x89, 0x46, 0x53, 0x45, 0x0d, 0x0a, 0x1a, 0x0a]);
  view.setUint32(8, 1, true);
  view.setUint32(12, headerLength, true);
  view.setFloat64(16, data.length, true);
  file.set(json, 24);
  file.set(data, 24 + headerLength);
  return withChecksum(file);
}
