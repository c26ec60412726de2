import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildBinaries, TARGETS } from '../../../scripts/build-wasm.mjs';

const FOLDER = fileURLToPath(new URL('../../../src/kernels/wasm/', import.meta.url));

it.each(TARGETS)('$file is what the kernels compile to', async (target) => {
  const same = (await buildBinaries(target)) === readFileSync(FOLDER + target.file, 'utf8');
  expect(same, `src/kernels/wasm/${target.file} is out of date: run npm run build:wasm`).toBe(true);
});
