/**
 * Turns the imports of a build's own sources at run time into ordinary ones, for a build of one file: what is in
 * the file anyway needs no code around it that would begin it later.
 *
 * @type {import('rolldown').Plugin}
 */
export const importAtOnce = {
  name: 'import-at-once',
  transform(code, id) {
    if (id.includes('node_modules')) return null;
    /** @type {string[]} */
    const imports = [];
    const rest = code.replace(/\bimport\('(\.[^']+)'\)/g, (_, specifier) => {
      const name = `__part${imports.length}`;
      imports.push(`import * as ${name} from '${specifier}';`);
      return `Promise.resolve(${name})`;
    });
    return imports.length ? { code: imports.join('') + rest, map: null } : null;
  },
};
