import { objectAt, propertiesOf } from './edit-object.ts';
import type { ObjectPlace } from './edit-object.ts';
import { maskCode } from './mask-code.ts';

/** Code that makes the game, as far as it can be read. */
export type FoundGame =
  /** Its config is an object literal in the same text. */
  | { readonly kind: 'config'; readonly place: ObjectPlace }
  /** Its config comes from another module. */
  | { readonly kind: 'imported'; readonly from: string; readonly name: string }
  | { readonly kind: 'unknown' };

const GAME = /\bnew\s+(?:Phaser\s*\.\s*)?Game\s*\(\s*/g;

/** Where a text makes a Phaser game; null where it does not. */
export function findGame(text: string): FoundGame | null {
  const mask = maskCode(text);
  for (const match of mask.matchAll(GAME)) {
    // A class of the project may be named Game too.
    if (!match[0].includes('Phaser') && !/["']phaser["']/.test(text)) continue;
    return configAt(text, mask, match.index + match[0].length);
  }
  return null;
}

/** The config that the expression at `at` gives. */
function configAt(text: string, mask: string, at: number): FoundGame {
  const inline = objectAt(mask, at);
  if (inline) {
    const properties = propertiesOf(text, inline);
    if (properties.some(({ name }) => name === 'plugins')) return { kind: 'config', place: inline };
    // The config itself in `{ ...config, parent }`, as in Phaser's templates.
    const spread = properties.find(({ isSpread }) => isSpread);
    const found = spread && configNamed(text, mask, spread.name);
    return found && found.kind !== 'unknown' ? found : { kind: 'config', place: inline };
  }
  const name = /^[\w$]+(?=\s*[,)])/.exec(mask.slice(at))?.[0];
  return name === undefined ? { kind: 'unknown' } : configNamed(text, mask, name);
}

function configNamed(text: string, mask: string, name: string): FoundGame {
  const place = declaredObject(mask, name);
  if (place) return { kind: 'config', place };
  const escaped = name.replaceAll('$', '\\$');
  const importing = new RegExp(
    `\\bimport\\s+(${escaped}|\\{[^}]*\\b${escaped}\\b[^}]*\\})\\s+from\\s*["'](\\.[^"']+)["']`,
  ).exec(text);
  if (!importing) return { kind: 'unknown' };
  const isDefault = !importing[1].startsWith('{');
  return { kind: 'imported', from: importing[2], name: isDefault ? 'default' : name };
}

/** The object literal that a module exports; `default` is its default export. Null when it is none. */
export function exportedObject(text: string, name: string): ObjectPlace | null {
  const mask = maskCode(text);
  if (name !== 'default') return declaredObject(mask, name);
  const exporting = /\bexport\s+default\s+(?:([\w$]+)|(?=\{))/.exec(mask);
  if (!exporting) return null;
  if (exporting[1] !== undefined) return declaredObject(mask, exporting[1]);
  return objectAt(mask, exporting.index + exporting[0].length);
}

function declaredObject(mask: string, name: string): ObjectPlace | null {
  const declaring = new RegExp(
    `\\b(?:const|let|var)\\s+${name.replaceAll('$', '\\$')}\\b[^=;]*=\\s*(?=\\{)`,
  ).exec(mask);
  return declaring && objectAt(mask, declaring.index + declaring[0].length);
}
