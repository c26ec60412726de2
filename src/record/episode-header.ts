import { ForesightError } from '../util/error.ts';
import type { EpisodeHeader } from './episode.ts';

type IsRight = (value: unknown) => boolean;

const isText: IsRight = (value) => typeof value === 'string';
const isPlain: IsRight = (value) =>
  isText(value) || typeof value === 'boolean' || Number.isFinite(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By hand: a library that checks shapes would load with every game, for this alone. */
const PARTS: Readonly<Record<keyof EpisodeHeader, readonly [IsRight, string]>> = {
  id: [isText, 'The id is no text'],
  session: [isText, 'The session is no text'],
  character: [isText, 'The character is no text'],
  end: [
    (end) => end === 'terminated' || end === 'truncated',
    'It is not "terminated" or "truncated"',
  ],
  endTick: [Number.isSafeInteger, 'The tick is not a whole number'],
  learn: [(learn) => typeof learn === 'boolean', 'It is not true or false'],
  meta: [
    (meta) => isObject(meta) && Object.values(meta).every(isPlain),
    'meta must hold only texts, finite numbers and booleans',
  ],
};

/** Describes the fault of a header, as "path: message"; null when it is valid. */
export function headerFault(header: unknown): string | null {
  if (!isObject(header)) return 'It is not an object';
  for (const [key, [isRight, wrong]] of Object.entries(PARTS))
    if (!isRight(header[key])) return `${key}: ${wrong}`;
  return header.id === '' ? 'id: The id is empty' : null;
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
