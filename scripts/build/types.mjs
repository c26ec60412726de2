import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

/** Of a script: nothing can be imported from it. */
const SCRIPT = 'export {};\n';

/**
 * Writes one declaration file for each entry. What entries share is in files of its own, since a class
 * that is declared twice is two types; that of Phaser is apart, so that the core needs no Phaser.
 *
 * @param {object} options
 * @param {string} options.root of the project
 * @param {string} options.dir to write to, absolute
 * @param {Readonly<Record<string, string>>} options.entries sources, by the name of the file in `dir`
 * @param {readonly string[]} options.scripts names of scripts in `dir`, which export nothing
 */
export async function buildTypes({ root, dir, entries, scripts }) {
  // Absolute: the plugin finds the name of an entry by its path.
  const input = Object.entries(entries).map(([name, source]) => [name, join(root, source)]);
  const doors = new Set(input.map(([, path]) => path.replace(/\.ts$/, '.d.ts')));
  /** @param {string} id */
  const place = (id) => (doors.has(id) ? '' : relative(root, id).replaceAll('\\', '/'));
  await build({
    cwd: root,
    input: Object.fromEntries(input),
    external: /^[^./]/,
    // The compiler takes most of the time of this build.
    checks: { pluginTimings: false },
    plugins: [dts({ tsconfig: join(root, 'tsconfig.build.json'), emitDtsOnly: true })],
    output: {
      dir,
      chunkFileNames: '[name].d.ts',
      codeSplitting: {
        groups: [
          { name: 'core-types', test: (id) => /^src\/(?!tfjs)/.test(place(id)), priority: 1 },
          { name: 'plugin-types', test: (id) => place(id).startsWith('plugin/') },
        ],
      },
    },
  });
  for (const name of scripts) writeFileSync(join(dir, `${name}.d.ts`), SCRIPT);
}
