import type { PageOptions } from './play.ts';

/** Those of this page. */
export const PAGE = JSON.parse(decodeURIComponent(location.hash.slice(1))) as PageOptions;
