/**
 * The files of the package that a page loads besides its own code: the training worker, and two parts
 * that the worker imports when it needs them: the kernels for WebGPU with tfjs, and what reads files. Each is self-contained, and comes
 * once more as a module that gives its text, for bundlers and servers that lose the file itself. The text is
 * compressed there: a bundler that splits nothing off puts it into the game's one file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What each file is built from, and the module that gives its text: in the sources it has the same name. */
const FILES = [
  { name: 'foresight.worker', from: 'src/worker/package-worker.ts', text: 'worker-source' },
  { name: 'foresight.webgpu', from: 'src/worker/foresight.webgpu.js', text: 'webgpu-source' },
  { name: 'foresight.reader', from: 'src/worker/foresight.reader.js', text: 'reader-source' },
];

/**
 * What tfjs looks for to learn where it runs: in a worker, also where the file runs in Node. A bundler that
 * finds Node's globals would bring packages that imitate them.
 */
const AS_IN_WORKER = {
  Buffer: 'undefined',
  process: 'undefined',
  global: 'globalThis',
  WorkerGlobalScope: 'Object',
};

/**
 * The builds of the files.
 *
 * @param {string} dir
 * @returns {import('rolldown').BuildOptions[]}
 */
export const workerBuilds = (dir) =>
  FILES.map(({ name, from }) => ({
    input: { [name]: from },
    platform: 'browser',
    transform: { define: name === 'foresight.webgpu' ? AS_IN_WORKER : {} },
    output: { dir, minify: true, codeSplitting: false },
  }));

/**
 * Writes the modules that give the files' texts; call it when the files are built.
 *
 * @param {string} dir absolute
 */
export function writeTexts(dir) {
  for (const { name, text } of FILES) {
    const packed = gzipSync(readFileSync(join(dir, `${name}.js`)), { level: 9 }).toString('base64');
    writeFileSync(join(dir, `${text}.js`), textModule(name, packed));
  }
}

/**
 * @param {string} name of the file, without its ending
 * @param {string} packed
 */
const textModule = (name, packed) => `// The text of ${name}.js, as gzip in base64.
const PACKED = '${packed}';
export async function readSource() {
  const bytes = Uint8Array.from(atob(PACKED), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
`;

/**
 * Lets a build import the texts from those modules, instead of from the modules that stand for them in the
 * sources. For builds whose files lie in the same folder.
 *
 * @type {import('rolldown').Plugin}
 */
export const importTexts = {
  name: 'import-texts',
  resolveId(specifier) {
    const found = FILES.find(({ text }) => specifier === `./${text}.ts`);
    return found && { id: `./${found.text}.js`, external: true };
  },
};
