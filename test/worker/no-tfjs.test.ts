import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readImports } from '../imports/read.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Packages that load as soon as `entry` does; with `lazily`, also those that may load later. */
function packagesOf(entry: string, lazily: boolean): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { specifier, kind } of readImports(path, readFileSync(path, 'utf8'))) {
      if (kind === 'type' || (kind === 'lazy' && !lazily)) continue;
      if (specifier.startsWith('.')) visit(join(dirname(path), specifier));
      else packages.add(specifier);
    }
  };
  visit(join(ROOT, entry));
  return packages;
}

const tensorflow = (packages: Set<string>): string[] =>
  [...packages].filter((name) => name.startsWith('@tensorflow/'));

describe('tfjs', () => {
  it('never loads with the client, not even later', () => {
    const packages = packagesOf('src/worker/client.ts', true);
    expect([...packages]).toContain('comlink');
    expect(tensorflow(packages)).toEqual([]);
  });

  it("is no part of the package's worker, not even lazily", () => {
    expect(tensorflow(packagesOf('src/worker/package-worker.ts', true))).toEqual([]);
  });

  it('loads in the worker only when WebGPU is used', () => {
    expect(tensorflow(packagesOf('src/worker/worker.ts', false))).toEqual([]);
    expect(tensorflow(packagesOf('src/worker/worker.ts', true))).not.toEqual([]);
  });
});
