import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of files that hold a package's licence. */
const LICENCE = /^(licen[cs]e|copying|notice)([-.].*)?$/i;

/**
 * Copyright of packages whose archive has no licence file.
 *
 * @type {Readonly<Record<string, string>>}
 */
const COPYRIGHT = {
  '@tensorflow/tfjs-backend-cpu': 'Copyright Google LLC',
  '@tensorflow/tfjs-backend-webgpu': 'Copyright Google LLC',
  '@tensorflow/tfjs-core': 'Copyright Google LLC',
};

/** A module's package; ids that begin with a null byte are the bundler's own. */
const FOLDER = /^[^\0].*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

/**
 * Collects the packages whose code is in what is built. Give `plugin` to every build, then call the others: `write`
 * writes their licences, `names` gives each as `name@version`.
 *
 * @returns {{ plugin: import('rolldown').Plugin, write: (file: string) => void, names: () => Set<string> }}
 */
export function thirdParty() {
  /** @type {Set<string>} */
  const folders = new Set();
  return {
    plugin: {
      name: 'third-party',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
            const folder = FOLDER.exec(id)?.[0];
            if (folder && renderedLength > 0) folders.add(folder);
          }
        }
      },
    },
    write: (file) => writeFileSync(file, notices([...folders].map(readPackage))),
    names: () =>
      new Set([...folders].map(readPackage).map(({ name, version }) => `${name}@${version}`)),
  };
}

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX
 * @property {string} text of its licence files; empty without any
 */

/**
 * @param {string} folder
 * @returns {Package}
 */
function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { name, version, licence: license, text: texts.join('\n\n') };
}

/**
 * The licences of all packages, in the order of their names.
 *
 * @param {readonly Package[]} packages
 * @returns {string}
 * @throws when a package has no text, and none of the others has the text of its licence
 */
export function notices(packages) {
  const sorted = [...packages].sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.map(({ name, version, licence, text }) => {
    const title = `${name} ${version} (${licence})`;
    return `${title}\n${'-'.repeat(title.length)}\n\n${text || elsewhere(name, licence, sorted)}\n`;
  });
  return [
    'The files of this folder contain code of these packages, under the licences below.\n',
    ...parts,
  ].join('\n\n');
}

/**
 * @param {string} name
 * @param {string} licence
 * @param {readonly Package[]} packages
 */
function elsewhere(name, licence, packages) {
  const other = packages.find((one) => one.licence === licence && one.text);
  const copyright = COPYRIGHT[name];
  if (!copyright || !other)
    throw new Error(
      `${name} has no licence file. Look up its copyright and add it to COPYRIGHT in scripts/build/third-party.mjs.`,
    );
  return `${copyright}\nThe text of the licence is that of ${other.name}.`;
}
