/** A piece of HTML or SVG whose text is escaped. Made by `element` and `fragment` only. */
export class Markup {
  readonly html: string;

  /** @param html taken as it is; never text from elsewhere */
  constructor(html: string) {
    this.html = html;
  }
}

/** Text is escaped; undefined and false are nothing. */
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

/** Text made harmless within HTML and within quoted attributes. */
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

/** Several pieces, one after the other. */
export function fragment(child: Child): Markup {
  if (child instanceof Markup) return child;
  if (child === undefined || child === false) return new Markup('');
  if (typeof child === 'string' || typeof child === 'number')
    return new Markup(escapeText(String(child)));
  return new Markup(child.map((one) => fragment(one).html).join(''));
}
