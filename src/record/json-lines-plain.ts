import { ForesightError } from '../util/error.ts';
import type { ColumnRoom } from './column-room.ts';
import { playerOf } from './episode.ts';
import type { Episode, EpisodeHeader } from './episode.ts';
import { headerFault } from './episode-header.ts';
import { isObject, layoutOf, readRows, readValue, show } from './json-lines-rows.ts';
import { LIMITS } from './limits.ts';
import type {
  ColumnPlace,
  Fail,
  FieldPlace,
  JsonObject,
  LineReader,
  RowLayout,
} from './json-lines-rows.ts';
import { category, defineSpec, id, number, vector } from './spec.ts';
import type { ObservationField } from './spec.ts';

export const PLAIN_FORMAT = 'episodes-jsonl/1';

/** Keys of a line that have a special meaning; all others become meta. */
const OWN_KEYS = new Set(['episode', 'game', 'steps']);

/** A field that has one column, where it may be a constant of the episode. */
type ConstantPlace = FieldPlace & ColumnPlace;

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');

/**
 * Reads `episodes-jsonl/1`, the plain format that other programs write. The spec is made from the
 * header alone, never from the values, so files with the same header always fit together:
 *
 * - `columns`: the fields in that order, except `tick` and `action`, which describe the step
 * - `categorical`: the fields that are not numbers. "actions": one of the actions, as its index;
 *   "id 0-32": one of the categories "0" to "32"; "id": an id. Those that are not columns are constants
 *   of the episode, found on its line; they become fields after the columns, in their order.
 * - `vectors`: the columns whose values are arrays of numbers, with their lengths: { "rays": 24 }
 * - everything else is a number, without a range
 * - `everyTicks`: the ticks from each step to the next, for logs at a fixed rate, where an action that continues is
 *   nothing to predict. Sampled `onChange` without it, also where an action may come twice in a row, as in a game
 *   of rounds.
 *
 * In a line, `game` is the session, `episode` the id, `character` the character (the id when absent),
 * and everything else except `steps` is kept as meta. The format does not record how an episode ended:
 * it is `truncated`, at `ticks` (the last tick of the game) or its last step, whichever is later.
 */
export function plainReader(header: JsonObject, room: ColumnRoom, fail: Fail): LineReader {
  const { actions, columns, categorical = {}, vectors = {} } = header;
  if (!isNames(actions)) return fail('"actions" is not a list of names', 'List the actions.');
  if (!isNames(columns)) return fail('"columns" is not a list of names', 'List the columns.');
  if (!isObject(categorical))
    return fail(
      '"categorical" is not an object',
      'Give the kind of each field that is not a number.',
    );
  if (!isObject(vectors))
    return fail('"vectors" is not an object', 'Give the length of each: { "rays": 24 }.');
  const known = new Set(columns);
  for (const name of Object.keys(vectors))
    if (!known.has(name) || Object.hasOwn(categorical, name))
      fail(
        `the vector "${name}" is ${known.has(name) ? 'categorical too' : 'not a column'}`,
        'List it under "columns", and under "vectors" alone.',
      );
  for (const column of ['tick', 'action'])
    if (!known.has(column)) fail(`there is no column "${column}"`, 'List it under "columns".');
  const ranges = readRanges(categorical, fail);
  const constantPlace = (name: string, at = -1): ConstantPlace =>
    categoricalPlace(name, { kind: categorical[name], range: ranges.get(name), at, actions });
  const place = (name: string, at: number): FieldPlace => {
    if (Object.hasOwn(categorical, name)) return constantPlace(name, at);
    const length = Object.hasOwn(vectors, name) ? vectors[name] : null;
    return { field: length === null ? number(name) : vector(name, Number(length)), at, lowest: 0 };
  };
  const stepFields = columns
    .map(place)
    .filter(({ field }) => field.name !== 'tick' && field.name !== 'action');
  const constants = Object.keys(categorical)
    .filter((name) => !known.has(name))
    .map((name) => constantPlace(name));
  const spec = plainSpec(header, { actions, fields: [...stepFields, ...constants], fail });
  const layout = layoutOf({
    columns,
    actions,
    fields: stepFields,
    constants: constants.length,
    room,
  });
  const seen = new Set<string>();
  return {
    spec,
    episodes: null,
    readEpisode: (line, failLine) => {
      const episode = readPlainEpisode(line, { layout, constants, fail: failLine });
      // Two players of the same character in one game can be distinguished only by episode.
      const player = playerOf(episode);
      if (seen.has(player)) return { ...episode, character: episode.id };
      seen.add(player);
      return episode;
    },
  };
}

