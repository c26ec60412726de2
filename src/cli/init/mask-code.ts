/** Code after which a slash begins a regular expression: it neither divides nor ends an element of JSX. */
const BEFORE_REGEX = /(?:[(,=:[!&|?{;~+*%^-]|\b(?:return|typeof|case|in|of|void|delete))$/;

/**
 * A text of the same length, in which comments and what is between quotes is blank, so that brackets and
 * names in it are those of the code. Good for JavaScript, TypeScript and JSON; quotes in the texts of JSX blank
 * the rest of their line at most.
 */
export function maskCode(text: string): string {
  const mask = text.split('');
  const blank = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (mask[i] !== '\n') mask[i] = ' ';
  };
  let i = 0;
  /** Skips code up to the `}` that closes a placeholder of a template, or to the end. */
  const code = (inTemplate: boolean): void => {
    let depth = 0;
    while (i < text.length) {
      const char = text[i];
      if (text.startsWith('//', i)) skipTo('\n', i + 2);
      else if (text.startsWith('/*', i)) skipTo('*/', i + 2);
      else if (char === '"' || char === "'") quoted(char);
      else if (char === '`') template();
      else if (
        char === '/' &&
        BEFORE_REGEX.test(
          mask
            .slice(Math.max(0, i - 40), i)
            .join('')
            .trimEnd(),
        )
      )
        regex();
      else {
        if (char === '{') depth++;
        if (char === '}' && depth-- === 0 && inTemplate) return;
        i++;
      }
    }
  };
  /** Blanks a comment; the line end after `//` stays. */
  const skipTo = (end: string, from: number): void => {
    const found = text.indexOf(end, from);
    const to = found < 0 ? text.length : end === '\n' ? found : found + end.length;
    blank(i, to);
    i = to;
  };
  const quoted = (quote: string): void => {
    const start = ++i;
    while (i < text.length && text[i] !== quote && text[i] !== '\n') i += text[i] === '\\' ? 2 : 1;
    blank(start, Math.min(i, text.length));
    i++;
  };
  const regex = (): void => {
    const start = ++i;
    let inClass = false;
    while (i < text.length && text[i] !== '\n' && (inClass || text[i] !== '/')) {
      if (text[i] === '[') inClass = true;
      if (text[i] === ']') inClass = false;
      i += text[i] === '\\' ? 2 : 1;
    }
    blank(start, Math.min(i, text.length));
    i++;
  };
  const template = (): void => {
    const start = ++i;
    while (i < text.length && text[i] !== '`') {
      if (text.startsWith('${', i)) {
        i += 2;
        code(true);
        i++;
      } else i += text[i] === '\\' ? 2 : 1;
    }
    blank(start, Math.min(i, text.length));
    i++;
  };
  code(false);
  return mask.join('');
}

/** Where the bracket closes that opens at `open`; -1 when it does not. */
export function closingBracket(mask: string, open: number): number {
  let depth = 0;
  for (let i = open; i < mask.length; i++) {
    if ('([{'.includes(mask[i])) depth++;
    if (')]}'.includes(mask[i]) && --depth === 0) return i;
  }
  return -1;
}
