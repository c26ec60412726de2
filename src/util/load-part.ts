import { ForesightError, messageOf } from './error.ts';

/**
 * Loads code that not every game needs, and none at its start. Rejects with `not-ready` when it cannot be
 * fetched; another call tries again.
 *
 * @param what names it in the message
 */
export async function loadPart<T>(what: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new ForesightError(
      'not-ready',
      `${what} could not be loaded (${messageOf(cause)}). Serve all files that your bundler wrote ` +
        "next to the game's own, then try again.",
      { cause },
    );
  }
}
