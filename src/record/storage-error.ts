import { ForesightError } from '../util/error.ts';

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';

/**
 * Any failure of a store as a ForesightError: `storage-full` when the browser's quota is used up,
 * else `storage`. A ForesightError is returned unchanged.
 *
 * @param error what was thrown, usually a DOMException
 * @param doing the operation that failed, such as "Saving recorded steps"
 */
export function storageError(error: unknown, doing: string): ForesightError {
  if (error instanceof ForesightError) return error;
  if (nameOf(error) === 'QuotaExceededError')
    return new ForesightError(
      'storage-full',
      `${doing} failed: the browser's storage for this site is full. Export and delete old sessions, or free disk space; what is being recorded stays in memory meanwhile.`,
      { cause: error },
    );
  const reason = error instanceof Error && error.message ? error.message : String(error);
  return new ForesightError(
    'storage',
    `${doing} failed (${nameOf(error) || 'error'}: ${reason}). Reload the page; if it happens again, export the recordings and clear the site's data.`,
    { cause: error },
  );
}
