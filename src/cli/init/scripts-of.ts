/** A `<script>` of a page, or of a component of Vue or Svelte. */
export interface PageScript {
  readonly kind: 'module' | 'classic' | 'importmap' | 'other';
  /** Address of its file; undefined for one with its code in the page. */
  readonly src?: string;
  /** Where the element starts and ends. */
  readonly start: number;
  readonly end: number;
  /** Where its code starts. */
  readonly at: number;
  readonly code: string;
}

/** The scripts of a text of HTML, without those in comments. */
export function scriptsOf(html: string): PageScript[] {
  const shown = html.replace(/<!--[^]*?-->/g, (comment) => ' '.repeat(comment.length));
  return [...shown.matchAll(/<script\b([^>]*)>([^]*?)<\/script\s*>/gi)].map((match) => {
    const [element, attributes] = match;
    const at = match.index + element.indexOf('>') + 1;
    const end = match.index + element.length;
    return {
      kind: kindOf(attribute(attributes, 'type'), attribute(attributes, 'lang')),
      src: attribute(attributes, 'src'),
      start: match.index,
      end,
      at,
      code: html.slice(at, end - element.length + element.lastIndexOf('</')),
    };
  });
}

function kindOf(type: string | undefined, lang: string | undefined): PageScript['kind'] {
  if (type === 'module' || type === 'importmap') return type;
  if (type === undefined || type.endsWith('javascript'))
    return lang === undefined ? 'classic' : 'module';
  return 'other';
}

const attribute = (attributes: string, name: string): string | undefined => {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(
    attributes,
  );
  return match ? (match[1] ?? match[2] ?? match[3]) : undefined;
};
