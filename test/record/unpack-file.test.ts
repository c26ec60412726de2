import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeText, unpackFile } from '../../src/record/unpack-file.ts';
import { unpackedRoom } from '../../src/record/limits.ts';
import { expectError } from './fixtures.ts';

const MEGABYTE = 2 ** 20;

describe('a gzip bomb', () => {
  // 16 members of 64 MB each, in 1 MB.
  const member = gzipSync(new Uint8Array(64 * MEGABYTE));
  const bomb = new Uint8Array(Buffer.concat(Array.from({ length: 16 }, () => member)));

  it('is refused where it passes the limit, and nothing of the rest is unpacked', async () => {
    expect(bomb.length).toBeLessThan(1.1 * MEGABYTE);
    const before = process.memoryUsage();
    await expectError(
      () => unpackFile(bomb, 'My.file', { limit: 2 * MEGABYTE }),
      'too-large',
      /^My\.file is gzipped and unpacks to more than 2 MB, the limit\. Unpack it first, or split it/,
    );
    const { arrayBuffers } = process.memoryUsage();
    expect(arrayBuffers - before.arrayBuffers).toBeLessThan(100 * MEGABYTE);
  });

  it('is refused by default beyond 4 MB and 12 times its own size', async () => {
    expect(unpackedRoom(MEGABYTE)).toBe(16 * MEGABYTE);
    expect(unpackedRoom(1024 * MEGABYTE)).toBe(512 * MEGABYTE);
    await expectError(
      () => unpackFile(bomb, 'My.file'),
      'too-large',
      /more than 1\d(\.\d)? MB, the limit/,
    );
  });
});

it('calls a text too long that no string can hold, and not damaged', async () => {
  await expectError(
    () => decodeText(new Uint8Array(2 ** 29), 'My.file'),
    'too-large',
    /^My\.file is a text of 512 MB, more than one JavaScript string can hold\. Split it/,
  );
});
