/** `node scripts/dependency-sizes.mjs`: bytes, minified and gzipped, of other packages in what a page loads. */
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'rolldown';
import { minifySync } from 'rolldown/utils';
import { importTexts } from './build/worker-files.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAMS = {
  page: 'plugin/index.ts',
  worker: 'src/worker/package-worker.ts',
  WebGPU: 'src/worker/foresight.webgpu.js',
};
const PACKAGE = /[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/;

for (const [where, input] of Object.entries(PROGRAMS)) {
  /** @type {Map<string, string>} */
  const codes = new Map();
  const { output } = await build({
    cwd: ROOT,
    input: join(ROOT, input),
    external: /^(phaser|webgpu)$/,
    platform: 'browser',
    write: false,
    plugins: [importTexts],
  });
  for (const chunk of output)
    if (chunk.type === 'chunk')
      for (const [id, { code }] of Object.entries(chunk.modules)) {
        const name = PACKAGE.exec(id)?.[1];
        if (name && code) codes.set(name, (codes.get(name) ?? '') + code);
      }
  for (const [name, code] of [...codes].sort())
    process.stdout.write(
      `${where}\t${name}\t${gzipSync(minifySync('all.js', code).code, { level: 9 }).length}\n`,
    );
}