function plainSpec(
  header: JsonObject,
  { actions, fields, fail }: { actions: string[]; fields: FieldPlace[]; fail: Fail },
): LineReader['spec'] {
  const { name = 'episodes', tickRate, everyTicks } = header;
  if (typeof name !== 'string') fail('"name" is not a text', 'Give a name.');
  if (typeof tickRate !== 'number')
    fail('"tickRate" is not a number', 'Give the ticks per second, for example 60.');
  if (everyTicks !== undefined && typeof everyTicks !== 'number')
    fail(
      '"everyTicks" is not a number',
      'Give the ticks from each step to the next, or leave it out where steps are changes of the action.',
    );
  try {
    return defineSpec({
      name: name as string,
      tickRate: tickRate as number,
      ...(everyTicks !== undefined && {
        sampling: { kind: 'everyTicks', ticks: everyTicks as number },
      }),
      observation: fields.map(({ field }): ObservationField => field),
      action: actions,
    });
  } catch (error) {
    if (!(error instanceof ForesightError)) throw error;
    return fail('its spec is not usable', error.message, error);
  }
}

/** The lowest id of a category and how many there are. */
interface IdRange {
  readonly low: number;
  readonly size: number;
}

/** The ranges of the fields of the kind "id 0-32". Throws before any of their names is made. */
function readRanges(categorical: JsonObject, fail: Fail): Map<string, IdRange> {
  const ranges = new Map<string, IdRange>();
  let total = 0;
  for (const [name, kind] of Object.entries(categorical)) {
    if (kind === 'actions' || kind === 'id') continue;
    const found = typeof kind === 'string' ? /^id (\d{1,6})-(\d{1,6})$/.exec(kind) : null;
    const [low, high] = found ? [Number(found[1]), Number(found[2])] : [0, -1];
    if (low > high)
      fail(
        `the kind of "${name}" is ${show(kind)}`,
        'Give "actions", "id", or "id 0-32" with the lowest and the highest id.',
      );
    const size = high - low + 1;
    total += size;
    if (size > LIMITS.categories || total > LIMITS.names)
      fail(
        `the kind of "${name}" is ${show(kind)}, which are too many categories`,
        `Give "id" for numbers that only identify something. A field may have ${LIMITS.categories} categories, and all together ${LIMITS.names}.`,
      );
    ranges.set(name, { low, size });
  }
  return ranges;
}

function categoricalPlace(
  name: string,
  {
    kind,
    range,
    at,
    actions,
  }: { kind: unknown; range: IdRange | undefined; at: number; actions: string[] },
): ConstantPlace {
  if (!range) return { field: kind === 'id' ? id(name) : category(name, actions), at, lowest: 0 };
  const names = Array.from({ length: range.size }, (_, i) => String(range.low + i));
  return { field: category(name, names), at, lowest: range.low };
}

function readPlainEpisode(
  line: JsonObject,
  {
    layout,
    constants,
    fail,
  }: { layout: RowLayout; constants: readonly ConstantPlace[]; fail: Fail },
): Episode {
  const episode = textOf(line.episode);
  if (!episode) return fail('"episode" is not a text', 'Give each episode an id.');
  const steps = readRows(line.steps, layout, fail);
  const constantColumns = constants.map((place) => {
    const value = line[place.field.name];
    if (value === undefined)
      fail(`there is no "${place.field.name}"`, 'Give it, or null if it is not known.');
    const column = readValue(place, value, (what, fix) => fail(`it has ${what}`, fix));
    return new Float32Array(steps.length).fill(column);
  });
  const last = steps.length ? steps.ticks[steps.length - 1] : 0;
  const header: EpisodeHeader = {
    id: episode,
    session: textOf(line.game) || episode,
    character: textOf(line.character) || episode,
    end: 'truncated',
    endTick: Number.isInteger(line.ticks) ? Math.max(last, line.ticks as number) : last,
    learn: true,
    meta: metaOf(line),
  };
  const fault = headerFault(header);
  if (fault !== null) fail(`it cannot be kept (${fault})`, 'Give numbers that are not as large.');
  return { ...header, ...steps, columns: [...steps.columns, ...constantColumns] };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Plain values unchanged, nested ones as JSON text. */
function metaOf(line: JsonObject): EpisodeHeader['meta'] {
  const entries = Object.entries(line).filter(
    ([key, value]) => !OWN_KEYS.has(key) && value !== null,
  );
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean),
    ]),
  );
}
