import { MATCHES } from '../dataset/expert-votes.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import { columnsOf } from '../record/columns.ts';
import type { Episode, Step } from '../record/episode.ts';
import { stepAt } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ContextTree } from './context-tree.ts';
import type { ContextMatch } from './context-tree.ts';
import { timeBin } from '../dataset/time-bins.ts';
import { EXPERT_KINDS } from './expert-kinds.ts';
import { finish } from '../util/slices.ts';
import { populationOf } from './expert-table.ts';
import type { ExpertSizes, ExpertTable, ExpertTrees } from './expert-table.ts';
import { SymbolHistory } from './symbol-history.ts';
import { countsRanks, expertCount } from './symbol-source.ts';
import type { ContextPlan } from './symbol-source.ts';

/** Weight of the newest step in how well an expert did recently. */
const NEWEST = 0.1;
/** Brings depths and logarithms of counts to about 1, as the other features are. */
const MATCH_SCALE = 0.3;
const LEAST_PROBABILITY = 1e-6;

export interface FollowerOptions {
  readonly plan: ContextPlan;
  /** Counts of all players; only read. */
  readonly population: ExpertTrees;
  /** Values of a step: columns of the spec. */
  readonly fields: number;
  readonly actions: number;
  /** Upper edges of the bins of time, ticks; none = time is not predicted. */
  readonly timeEdges: readonly number[];
}

/** What two followers may share. */
interface Shared {
  /** By kind, as in `EXPERT_KINDS`. */
  readonly trees: readonly ExpertTrees[];
  readonly votes: ExpertVotes;
}

/** Sizes of the predictions of experts with these options. */
export const sizesOf = ({
  actions,
  timeEdges,
}: Pick<FollowerOptions, 'actions' | 'timeEdges'>): ExpertSizes => ({
  actions,
  timeBins: timeEdges.length ? timeEdges.length + 1 : 0,
});

/** Options of a follower whose population is the table's. */
export function followerOptions(
  spec: CharacterSpec,
  table: ExpertTable,
  timeEdges: readonly number[],
): FollowerOptions {
  const actions = spec.action.actions.length;
  return {
    plan: table.plan,
    population: finish(populationOf(table, sizesOf({ actions, timeEdges }))),
    fields: columnsOf(spec).length,
    actions,
    timeEdges,
  };
}

/** What an expert found of its context at the newest step. */
export interface FoundContext {
  /** Indices into the plan's sources and what they read, as far as it was found; the most informative first. */
  readonly sources: readonly number[];
  readonly symbols: readonly number[];
  /** Whether the whole context was found: the counts are its observations then, else those of longer contexts. */
  readonly complete: boolean;
  /** Whether it counts ranks: the counts are then of the ranks that the actions have now. */
  readonly ranked: boolean;
  /** Sum of all counts. */
  readonly total: number;
  /** Of the actions that were passed. */
  readonly counts: readonly number[];
}

/**
 * The experts that follow one character. At every step they learn what it did and vote on what it may
 * do next: K experts, ordered by kind as in `EXPERT_KINDS`.
 */
export class ExpertFollower {
  /** [K, A] log-probabilities; overwritten by the next step. */
  readonly logs: Float32Array;
  /** [K, bins] log-probabilities of the time until then; overwritten likewise. */
  readonly timeLogs: Float32Array;
  /**
   * [MATCHES * K] depth of the context found, logarithm of its count, and nats gained recently over the
   * uniform distribution, for each; overwritten likewise.
   */
  readonly matches: Float32Array;
  readonly plan: ContextPlan;
  #seen = 0;
  readonly #options: FollowerOptions;
  /** By kind, as in `EXPERT_KINDS`. */
  readonly #trees: ExpertTrees[];
  readonly #timeEdges: readonly number[];
  readonly #history: SymbolHistory;
  readonly #read: Uint16Array;
  readonly #shares: Float64Array;
  readonly #timeShares: Float64Array;
  readonly #match: ContextMatch = { depth: 0, count: 0 };
  #begun = false;
  #lastTick = 0;

