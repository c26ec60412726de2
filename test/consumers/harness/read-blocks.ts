/** A fenced block of a Markdown page. */
export interface Block {
  readonly language: string;
  /** What stands after the language: the name of a file. Null when nothing does. */
  readonly file: string | null;
  readonly text: string;
}

/** The fenced blocks of a page, in their order. */
export function readBlocks(markdown: string): Block[] {
  const matches = markdown.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms);
  return Array.from(matches, ([, language, file = null, text]) => ({ language, file, text }));
}
