import { ForesightError, messageOf } from '../util/error.ts';
import { VERSION } from '../util/version.ts';
import { fetchPart } from './fetch-part.ts';
import type { PartOffer } from './fetch-part.ts';
import type * as FileReader from './read-file.ts';

/** Imports foresight.reader.js, see `fetchPart`. Throws `not-ready` when it cannot be had. */
export async function fetchReader(offer: PartOffer): Promise<typeof FileReader> {
  try {
    return await fetchPart<typeof FileReader>('reader', offer);
  } catch (error) {
    throw new ForesightError(
      'not-ready',
      `What reads files could not be loaded in the worker (${messageOf(error)}). Serve foresight.reader.js of version ${VERSION} at that address, or let the Content-Security-Policy allow it or blob: in script-src.`,
    );
  }
}
