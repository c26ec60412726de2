import { readMarkdown } from './read-markdown.ts';

/** A row of docs/dependencies.md. */
export interface DependencyRow {
  readonly name: string;
  readonly version: string;
  /** SPDX */
  readonly licence: string;
}

/** The rows of one section of docs/dependencies.md. */
export function readDependencies(
  section: 'Inside the package' | 'What a game brings',
): DependencyRow[] {
  const text = readMarkdown('docs/dependencies.md')
    .text.split(`## ${section}\n`)[1]
    .split('\n## ')[0];
  return [...text.matchAll(/^\| `([^`]+)` +\| ([\d.]+) +\| ([\w.-]+) +\|/gm)].map(
    ([, name, version, licence]) => ({ name, version, licence }),
  );
}
