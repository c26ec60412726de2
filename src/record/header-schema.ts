import * as v from 'valibot';
import { ForesightError } from '../util/error.ts';
import type { EpisodeHeader } from './episode.ts';

const isMeta = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(
    (one) => typeof one === 'string' || typeof one === 'boolean' || Number.isFinite(one),
  );

/** The schema of an episode's header. */
export const headerSchema = v.object({
  id: v.pipe(v.string(), v.nonEmpty('The id is empty')),
  session: v.string(),
  character: v.string(),
  end: v.picklist(['terminated', 'truncated']),
  endTick: v.pipe(v.number(), v.safeInteger()),
  learn: v.boolean(),
  // Not v.record, which drops keys such as "constructor".
  meta: v.custom<EpisodeHeader['meta']>(
    isMeta,
    'meta must hold only texts, finite numbers and booleans',
  ),
}) satisfies v.GenericSchema<unknown, EpisodeHeader>;

/** Describes the fault of a header, as "path: message"; null when it is valid. */
export function headerFault(header: unknown): string | null {
  const { issues } = v.safeParse(headerSchema, header);
  if (!issues) return null;
  const path = v.getDotPath(issues[0]);
  return path ? `${path}: ${issues[0].message}` : issues[0].message;
}

/** Throws `bad-data` unless the header can be stored. */
export function checkHeader(header: EpisodeHeader): void {
  const fault = headerFault(header);
  if (fault === null) return;
  throw new ForesightError(
    'bad-data',
    `The header of episode "${header.id}" is wrong: ${fault}. Give id, session, character, end, endTick, learn and meta of plain values.`,
  );
}

/** The header of an episode, without anything else that is in `source`. */
export function headerOf(source: EpisodeHeader): EpisodeHeader {
  const { id, session, character, end, endTick, learn, meta } = source;
  return { id, session, character, end, endTick, learn, meta };
}
