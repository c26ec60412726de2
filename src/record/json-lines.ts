import { ForesightError, messageOf } from '../util/error.ts';
import { parseJson } from '../util/parse-json.ts';
import { checkSet, endFault } from './check-set.ts';
import { ColumnRoom } from './column-room.ts';
import type { Episode, EpisodeSet } from './episode.ts';
import { FULL_FORMAT, fullReader, writeFull } from './json-lines-full.ts';
import { PLAIN_FORMAT, plainReader } from './json-lines-plain.ts';
import { isObject, show } from './json-lines-rows.ts';
import type { Fail, JsonObject, LineReader } from './json-lines-rows.ts';
import { LIMITS } from './limits.ts';
import type { CharacterSpec } from './spec.ts';

/**
 * Episodes as JSON lines (`episodes-jsonl/2`): a header with the spec, then a line per episode. Floats
 * are written as the shortest decimals that read back as the same float, NaN as null.
 *
 * Throws `bad-data` for episodes that do not fit the spec, duplicate ids, or infinite values.
 */
export function writeJsonLines(set: EpisodeSet): string {
  checkSet(set);
  return writeFull(set);
}

/**
 * Reads `episodes-jsonl/2` and the plain `episodes-jsonl/1` of other programs (see `plainReader`).
 * Skips nothing but empty lines: throws `corrupt-file`, naming the line and the fix, for any fault,
 * `wrong-version` for a newer format, and `too-large` for episodes that take much more memory than text.
 *
 * @param name name of the file in errors
 * @param onProgress called after each line with the share of the text that is read, in (0, 1]
 */
export function readJsonLines(
  text: string,
  name = 'The text',
  onProgress?: (done: number) => void,
): EpisodeSet {
  const lines = new JsonLinesReader(name, new ColumnRoom(text.length, name));
  const episodes: Episode[] = [];
  let read = 0;
  for (const line of text.split('\n')) {
    const episode = lines.read(line);
    if (episode) episodes.push(episode);
    read += line.length + 1;
    onProgress?.(read / (text.length + 1));
  }
  return { spec: lines.finish(), episodes };
}

/** `readJsonLines` line by line, for files of any size: only the ids of earlier episodes are kept. */
export class JsonLinesReader {
  readonly #name: string;
  readonly #room: ColumnRoom;
  readonly #lineOfId = new Map<string, number>();
  #reader: LineReader | null = null;
  #number = 0;

  /**
   * @param name name of the file in errors
   * @param room for the episodes that are held at once
   */
  constructor(name: string, room: ColumnRoom) {
    this.#name = name;
    this.#room = room;
  }

  /** What the header describes; null before it. */
  get spec(): CharacterSpec | null {
    return this.#reader?.spec ?? null;
  }

  /** Reads the next line, without its end. Null for the header and for an empty line. */
  read(line: string): Episode | null {
    const number = ++this.#number;
    const text = number === 1 ? line.replace(/^\ufeff/, '') : line;
    if (!text.trim()) return null;
    const fail = failAt(this.#name, number);
    const json = parseLine(text, fail);
    if (!this.#reader) {
      this.#reader = readHeader(json, { name: this.#name, room: this.#room, fail });
      return null;
    }
    const episode = this.#reader.readEpisode(json, fail);
    const early = endFault(episode);
    if (early !== null) fail(early, 'Give the tick at which it ended.');
    const earlier = this.#lineOfId.get(episode.id);
    if (earlier !== undefined)
      fail(
        `the episode "${episode.id}" is in line ${earlier} already`,
        'Remove one of the two, or give it another id.',
      );
    this.#lineOfId.set(episode.id, number);
    return episode;
  }

  /** To be called after the last line. Throws `corrupt-file` when lines are missing. */
  finish(): CharacterSpec {
    if (!this.#reader)
      throw new ForesightError(
        'corrupt-file',
        `${this.#name} is empty. A file of episodes begins with a header line: ${FULL_FORMAT} or ${PLAIN_FORMAT}.`,
      );
    const { episodes, spec } = this.#reader;
    const found = this.#lineOfId.size;
    if (episodes !== null && episodes !== found)
      throw new ForesightError(
        'corrupt-file',
        `${this.#name} has ${found} of the ${episodes} episodes that its first line declares. Copy or export it again, or correct "episodes" in line 1.`,
      );
    return spec;
  }
}

const failAt =
  (name: string, line: number): Fail =>
  (what, fix, cause) => {
    throw new ForesightError('corrupt-file', `${name}, line ${line}: ${what}. ${fix}`, { cause });
  };

function parseLine(line: string, fail: Fail): JsonObject {
  let json: unknown;
  try {
    json = parseJson(line, LIMITS.depth);
  } catch (error) {
    fail(
      `it is not JSON (${messageOf(error)})`,
      'Was the file cut off? Copy or export it again.',
      error,
    );
  }
  return isObject(json) ? json : fail('it is not a JSON object', 'Give an object per line.');
}

function readHeader(
  header: JsonObject,
  { name, room, fail }: { name: string; room: ColumnRoom; fail: Fail },
): LineReader {
  const { format } = header;
  if (format === FULL_FORMAT) return fullReader(header, room, fail);
  if (format === PLAIN_FORMAT) return plainReader(header, room, fail);
  if (typeof format === 'string' && format.startsWith('episodes-jsonl/'))
    throw new ForesightError(
      'wrong-version',
      `${name} has the format ${format}, which this version cannot read. Update phaser-foresight, or export it as ${FULL_FORMAT}.`,
    );
  return fail(
    `its format is ${show(format)}`,
    `The first line must have "format": "${FULL_FORMAT}" or "${PLAIN_FORMAT}".`,
  );
}
