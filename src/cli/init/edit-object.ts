import { closingBracket, maskCode } from './mask-code.ts';

/** An object literal in a text: where its braces are. */
export interface ObjectPlace {
  readonly open: number;
  readonly close: number;
}

/** A property of an object literal; `...name` is a spread one. */
export interface Property {
  readonly name: string;
  readonly isSpread: boolean;
  /** Where its name starts. */
  readonly at: number;
}

/** The object literal that opens at `open`; null when it never closes. */
export function objectAt(mask: string, open: number): ObjectPlace | null {
  const close = mask[open] === '{' ? closingBracket(mask, open) : -1;
  return close < 0 ? null : { open, close };
}

/** The properties of an object literal itself, not those of objects in it. */
export function propertiesOf(text: string, { open, close }: ObjectPlace): Property[] {
  const mask = maskCode(text);
  const found: Property[] = [];
  let starts = true;
  for (let i = open + 1; i < close; i++) {
    if (/\s/.test(mask[i])) continue;
    const [, dots, name] = starts
      ? (/^(\.\.\.)?\s*["']?([\w$-]+)/.exec(text.slice(i, close)) ?? [])
      : [];
    if (name) found.push({ name, isSpread: dots !== undefined, at: i });
    starts = mask[i] === ',';
    if ('([{'.includes(mask[i])) i = closingBracket(mask, i);
  }
  return found;
}

/**
 * Adds a property at the end of an object literal, in the style of those that are there.
 *
 * @param property "plugins: foresight()", without a comma
 */
export function addProperty(text: string, place: ObjectPlace, property: string): string {
  const { open, close } = place;
  if (!text.slice(open + 1, close).trim())
    return `${text.slice(0, open + 1)} ${property} ${text.slice(close)}`;
  const mask = maskCode(text);
  const inside = mask.slice(open + 1, close);
  const isEmpty = !inside.trim();
  const last = open + 1 + inside.trimEnd().length;
  const hasComma = isEmpty || mask[last - 1] === ',';
  const head = `${text.slice(0, last)}${hasComma ? '' : ','}`;
  if (!text.slice(open, close).includes('\n')) return `${head} ${property}${text.slice(last)}`;
  const line = text.lastIndexOf('\n', close) + 1;
  const outer = /^[ \t]*/.exec(text.slice(line))![0];
  const [first] = propertiesOf(text, place);
  const start = first ? text.slice(text.lastIndexOf('\n', first.at) + 1, first.at) : 'none';
  const indent = start.trim() ? `${outer}  ` : start;
  const added = `${indent}${property}${hasComma && !isEmpty ? ',' : ''}${endOfLine(text)}`;
  // A comment behind the last property stays behind it.
  if (!mask.slice(line, close).trim())
    return `${head}${text.slice(last, line)}${added}${text.slice(line)}`;
  return `${head}${endOfLine(text)}${added}${outer}${text.slice(last).replace(/^[ \t]+/, '')}`;
}

/** The line ends of a text. */
export const endOfLine = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
