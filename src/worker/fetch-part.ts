import { messageOf } from '../util/error.ts';
import { VERSION } from '../util/version.ts';
import type { WorkerPart } from './protocol.ts';

/** What the page gives to load a part of the worker that has a file of its own. */
export interface PartOffer {
  /** Where the file should be. */
  readonly url?: string;
  /** Gives its text. */
  readonly source?: () => Promise<string>;
}

/** What such a file leaves behind. */
interface PartFile {
  readonly VERSION: string;
}

/**
 * Imports the file of a part: where the page supposes it, else as the text that the page has. Throws an error with
 * the reasons when neither can be had.
 */
export async function fetchPart<T>(part: WorkerPart, { url, source }: PartOffer): Promise<T> {
  const failed: string[] = [];
  const attempt = async (from: string, load: () => Promise<T>): Promise<T | null> => {
    try {
      return await load();
    } catch (error) {
      failed.push(`${from}: ${messageOf(error)}`);
      return null;
    }
  };
  const found =
    (url && (await attempt(url, () => importFile<T>(part, url)))) ||
    (source && (await attempt('as a blob', async () => importText<T>(part, await source()))));
  if (found) return found;
  throw new Error(failed.join('; '));
}

async function importText<T>(part: WorkerPart, text: string): Promise<T> {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    return await importFile<T>(part, address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function importFile<T>(part: WorkerPart, address: string): Promise<T> {
  // Bundlers must leave this import alone: the address is known only in the page.
  await import(/* webpackIgnore: true */ /* @vite-ignore */ address);
  const left = globalThis as unknown as Record<symbol, (T & PartFile) | undefined>;
  const file = left[Symbol.for(`phaser-foresight/${part}`)];
  if (file?.VERSION !== VERSION)
    throw new Error(`the file is of version ${file?.VERSION ?? 'unknown'}, not ${VERSION}`);
  return file;
}
