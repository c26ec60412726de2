import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { columnsOf } from '../record/columns.ts';
import { playerOf } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { finish } from '../util/slices.ts';
import { ExpertFollower, followerOptions, sizesOf, traceEpisode } from './expert-follower.ts';
import type { FollowerOptions } from './expert-follower.ts';
import { countSessions, growTrees } from './expert-table.ts';
import type { ExpertTable } from './expert-table.ts';
import { sessionGroups } from './leave-out-own.ts';

export interface TraceOptions {
  readonly table: ExpertTable;
  /** Upper edges of the bins of time, ticks; none = time is not predicted. */
  readonly timeEdges: readonly number[];
}

/**
 * The experts' votes in each episode. What they know about a player grows over the player's episodes of
 * one session, in the order given. The population's counts leave out the episode's own session, so that
 * a network trained on the votes sees experts as they will be in play.
 */
export const traceEpisodes = (
  spec: CharacterSpec,
  episodes: readonly Episode[],
  options: TraceOptions,
): Map<Episode, ExpertVotes> => new Map(traceEach(spec, episodes, options));

/** The same, one episode after the other: by groups of sessions, and in the order given within each. */
export function* traceEach(
  spec: CharacterSpec,
  episodes: readonly Episode[],
  { table, timeEdges }: TraceOptions,
): Generator<[Episode, ExpertVotes]> {
  function* trace(
    some: readonly Episode[],
    options: FollowerOptions,
  ): Generator<[Episode, ExpertVotes]> {
    const tracer = new VoteTracer(options);
    // The same episode may be listed more than once, but the player played it once.
    for (const episode of new Set(some)) yield [episode, tracer.trace(episode)];
  }
  const { groups, others } = sessionGroups(table, episodes);
  if (groups.length) {
    // Counting a group's rows away and back again costs less than counting all others for it.
    const options = ownPopulation(spec, table, timeEdges);
    for (const { sessions, episodes: some } of groups) {
      countSessions(options.population, table, { sessions, how: 'unlearn' });
      yield* trace(some, options);
      countSessions(options.population, table, { sessions, how: 'learn' });
    }
  }
  if (others.length) yield* trace(others, followerOptions(spec, table, timeEdges));
}

/** Traces episodes that come one by one, and keeps what the experts know about each player. */
export class VoteTracer {
  readonly #options: FollowerOptions;
  readonly #followers = new Map<string, ExpertFollower>();

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  trace(episode: Episode): ExpertVotes {
    const player = playerOf(episode);
    const follower = this.#followers.get(player) ?? new ExpertFollower(this.#options);
    follower.reset();
    this.#followers.set(player, follower);
    return traceEpisode(episode, follower);
  }

  /** Frees what it holds about a player who has no more episodes. */
  forget(player: string): void {
    this.#followers.delete(player);
  }
}

/** Options of followers whose population no one else reads. */
function ownPopulation(
  spec: CharacterSpec,
  table: ExpertTable,
  timeEdges: readonly number[],
): FollowerOptions {
  const actions = spec.action.actions.length;
  const population = finish(growTrees(table, sizesOf({ actions, timeEdges })));
  return { plan: table.plan, population, fields: columnsOf(spec).length, actions, timeEdges };
}
