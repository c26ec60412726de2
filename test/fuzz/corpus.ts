import { readdirSync, readFileSync } from 'node:fs';
import type { ReaderName } from './readers.ts';

const FOLDER = new URL('corpus/', import.meta.url);

/** Files that a reader once did not handle as promised, by name. */
export function corpusOf(reader: ReaderName): Uint8Array[] {
  return readdirSync(FOLDER)
    .filter((name) => name.startsWith(`${reader}.`))
    .sort()
    .map((name) => new Uint8Array(readFileSync(new URL(name, FOLDER))));
}
