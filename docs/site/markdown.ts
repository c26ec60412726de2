import { REPOSITORY } from './repository.ts';

/** What is used of a markdown-it token. */
interface Token {
  readonly type: string;
  readonly info: string;
  readonly content: string;
  readonly children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

type Render = (tokens: Token[], index: number, ...rest: unknown[]) => string;

/** What is used of markdown-it, which only the site installs. */
export interface Markdown {
  readonly core: {
    readonly ruler: { push(name: string, rule: (state: { tokens: Token[] }) => void): void };
  };
  readonly renderer: { readonly rules: Record<string, Render | undefined> };
}

const FILE = /^\S+ (?<file>[\w./-]+\.\w+)$/;
const LIVE = /^<!-- live: (?<name>[\w-]+) -->/;

/** The name of the file that a fence's info string gives, as in `ts src/main.ts`; null without one. */
export const fileOf = (info: string): string | null => FILE.exec(info.trim())?.groups?.file ?? null;

/** Name of the example that a comment `<!-- live: name -->` embeds; null for other HTML. */
export const liveExample = (html: string): string | null =>
  LIVE.exec(html.trim())?.groups?.name ?? null;

/** Address of a link that leaves the folder docs, on GitHub; null for all others. */
export function outsideLink(href: string): string | null {
  return href.startsWith('../')
    ? `${REPOSITORY}/blob/main/${href.replace(/^(\.\.\/)+/, '')}`
    : null;
}

/** What the site shows and plain Markdown does not: names of files, live examples, links out of docs. */
export function addSiteMarkdown(md: Markdown): void {
  md.core.ruler.push('outside-links', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue;
      const outside = outsideLink(token.attrGet('href') ?? '');
      if (outside) token.attrSet('href', outside);
    }
  });
  const { rules } = md.renderer;
  const { fence, html_block: html } = rules;
  rules.fence = (tokens, index, ...rest) => {
    const file = fileOf(tokens[index].info);
    const code = fence?.(tokens, index, ...rest) ?? '';
    return file ? `<div class="file-name">${file}</div>${code}` : code;
  };
  rules.html_block = (tokens, index, ...rest) => {
    const name = liveExample(tokens[index].content);
    return name ? `<LiveExample name="${name}" />\n` : (html?.(tokens, index, ...rest) ?? '');
  };
}
