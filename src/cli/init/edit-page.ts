import { addProperty, endOfLine, propertiesOf } from './edit-object.ts';
import { PACKAGE, objectOf } from './edit-manifest.ts';
import type { PageScript } from './scripts-of.ts';
import { scriptsOf } from './scripts-of.ts';

const CDN = 'https://cdn.jsdelivr.net/npm';

/** Whether a script is Phaser itself. */
export const isPhaser = ({ src, kind }: PageScript): boolean =>
  kind === 'classic' && src !== undefined && /(?:^|\/)phaser(?:@[^/]+)?(?:[./][^/]*)*$/i.test(src);

/** Whether an address of Phaser is that of an installed package, which ours will lie next to. */
export const isInstalled = (address: string): boolean => address.includes('node_modules/phaser/');

/** The address of a file of this package, from the place that Phaser comes from. */
function addressOf(file: string, phaser: string, version: string): string {
  const [folder] = phaser.split('node_modules/phaser/');
  return isInstalled(phaser)
    ? `${folder}node_modules/${PACKAGE}/dist/${file}`
    : `${CDN}/${PACKAGE}@${version}/dist/${file}`;
}

/** The address that the import map of a page gives to a package; null without one. */
export function mappedAddress(html: string, name: string): string | null {
  const map = scriptsOf(html).find(({ kind }) => kind === 'importmap');
  if (!map) return null;
  try {
    const address: unknown = JSON.parse(map.code).imports?.[name];
    return typeof address === 'string' ? address : null;
  } catch {
    return null;
  }
}

/** A page whose import map has this package too; null when it does not map Phaser. */
export function addToImportMap(html: string, version: string): string | null {
  const phaser = mappedAddress(html, 'phaser');
  const map = scriptsOf(html).find(({ kind }) => kind === 'importmap');
  const imports = map && objectOf(map.code, ['imports']);
  if (!map || !imports || phaser === null) return null;
  if (propertiesOf(map.code, imports).some(({ name }) => name === PACKAGE)) return html;
  const address = addressOf('phaser-foresight.js', phaser, version);
  const code = addProperty(map.code, imports, `"${PACKAGE}": "${address}"`);
  return html.slice(0, map.at) + code + html.slice(map.at + map.code.length);
}

/** A page that loads this package, and maybe an example, after Phaser; null when it does not load Phaser. */
export function addScripts(html: string, version: string, example: string | null): string | null {
  const scripts = scriptsOf(html);
  const phaser = scripts.find(isPhaser);
  if (phaser?.src === undefined) return null;
  const address = addressOf('phaser-foresight.global.js', phaser.src, version);
  const isLoaded = scripts.some(({ src }) => src?.includes(PACKAGE));
  const added = [isLoaded ? null : address, example].filter((src) => src !== null);
  const line = html.lastIndexOf('\n', phaser.start) + 1;
  const indent = /^[ \t]*/.exec(html.slice(line))![0];
  const elements = added.map((src) => `${endOfLine(html)}${indent}<script src="${src}"></script>`);
  return html.slice(0, phaser.end) + elements.join('') + html.slice(phaser.end);
}
