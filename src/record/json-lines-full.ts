import * as v from 'valibot';
import { ForesightError } from '../util/error.ts';
import type { ColumnRoom } from './column-room.ts';
import { spansOf } from './columns.ts';
import type { Episode, EpisodeHeader, EpisodeSet } from './episode.ts';
import { floatText } from './float-text.ts';
import { headerFault } from './episode-header.ts';
import { layoutOf, readRows } from './json-lines-rows.ts';
import type { Fail, JsonObject, LineReader, RowLayout } from './json-lines-rows.ts';
import { checkSpec } from './spec.ts';
import type { CharacterSpec } from './spec.ts';
import { specSchema } from './spec-schema.ts';

export const FULL_FORMAT = 'episodes-jsonl/2';

/**
 * Reads `episodes-jsonl/2`: a header with the whole spec and the number of episodes, and lines that
 * hold an episode's header and its steps as rows of tick, action and the fields in order. A vector is an
 * array in the row.
 */
export function fullReader(header: JsonObject, room: ColumnRoom, fail: Fail): LineReader {
  const {
    success,
    output: spec,
    issues,
  } = v.safeParse(specSchema, header.spec, { abortEarly: true });
  if (!success)
    return fail(
      `the spec is wrong (${v.getDotPath(issues[0]) ?? 'spec'}: ${issues[0].message})`,
      'Export the file again, or correct the spec.',
    );
  try {
    checkSpec(spec);
  } catch (error) {
    if (!(error instanceof ForesightError)) throw error;
    fail('its spec is not usable', error.message, error);
  }
  const { episodes = null } = header;
  if (episodes !== null && !Number.isInteger(episodes))
    fail(
      '"episodes" is not a whole number',
      'Give the number of lines that follow, or leave it out.',
    );
  const layout = layoutOf({
    columns: namesOf(spec),
    actions: spec.action.actions,
    fields: spec.observation.fields.map((field, i) => ({ field, at: 2 + i, lowest: 0 })),
    room,
  });
  return {
    spec,
    episodes: episodes as number | null,
    readEpisode: (line, failLine) => readFullEpisode(line, { layout, fail: failLine }),
  };
}

/** The text that `fullReader` reads back exactly. The set must have been checked. */
export function writeFull({ spec, episodes }: EpisodeSet): string {
  const lines = episodes.map((one) => writeFullEpisode(spec, one));
  return [writeFullHeader(spec, episodes.length), ...lines, ''].join('\n');
}

/** The first line. */
export const writeFullHeader = (spec: CharacterSpec, episodes: number): string =>
  JSON.stringify({ format: FULL_FORMAT, episodes, columns: namesOf(spec), spec });

const namesOf = (spec: CharacterSpec): string[] => [
  'tick',
  'action',
  ...spec.observation.fields.map(({ name }) => name),
];

function readFullEpisode(
  line: JsonObject,
  { layout, fail }: { layout: RowLayout; fail: Fail },
): Episode {
  const { episode: id, session, character, end, endTick, learn, meta } = line;
  const header = { id, session, character, end, endTick, learn, meta };
  const fault = headerFault(header);
  if (fault !== null) fail(`its header is wrong (${fault})`, 'Correct it, or export it again.');
  return { ...(header as EpisodeHeader), ...readRows(line.steps, layout, fail) };
}

/** The line of an episode. Throws `bad-data` for values that a column cannot hold. */
export function writeFullEpisode(spec: CharacterSpec, episode: Episode): string {
  const { id, session, character, end, endTick, learn, meta } = episode;
  const header = JSON.stringify({ episode: id, session, character, end, endTick, learn, meta });
  const spans = spansOf(spec);
  const text = (column: number, step: number): string => floatText(episode.columns[column][step]);
  const rows: string[] = [];
  for (let step = 0; step < episode.length; step++) {
    let row = `[${episode.ticks[step]},${episode.actions[step]}`;
    for (const { field, first, columns } of spans)
      row +=
        field.kind === 'vector'
          ? `,[${columns.map((_, i) => text(first + i, step)).join(',')}]`
          : `,${text(first, step)}`;
    rows.push(`${row}]`);
  }
  return `${header.slice(0, -1)},"steps":[${rows.join(',')}]}`;
}
