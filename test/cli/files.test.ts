import { mkdirSync, readdirSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { writeBytes } from '../../src/cli/files.ts';
import { Folder } from './run.ts';

const folder = new Folder();
afterAll(() => folder.remove());

it('leaves nothing behind when a file cannot be written', () => {
  const taken = folder.file('taken');
  mkdirSync(taken);
  expect(() => writeBytes(taken, new Uint8Array(3))).toThrow(/it is a folder/);
  expect(readdirSync(folder.file(''))).toEqual(['taken']);
  const inFile = folder.write('file', 'text');
  expect(() => writeBytes(`${inFile}/x`, new Uint8Array(3))).toThrow(/is not a folder/);
});
