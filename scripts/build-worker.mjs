/**
 * The files of the package that a page loads besides its own code: the training worker, and the kernels for
 * WebGPU with tfjs, which the worker imports when it will use an adapter. Each is self-contained, and comes
 * once more as a module that gives its text, for bundlers and servers that lose the file itself.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';

/** What each file is built from, and the module that gives its text: in the sources it has the same name. */
const FILES = [
  { name: 'foresight.worker', from: 'src/worker/package-worker.ts', text: 'worker-source' },
  { name: 'foresight.webgpu', from: 'src/worker/foresight.webgpu.js', text: 'webgpu-source' },
];

/**
 * Writes the files and the modules to `dir`.
 *
 * @param {string} dir absolute
 * @param {string} cwd the folder of the project
 */
export async function buildWorkerFiles(dir, cwd) {
  for (const { name, from, text } of FILES) {
    await build({
      cwd,
      input: { [name]: from },
      platform: 'browser',
      output: { dir, minify: true, codeSplitting: false },
    });
    const program = readFileSync(join(dir, `${name}.js`), 'utf8');
    writeFileSync(join(dir, `${text}.js`), `export const SOURCE = ${JSON.stringify(program)};\n`);
  }
}

/**
 * Lets a build import the texts from the modules that `buildWorkerFiles` writes, instead of the modules that
 * stand for them in the sources. For builds whose files lie in the same folder.
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
