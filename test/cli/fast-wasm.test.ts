import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { expect, it } from 'vitest';

const SCRIPT = `
  const { useFastWasm } = await import('./src/cli/fast-wasm.ts');
  const { BINARIES } = await import('./src/kernels/wasm/binaries.ts');
  useFastWasm();
  console.log(WebAssembly.validate(Buffer.from(BINARIES.relaxed, 'hex')));
`;

// In a process of its own: the flag would hold for all tests of this one.
it('lets the faster build of the kernels run on every version of Node', () => {
  const run = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT];
  expect(execFileSync(process.execPath, run, { encoding: 'utf8' }).trim()).toBe('true');
});
