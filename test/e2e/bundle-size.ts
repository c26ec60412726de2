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
 * The size of a program as a bundler delivers it: minified, without what the program does not use.
 *
 * @param program text of a module
 * @param folder where its imports are looked for
 */
export async function bundleSize(program: string, folder: string): Promise<BundleSize> {
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
  const chunks = new Map(
    output.filter((one) => one.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const first = new Set<OutputChunk>();
  const add = (chunk: OutputChunk | undefined): void => {
    if (!chunk || first.has(chunk)) return;
    first.add(chunk);
    for (const name of chunk.imports) add(chunks.get(name));
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) add(chunk);
  const size = ({ code }: OutputChunk): number => gzipSync(code, { level: 9 }).length;
  const sum = (some: readonly OutputChunk[]): number =>
    some.reduce((total, chunk) => total + size(chunk), 0);
  return {
    first: sum([...first]),
    later: sum([...chunks.values()].filter((chunk) => !first.has(chunk))),
  };
}
