import { addProperty, endOfLine, propertiesOf } from './edit-object.ts';
import type { ObjectPlace } from './edit-object.ts';
import { PACKAGE } from './edit-manifest.ts';
import { maskCode } from './mask-code.ts';

/** What is written into the config of a game, as its property `plugins`. */
export const FORESIGHT_CALL = "foresight({ store: 'indexeddb' })";
/** The global of the build for script tags. */
export const GLOBAL = 'PhaserForesight';

export type CodeEdit =
  | { readonly kind: 'edited'; readonly text: string }
  /** The plugin is there already. */
  | { readonly kind: 'done' }
  /** Other plugins are there, which the developer has to merge. */
  | { readonly kind: 'plugins' };

export interface CodeStyle {
  /** Whether the code is a classic script, which cannot import. */
  readonly isScript: boolean;
}

/** Adds the plugin to the config at `place`, and its import to the text. */
export function addPlugin(text: string, place: ObjectPlace, { isScript }: CodeStyle): CodeEdit {
  if (propertiesOf(text, place).some(({ name }) => name === 'plugins'))
    return { kind: isWired(text) ? 'done' : 'plugins' };
  if (isScript) {
    const call = `plugins: ${GLOBAL}.${FORESIGHT_CALL}`;
    return { kind: 'edited', text: addProperty(text, place, quotedLike(text, call)) };
  }
  // The name may be taken; then the import has another one.
  const isTaken = /\bforesight\b/.test(maskCode(text));
  const name = isTaken ? 'foresightPlugins' : 'foresight';
  const call = `plugins: ${FORESIGHT_CALL.replace('foresight', name)}`;
  const configured = addProperty(text, place, quotedLike(text, call));
  const imported = isTaken ? `foresight as ${name}` : name;
  return {
    kind: 'edited',
    text: addImport(configured, quotedLike(text, `import { ${imported} } from '${PACKAGE}';`)),
  };
}

const isWired = (text: string): boolean =>
  text.includes(`'${PACKAGE}'`) || text.includes(`"${PACKAGE}"`) || text.includes(`${GLOBAL}.`);

/** Adds a line below the last import, in the style of the others; at the top where there is none. */
function addImport(text: string, line: string): string {
  const mask = maskCode(text);
  const imports = [...mask.matchAll(/^[ \t]*import\b(?!\s*[.(])[^;]*?(["'])\s*\1[ \t]*(;?)/gm)];
  const last = imports[imports.length - 1];
  const eol = endOfLine(text);
  if (!last) return `${line}${eol}${text}`;
  const indent = /^[ \t]*/.exec(last[0])![0];
  const styled = last[2] ? line : line.slice(0, -1);
  const end = last.index + last[0].length;
  // A comment behind the import stays there.
  const rest = text.slice(end).search(/\r?\n/);
  const at = rest < 0 ? text.length : end + rest;
  return `${text.slice(0, at)}${eol}${indent}${styled}${text.slice(at)}`;
}

/** Code with the quotes that most strings of a text have. */
function quotedLike(text: string, code: string): string {
  const count = (quote: string): number => text.split(quote).length;
  return count('"') > count("'") ? code.replaceAll("'", '"') : code;
}
