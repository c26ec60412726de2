import { ForesightError } from '../../../src/core.ts';
import { createDuel, hashState, playReplay } from '../rules/index.ts';
import type { DuelOptions, Replay } from '../rules/index.ts';

export const REPLAY_FORMAT = 'foresight-duel-replay';
export const REPLAY_VERSION = 1;

/** A saved duel. Plain JSON. */
export interface ReplayFile {
  readonly format: typeof REPLAY_FORMAT;
  readonly version: typeof REPLAY_VERSION;
  /** ISO date and time. */
  readonly savedAt: string;
  /** Names of the left and the right fighter. */
  readonly names: readonly [string, string];
  readonly wins: readonly [number, number];
  /** Length, ticks. */
  readonly ticks: number;
  /** `hashState` of the end, which every replay must reach to the bit. */
  readonly hash: string;
  readonly replay: Replay;
}

/** Longest replay, ticks: an hour. */
const MOST_TICKS = 60 * 60 * 60;
/** Upper bound of both fighters' packed controls: 8 bits each. */
const MOST_PACKED = 2 ** 16;

const OPTION_NAMES = ['roundsToWin', 'roundTicks', 'introTicks', 'outroTicks'] as const;

const fail = (problem: string): never => {
  throw new ForesightError(
    'corrupt-file',
    `This is no replay that can be played: ${problem}. Choose a file that was saved here.`,
  );
};

/** Makes a file of a recording. Plays it once to know its end. */
export function makeReplayFile(
  replay: Replay,
  about: Pick<ReplayFile, 'savedAt' | 'names'>,
): ReplayFile {
  const state = playReplay(replay);
  return {
    format: REPLAY_FORMAT,
    version: REPLAY_VERSION,
    ...about,
    wins: [state.wins[0], state.wins[1]],
    ticks: state.tick,
    hash: hashState(state),
    replay,
  };
}

/**
 * Reads a replay file and plays it once, so that the result is known to play. Throws `corrupt-file`, or
 * `wrong-version` for a file of another version or of other rules.
 */
export function parseReplayFile(text: string): ReplayFile {
  const file = parseJson(text);
  if (file.format !== REPLAY_FORMAT) fail('it is some other file');
  if (file.version !== REPLAY_VERSION)
    throw new ForesightError(
      'wrong-version',
      `The replay has version ${String(file.version)}, and this game plays version ${REPLAY_VERSION}. Open it with the game that saved it.`,
    );
  const replay = parseReplay(file.replay);
  const names = parsePair(file.names, 'its names', (name) => typeof name === 'string');
  const savedAt = typeof file.savedAt === 'string' ? file.savedAt : '';
  const made = makeReplayFile(replay, {
    savedAt,
    names: [String(names[0]).slice(0, 24), String(names[1]).slice(0, 24)],
  });
  if (made.hash !== file.hash)
    throw new ForesightError(
      'wrong-version',
      'The replay ends otherwise than it did when it was saved: it was changed, or made with other rules. Open it with the game that saved it.',
    );
  return made;
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Reported below.
  }
  return fail('it is not JSON, or was cut off');
}

function parsePair(
  value: unknown,
  name: string,
  fits: (part: unknown) => boolean,
): readonly [unknown, unknown] {
  if (Array.isArray(value) && value.length === 2 && value.every(fits))
    return value as unknown as readonly [unknown, unknown];
  return fail(`${name} are not two`);
}

const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

function parseReplay(value: unknown): Replay {
  if (typeof value !== 'object' || value === null) return fail('it holds no duel');
  const { options, runs } = value as Record<string, unknown>;
  if (typeof options !== 'object' || options === null) return fail('its rules are missing');
  const known: Partial<Record<keyof DuelOptions, number>> = {};
  for (const name of OPTION_NAMES) {
    const given: unknown = Reflect.get(options, name);
    if (given === undefined) continue;
    if (!isWhole(given, 1, MOST_TICKS)) return fail(`its ${name} is ${String(given)}`);
    known[name] = given;
  }
  if (!Array.isArray(runs) || runs.length === 0) return fail('it has no controls');
  let ticks = 0;
  for (const run of runs as unknown[]) {
    const fits =
      Array.isArray(run) &&
      run.length === 2 &&
      isWhole(run[0], 0, MOST_PACKED - 1) &&
      isWhole(run[1], 1, MOST_TICKS);
    if (!fits) return fail('its controls are damaged');
    ticks += run[1] as number;
  }
  if (ticks > MOST_TICKS) return fail('it is longer than an hour');
  // Throws for options that the rules do not accept.
  createDuel(known);
  return { options: known, runs: runs as Replay['runs'] };
}
