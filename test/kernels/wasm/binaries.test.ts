import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildBinaries } from '../../../scripts/build-wasm.mjs';

const COMMITTED = fileURLToPath(new URL('../../../src/kernels/wasm/binaries.ts', import.meta.url));

it('binaries.ts is what the kernels compile to', async () => {
  const same = (await buildBinaries()) === readFileSync(COMMITTED, 'utf8');
  expect(same, 'src/kernels/wasm/binaries.ts is out of date: run npm run build:wasm').toBe(true);
});
