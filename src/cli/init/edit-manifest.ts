import { addProperty, endOfLine, objectAt, propertiesOf } from './edit-object.ts';
import type { ObjectPlace } from './edit-object.ts';
import { maskCode } from './mask-code.ts';

export const PACKAGE = 'phaser-foresight';

/** A package.json with a dependency on the package, next to Phaser where that is one. */
export function addDependency(text: string, version: string): string {
  const entry = `"${PACKAGE}": "^${version}"`;
  const places = ['dependencies', 'devDependencies'].map((key) => objectOf(text, [key]));
  const hasPhaser = (place: ObjectPlace | null): boolean =>
    place !== null && propertiesOf(text, place).some(({ name }) => name === 'phaser');
  const place = places.find(hasPhaser) ?? places[0];
  if (place) return addProperty(text, place, entry);
  const eol = endOfLine(text);
  const indent = /^[ \t]+/m.exec(text)?.[0] ?? '  ';
  const added = `"dependencies": {${eol}${indent}${indent}${entry}${eol}${indent}}`;
  const root = objectOf(text, []);
  return root ? addProperty(text, root, added) : text;
}

/** The object below these keys of a text of JSON; null when it is not there. */
export function objectOf(text: string, keys: readonly string[]): ObjectPlace | null {
  const mask = maskCode(text);
  let place = objectAt(mask, mask.indexOf('{'));
  for (const key of keys) {
    const property = place && propertiesOf(text, place).find(({ name }) => name === key);
    if (!property) return null;
    const colon = mask.indexOf(':', property.at);
    place = objectAt(mask, colon + 1 + mask.slice(colon + 1).search(/\S/));
  }
  return place;
}
