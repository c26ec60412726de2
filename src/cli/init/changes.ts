import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { ForesightError, messageOf } from '../../util/error.ts';

/** A file that is to be written. */
export interface Change {
  /** Below the project's folder. */
  readonly path: string;
  /** Null for a new file. */
  readonly before: string | null;
  readonly after: string;
}

/** All changes as one unified diff. */
export function diffOf(changes: readonly Change[]): string {
  return changes
    .map(({ path, before, after }) =>
      createTwoFilesPatch(
        before === null ? '/dev/null' : `a/${path}`,
        `b/${path}`,
        before ?? '',
        after,
        undefined,
        undefined,
        {
          context: 2,
          headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
        },
      ).trimEnd(),
    )
    .join('\n');
}

/**
 * Writes all files or none of them: each is written next to its place first, and then they are put there.
 * Throws `storage`, naming the file at fault.
 */
export function writeChanges(folder: string, changes: readonly Change[]): void {
  const unfinished: string[] = [];
  let path = '';
  try {
    for (const change of changes) {
      path = change.path;
      const target = join(folder, path);
      const mode = change.before === null ? undefined : statSync(target).mode;
      // Putting another file in its place would succeed.
      if (mode !== undefined && !(mode & 0o222)) throw new Error('it is read-only');
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(`${target}.unfinished`, change.after);
      unfinished.push(`${target}.unfinished`);
      if (mode !== undefined) chmodSync(`${target}.unfinished`, mode);
    }
    for (const file of unfinished) renameSync(file, file.slice(0, -'.unfinished'.length));
  } catch (error) {
    for (const file of unfinished) rmSync(file, { force: true });
    throw new ForesightError(
      'storage',
      `"${path}" cannot be written: ${messageOf(error)}. Nothing was changed. Allow writing it, and try again.`,
      { cause: error },
    );
  }
}
