import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import type { OutputChunk } from 'rolldown';

export interface BundleSize {
  /** Bytes, gzipped, of what loads at once. */
  readonly first: number;
  /** Bytes, gzipped, of what loads when it is first needed. */
  readonly later: number;
}

/**
 * A program as a bundler delivers it: minified, divided, without what the program does not use. Its entry is
 * `program.js`.
 *
 * @param program text of a module
 * @param folder where its imports are looked for
 */
export async function bundleProgram(program: string, folder: string): Promise<OutputChunk[]> {
  const bundle = await rolldown({
    cwd: folder,
    input: 'program.js',
    external: /^(phaser|@tensorflow\/)/,
    platform: 'browser',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program.js' ? `${folder}/${id}` : undefined),
        load: (id) => (id === `${folder}/program.js` ? program : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ minify: true });
  await bundle.close();
  return output.filter((one) => one.type === 'chunk');
}

/** The sizes of a program, see `bundleProgram`. */
export async function bundleSize(program: string, folder: string): Promise<BundleSize> {
  const output = await bundleProgram(program, folder);
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const first = new Set<OutputChunk>();
  const add = (chunk: OutputChunk | undefined): void => {
    if (!chunk || first.has(chunk)) return;
    first.add(chunk);
    for (const name of chunk.imports) add(chunks.get(name));
  };
  for (const chunk of output) if (chunk.isEntry) add(chunk);
  const size = ({ code }: OutputChunk): number => gzipSync(code, { level: 9 }).length;
  const sum = (some: readonly OutputChunk[]): number =>
    some.reduce((total, chunk) => total + size(chunk), 0);
  return {
    first: sum([...first]),
    later: sum(output.filter((chunk) => !first.has(chunk))),
  };
}
