import { readFileSync } from 'node:fs';
import { ForesightError, messageOf } from '../../util/error.ts';

/** The text of a file; null when there is none. Throws `bad-data` when it cannot be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null;
    throw new ForesightError(
      'bad-data',
      `"${path}" cannot be read: ${messageOf(error)}. Allow reading it.`,
      { cause: error },
    );
  }
}