  /** @param shared counts and vote arrays of another follower, to be used by both */
  constructor(options: FollowerOptions, shared: Partial<Shared> = {}) {
    const { plan, population, fields, actions, timeEdges } = options;
    const { timeBins } = sizesOf(options);
    this.plan = plan;
    this.#options = options;
    this.#trees = shared.trees
      ? [...shared.trees]
      : EXPERT_KINDS.map(({ tree, learns }): ExpertTrees => {
          if (!learns) return population;
          const empty = (size: number) =>
            plan.contexts.map(() => new ContextTree({ ...tree, actions: size }));
          return { actions: empty(actions), times: timeBins ? empty(timeBins) : [] };
        });
    this.#timeEdges = timeEdges;
    this.#history = new SymbolHistory(plan.sources, fields);
    this.#read = new Uint16Array(Math.max(0, ...plan.contexts.map(({ length }) => length)));
    this.#shares = new Float64Array(actions);
    this.#timeShares = new Float64Array(timeBins);
    const experts = expertCount(plan);
    this.logs = shared.votes?.logs ?? new Float32Array(experts * actions);
    this.timeLogs = shared.votes?.timeLogs ?? new Float32Array(experts * timeBins);
    this.matches = shared.votes?.matches ?? new Float32Array(MATCHES * experts);
  }

  /** K. */
  get experts(): number {
    return expertCount(this.plan);
  }

  /** How many steps of the player were learned or recalled. */
  get seen(): number {
    return this.#seen;
  }

  /** Replaces the population's counts, from the next vote on. They must be of the same plan. */
  setPopulation(population: ExpertTrees): void {
    EXPERT_KINDS.forEach(({ learns }, kind) => {
      if (!learns) this.#trees[kind] = population;
    });
  }

  /** Begins an episode: forgets the steps so far; what was learned about the player stays. */
  reset(): void {
    this.#history.reset();
    this.#begun = false;
  }

  /**
   * Learns what the player did in earlier episodes, oldest first, as if it had observed them live. The
   * current episode stays as it is, and so do the experts of the player's recent actions.
   */
  recall(episodes: readonly Episode[]): void {
    const past = new ExpertFollower(this.#options, { trees: this.#trees });
    for (const episode of episodes) {
      past.reset();
      for (let i = 0; i < episode.length; i++) {
        const step = stepAt(episode, i);
        if (i) past.#count(step, 'recalls');
        past.#push(step);
      }
    }
    this.#seen += past.#seen;
  }

  /**
   * A follower with the same state that shares the counts of this one. Advance it only with `suppose`,
   * which does not learn: `observe` would change the counts of both.
   *
   * @param votes arrays that the fork writes its votes to; new ones unless given
   */
  fork(votes?: ExpertVotes | null): ExpertFollower {
    const fork = new ExpertFollower(this.#options, {
      trees: this.#trees,
      ...(votes && { votes }),
    });
    fork.copyFrom(this);
    return fork;
  }

