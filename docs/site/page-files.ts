import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileOf } from './markdown.ts';

const FENCE = /^```(?<info>[^\n]+)\n(?<text>[\s\S]*?)^```$/gm;

/** The files that a page contains: its blocks of code with a file name, by that name. */
export function filesOfPage(markdown: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const { groups } of markdown.matchAll(FENCE)) {
    const file = fileOf(groups!.info);
    if (file !== null) files.set(file, groups!.text);
  }
  return files;
}

/** Writes the files of a page, exactly as it shows them, into a folder. */
export function writePageFiles(page: string, folder: string): void {
  for (const [name, text] of filesOfPage(readFileSync(page, 'utf8'))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
