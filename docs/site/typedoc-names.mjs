import { Converter } from 'typedoc';

/** What typedoc calls the sources of an entry, and what the docs call the entry. */
const NAMES = new Map([
  ['plugin', 'phaser-foresight'],
  ['plugin/index', 'phaser-foresight'],
  ['src/core', 'core'],
  ['src/lab', 'lab'],
  ['src/tfjs', 'tfjs'],
]);

/**
 * A plugin of typedoc: entries are called by their names in the package, not by their files.
 *
 * @param {import('typedoc').Application} app
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const entry of project.children ?? []) entry.name = NAMES.get(entry.name) ?? entry.name;
  });
}
