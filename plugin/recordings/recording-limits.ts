import { ForesightError } from '../../src/util/error.ts';

/**
 * How many recordings are kept: beyond any of these, the oldest episodes are deleted. All are numbers above 0,
 * and `Infinity` is no limit.
 */
export interface RecordingLimits {
  /** Default 10,000. */
  readonly episodes?: number;
  /** Bytes of recorded steps. Default 50,000,000. */
  readonly bytes?: number;
  /** Since the recording of an episode began. Default `Infinity`. */
  readonly days?: number;
}

/** The limits of a game that sets none. Those that it sets replace these one by one. */
export const RECORDING_LIMITS: Required<RecordingLimits> = {
  episodes: 10_000,
  bytes: 50_000_000,
  days: Infinity,
};

/** Adds the default limits; false stays false. Throws `bad-config` for what is no limit. */
export function resolveLimits(limits: RecordingLimits | false): Required<RecordingLimits> | false {
  if (limits === false) return false;
  const resolved: Record<string, number> = { ...RECORDING_LIMITS };
  if (typeof limits !== 'object') fail('keepRecordings', limits);
  for (const [name, value] of Object.entries(limits)) {
    if (value === undefined) continue;
    if (!(name in resolved && typeof value === 'number' && value > 0))
      fail(`keepRecordings.${name}`, value);
    resolved[name] = value;
  }
  return resolved as unknown as Required<RecordingLimits>;
}

function fail(name: string, value: unknown): never {
  throw new ForesightError(
    'bad-config',
    `${name} is ${value}. Give numbers above 0 for episodes, bytes or days, or false to keep all.`,
  );
}
