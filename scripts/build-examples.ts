import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { InlineConfig } from 'vite';
import { writePageFiles } from '../docs/site/page-files.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLES = join(ROOT, 'docs/examples');
/** Is made of the blocks of its page. */
const QUICK_START = 'quick-start';

/** Names of the examples that have a folder of their own in the repository. */
export const exampleNames = (): string[] =>
  readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== QUICK_START)
    .map(({ name }) => name);

/** Where a bundler finds the package's entries in a built package. */
function entries(dist: string): { find: RegExp; replacement: string }[] {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default?: string }>;
  };
  return Object.entries(manifest.exports).flatMap(([entry, target]) => {
    const file = typeof target === 'string' ? target : target.default;
    if (!file?.startsWith('./dist/')) return [];
    const find = new RegExp(`^phaser-foresight${entry.slice(1)}$`);
    return [{ find, replacement: join(dist, file.slice('./dist/'.length)) }];
  });
}

export interface BuildExamplesOptions {
  /** The built package. */
  readonly dist: string;
  /** Where the pages go: `<name>/index.html` for each example. Is emptied first. */
  readonly outDir: string;
}

/** Builds every live example of the docs, as the game of a user is built: from the built package. */
export async function buildExamples({ dist, outDir }: BuildExamplesOptions): Promise<void> {
  rmSync(outDir, { recursive: true, force: true });
  const examples = Object.fromEntries(
    exampleNames().map((name) => [name, join(EXAMPLES, name, 'index.html')]),
  );
  await build(config({ dist, root: EXAMPLES, outDir, input: examples }));
  const root = join(EXAMPLES, QUICK_START);
  rmSync(root, { recursive: true, force: true });
  writePageFiles(join(ROOT, 'docs/quick-start.md'), root);
  await build(config({ dist, root, outDir: join(outDir, QUICK_START) }));
}

const config = ({
  dist,
  root,
  outDir,
  input,
}: BuildExamplesOptions & { root: string; input?: Record<string, string> }): InlineConfig => ({
  configFile: false,
  root,
  base: './',
  logLevel: 'warn',
  resolve: { alias: entries(dist) },
  worker: { format: 'es' },
  build: {
    outDir,
    emptyOutDir: false,
    target: 'es2022',
    // Phaser alone is larger than the default limit of the warning.
    chunkSizeWarningLimit: 2500,
    rolldownOptions: { checks: { pluginTimings: false }, ...(input && { input }) },
  },
});
