import type { Episode } from '../record/episode.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { ForesightError } from '../util/error.ts';
import { createRng } from '../util/rng.ts';

export interface SplitOptions {
  /** Share of the steps to hold out, in [0, 1). */
  readonly fraction: number;
  readonly seed: number;
}

/** Two groups of episodes without a common session. */
export interface Split<E extends SplitEpisode = Episode> {
  readonly train: E[];
  readonly heldOut: E[];
}

/** What a split depends on. */
export type SplitEpisode = Pick<Episode, 'session' | 'learn' | 'length'>;

/**
 * Splits episodes by session, so that no part of a held-out match is trained on. Sessions are drawn
 * by seed, in an order that does not depend on the order of the episodes, until the held-out steps
 * are near `fraction` of all: off by at most half the steps of the smallest session left. With two
 * or more sessions and fraction > 0 both sides get at least one; a single session goes to `train`
 * whole. Episodes marked "do not learn" are on neither side. Throws `bad-config` for an invalid
 * fraction.
 */
export function splitBySession<E extends SplitEpisode>(
  episodes: readonly E[],
  { fraction, seed }: SplitOptions,
): Split<E> {
  checkFraction(fraction);
  const used = episodes.filter((episode) => episode.learn);
  const steps = countSteps(used);
  const drawn = drawSessions(steps, fraction, seed);
  return {
    train: used.filter(({ session }) => !drawn.has(session)),
    heldOut: used.filter(({ session }) => drawn.has(session)),
  };
}

/**
 * Splits episodes `folds` times, so that every session is held out once. Sessions are assigned to the
 * folds in rotation. There are at most as many folds as sessions. Episodes marked "do not learn" are in
 * none.
 */
export function splitFolds(episodes: readonly Episode[], folds: number): Split[] {
  const used = episodes.filter((episode) => episode.learn);
  const sessions = sessionsOf(used);
  const foldOf = new Map(sessions.map((session, i) => [session, i % folds]));
  return Array.from({ length: Math.min(folds, sessions.length) }, (_, fold) => ({
    train: used.filter(({ session }) => foldOf.get(session) !== fold),
    heldOut: used.filter(({ session }) => foldOf.get(session) === fold),
  }));
}

/**
 * Splits episodes by session so that the last ones, in order of first occurrence, are held out: for
 * data in order of time. Whole sessions are taken from the end, as many as bring the held-out steps
 * nearest to `fraction` of all; otherwise like `splitBySession`.
 */
export function splitLast<E extends SplitEpisode>(
  episodes: readonly E[],
  fraction: number,
): Split<E> {
  checkFraction(fraction);
  const used = episodes.filter((episode) => episode.learn);
  const steps = countSteps(used);
  const last = new Set<string>();
  let missing = fraction * [...steps.values()].reduce((sum, count) => sum + count, 0);
  for (const [session, count] of [...steps].reverse()) {
    if (!(fraction > 0) || last.size === steps.size - 1) break;
    if (last.size && count > 2 * missing) break;
    last.add(session);
    missing -= count;
  }
  return {
    train: used.filter(({ session }) => !last.has(session)),
    heldOut: used.filter(({ session }) => last.has(session)),
  };
}

function checkFraction(fraction: number): void {
  if (!(fraction >= 0 && fraction < 1))
    throw new ForesightError(
      'bad-config',
      `The held-out fraction is ${fraction}. Give a number from 0 up to, but not including, 1.`,
    );
}

/** Steps of each session, in order of first occurrence. */
function countSteps(episodes: readonly SplitEpisode[]): Map<string, number> {
  const steps = new Map<string, number>();
  for (const { session, length } of episodes)
    steps.set(session, (steps.get(session) ?? 0) + length);
  return steps;
}

function drawSessions(
  steps: ReadonlyMap<string, number>,
  fraction: number,
  seed: number,
): ReadonlySet<string> {
  const drawn = new Set<string>();
  if (!(fraction > 0) || steps.size < 2) return drawn;
  const sessions = createRng(seed).shuffle([...steps.keys()].sort());
  const size = (session: string): number => steps.get(session) ?? 0;
  let missing = fraction * sessions.reduce((sum, session) => sum + size(session), 0);
  const draw = (session: string): void => {
    drawn.add(session);
    missing -= size(session);
  };
  for (const session of sessions)
    if (drawn.size < sessions.length - 1 && size(session) <= missing) draw(session);
  // All sessions left are larger than the steps missing; the smallest may still come nearer.
  const left = sessions.filter((session) => !drawn.has(session));
  const smallest = left.reduce((a, b) => (size(b) < size(a) ? b : a));
  if (!drawn.size || (left.length > 1 && size(smallest) < 2 * missing)) draw(smallest);
  return drawn;
}
