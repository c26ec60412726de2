/** HTML or SVG whose text is escaped. Made by `element` and `fragment` only. */
export class Markup {
  readonly html: string;

  /** @param html used without escaping, so never text from outside */
  constructor(html: string) {
    this.html = html;
  }
}

/** Text is escaped; undefined and false are left out. */
export type Child = Markup | string | number | undefined | false | readonly Child[];

/** Values are escaped; false leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | false>>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text escaped for use in HTML and in quoted attributes. */
export const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character]);

/** HTML elements that have no end tag. */
const VOID = new Set(['meta', 'br']);

/** One element of HTML or SVG. */
export function element(name: string, attributes: Attributes, ...children: Child[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== false)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
  if (VOID.has(name)) return new Markup(`<${name}${written}>`);
  return new Markup(`<${name}${written}>${fragment(children).html}</${name}>`);
}

/** Joins children in order. */
export function fragment(child: Child): Markup {
  if (child instanceof Markup) return child;
  if (child === undefined || child === false) return new Markup('');
  if (typeof child === 'string' || typeof child === 'number')
    return new Markup(escapeText(String(child)));
  return new Markup(child.map((one) => fragment(one).html).join(''));
}
