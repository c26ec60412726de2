import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { packedPackage } from '../consumers/harness/packed-package.ts';

/** The command of @arethetypeswrong/cli. */
const ATTW = fileURLToPath(
  new URL('../../node_modules/@arethetypeswrong/cli/dist/index.js', import.meta.url),
);

it('has types that every modern resolution finds', async () => {
  const { tarball } = await packedPackage();
  // There is no CommonJS build: `require` needs Node 20.19, and TypeScript's oldest resolution no subpath.
  const args = [ATTW, tarball, '--profile', 'esm-only', '--format', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { analysis } = JSON.parse(stdout);
  const ignored = new Set(['node10', 'node16-cjs']);
  const problems = analysis.problems.filter(
    ({ resolutionKind }: { resolutionKind: string }) => !ignored.has(resolutionKind),
  );
  expect(problems).toEqual([]);
  expect(Object.keys(analysis.entrypoints)).toEqual(
    expect.arrayContaining(['.', './core', './lab', './tfjs', './scene-types', './worker']),
  );
});