  /** Takes over the state of another follower of the same options, and shares its counts as a fork does. */
  copyFrom(other: ExpertFollower): void {
    for (let kind = 0; kind < this.#trees.length; kind++) this.#trees[kind] = other.#trees[kind];
    // The third number of each match is how well the expert did recently: only observed steps change it.
    for (let at = 2; at < this.matches.length; at += MATCHES) this.matches[at] = other.matches[at];
    this.#history.copyFrom(other.#history);
    this.#seen = other.#seen;
    this.#begun = other.#begun;
    this.#lastTick = other.#lastTick;
  }

  /** Learns from this step, and votes on what comes after it. */
  observe(step: Step): void {
    if (this.#begun) this.#learn(step);
    this.suppose(step);
  }

  /** Votes on what would come after this step, without learning from it. */
  suppose(step: Step): void {
    const { contexts } = this.plan;
    this.#push(step);
    for (let k = 0; k < contexts.length; k++) {
      const depth = this.#look(contexts[k]);
      for (let kind = 0; kind < this.#trees.length; kind++) {
        const { actions, times } = this.#trees[kind];
        const expert = kind * contexts.length + k;
        this.#vote(actions[k], depth, expert);
        this.#writeLogs(expert, countsRanks(this.plan, k));
        if (times.length) this.#voteTime(times[k], depth, expert);
      }
    }
  }

  /** What an expert, 0 to K - 1, found at the newest step, and its counts of `actions` there. */
  find(expert: number, actions: readonly number[]): FoundContext {
    const { contexts } = this.plan;
    const k = expert % contexts.length;
    const context = contexts[k];
    const tree = this.#trees[Math.floor(expert / contexts.length)].actions[k];
    const depth = this.#look(context);
    const { order } = this.#history;
    const ranked = countsRanks(this.plan, k);
    tree.predict(this.#read, depth, this.#shares, this.#match);
    const found = this.#match.depth;
    return {
      sources: context.slice(0, found),
      symbols: Array.from(this.#read.subarray(0, found)),
      complete: found === depth,
      ranked,
      total: this.#match.count,
      counts: actions.map((action) =>
        tree.count(this.#read, depth, ranked ? order.rankOf(action) : action),
      ),
    };
  }

  #push(step: Step): void {
    this.#begun = true;
    this.#lastTick = step.tick;
    this.#history.push(step);
  }

  /** Counts that this step came after the newest one, in the trees of the kinds that learn or recall. */
  #count({ tick, action }: Step, which: 'learns' | 'recalls'): void {
    const { contexts } = this.plan;
    this.#seen++;
    const bin = timeBin(this.#timeEdges, tick - this.#lastTick);
    const rank = this.#history.order.rankOf(action);
    for (let k = 0; k < contexts.length; k++) {
      const depth = this.#look(contexts[k]);
      const came = countsRanks(this.plan, k) ? rank : action;
      for (let kind = 0; kind < EXPERT_KINDS.length; kind++) {
        if (!EXPERT_KINDS[kind][which]) continue;
        const { actions, times } = this.#trees[kind];
        actions[k].learn(this.#read, depth, came);
        if (times.length) times[k].learn(this.#read, depth, bin);
      }
    }
  }

  #learn(step: Step): void {
    this.#count(step, 'learns');
    const actions = this.#shares.length;
    for (let k = 0; k < this.experts; k++) {
      const gained = MATCH_SCALE * (this.logs[k * actions + step.action] + Math.log(actions));
      const at = MATCHES * k + 2;
      this.matches[at] += NEWEST * (gained - this.matches[at]);
    }
  }

  #look(context: readonly number[]): number {
    for (let i = 0; i < context.length; i++) this.#read[i] = this.#history.symbols[context[i]];
    return context.length;
  }

  #vote(tree: ContextTree, depth: number, expert: number): void {
    tree.predict(this.#read, depth, this.#shares, this.#match);
    this.matches[MATCHES * expert] = MATCH_SCALE * this.#match.depth;
    this.matches[MATCHES * expert + 1] = MATCH_SCALE * Math.log1p(this.#match.count);
  }

  #voteTime(tree: ContextTree, depth: number, expert: number): void {
    tree.predict(this.#read, depth, this.#timeShares);
    const start = expert * this.#timeShares.length;
    for (let bin = 0; bin < this.#timeShares.length; bin++)
      this.timeLogs[start + bin] = logOf(this.#timeShares[bin]);
  }

  /** Writes the shares as an expert's votes for actions; those of an expert that counts ranks are by rank. */
  #writeLogs(expert: number, ranked: boolean): void {
    const start = expert * this.#shares.length;
    const { order } = this.#history;
    for (let i = 0; i < this.#shares.length; i++)
      this.logs[start + (ranked ? order.at(i) : i)] = logOf(this.#shares[i]);
  }
}

const logOf = (share: number): number => Math.log(Math.max(share, LEAST_PROBABILITY));

/** The experts' votes at every step of an episode. They learn it. */
export function traceEpisode(episode: Episode, follower: ExpertFollower): ExpertVotes {
  const matches = new Float32Array(episode.length * follower.matches.length);
  const logs = new Float32Array(episode.length * follower.logs.length);
  const timeLogs = new Float32Array(episode.length * follower.timeLogs.length);
  for (let i = 0; i < episode.length; i++) {
    follower.observe(stepAt(episode, i));
    matches.set(follower.matches, i * follower.matches.length);
    logs.set(follower.logs, i * follower.logs.length);
    timeLogs.set(follower.timeLogs, i * follower.timeLogs.length);
  }
  return { matches, logs, timeLogs };
}
