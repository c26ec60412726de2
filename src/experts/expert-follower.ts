import { MATCHES } from '../dataset/expert-votes.ts';
import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { Episode, Step } from '../record/episode.ts';
import { stepAt } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { ContextTree } from './context-tree.ts';
import type { ContextMatch } from './context-tree.ts';
import { timeBin } from '../dataset/time-bins.ts';
import { EXPERT_KINDS } from './expert-kinds.ts';
import { populationOf } from './expert-table.ts';
import type { ExpertSizes, ExpertTable, ExpertTrees } from './expert-table.ts';
import { SymbolHistory } from './symbol-history.ts';
import { expertCount } from './symbol-source.ts';
import type { ContextPlan } from './symbol-source.ts';

/** Share of the newest step in how well an expert did recently. */
const NEWEST = 0.1;
/** Brings depths and logarithms of counts to about 1, as the other features are. */
const MATCH_SCALE = 0.3;
/** Log-probabilities end here. */
const FLOOR = 1e-6;

export interface FollowerOptions {
  readonly plan: ContextPlan;
  /** Of all players; read, never changed here. */
  readonly population: ExpertTrees;
  /** Fields of the spec's observation. */
  readonly fields: number;
  readonly actions: number;
  /** Upper edges of the bins of time, ticks; none = time is not predicted. */
  readonly timeEdges: readonly number[];
}

/** What a follower shares with another one. */
interface Shared {
  /** By kind, as in `EXPERT_KINDS`. */
  readonly trees: readonly ExpertTrees[];
  readonly votes: ExpertVotes;
}

/** Sizes of what experts of these options predict. */
export const sizesOf = ({
  actions,
  timeEdges,
}: Pick<FollowerOptions, 'actions' | 'timeEdges'>): ExpertSizes => ({
  actions,
  timeBins: timeEdges.length ? timeEdges.length + 1 : 0,
});

/** How a table's experts follow characters of the spec. */
export function followerOptions(
  { observation, action }: CharacterSpec,
  table: ExpertTable,
  timeEdges: readonly number[],
): FollowerOptions {
  const actions = action.actions.length;
  return {
    plan: table.plan,
    population: populationOf(table, sizesOf({ actions, timeEdges })),
    fields: observation.fields.length,
    actions,
    timeEdges,
  };
}

/** What an expert found of its context at the newest step. */
export interface FoundContext {
  /** Indices into the plan's sources and what they saw, as far as it was found; the most telling first. */
  readonly sources: readonly number[];
  readonly symbols: readonly number[];
  /** The whole context was found: the counts are its observations. Else they are of longer contexts. */
  readonly complete: boolean;
  /** Sum of all counts. */
  readonly total: number;
  /** Of the actions asked for. */
  readonly counts: readonly number[];
}

/**
 * The experts at one character's side. At every step they learn what it did and vote on what it may do
 * next: K experts, ordered by kind as in `EXPERT_KINDS`.
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

  /** @param shared counts and room for votes of another follower; its own unless given */
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
    this.#read = new Uint16Array(Math.max(...plan.contexts.map(({ length }) => length)));
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

  /** Votes with other counts of the population from the next step on; they must be of the same plan. */
  setPopulation(population: ExpertTrees): void {
    EXPERT_KINDS.forEach(({ learns }, kind) => {
      if (!learns) this.#trees[kind] = population;
    });
  }

  /** An episode begins: its steps so far are forgotten; what was learned of the player stays. */
  reset(): void {
    this.#history.reset();
    this.#begun = false;
  }

  /**
   * Learns what the player did in earlier episodes, oldest first, as if it had been at its side then. Where the
   * player is now stays as it is, and so do the experts on what it did recently.
   */
  recall(episodes: readonly Episode[]): void {
    const past = new ExpertFollower(this.#options, { trees: this.#trees });
    for (const episode of episodes) {
      past.reset();
      for (let i = 0; i < episode.length; i++) {
        const step = stepAt(episode, i);
        if (i) past.#count(step, 'recalls');
        past.#enter(step);
      }
    }
  }

  /**
   * A follower at the same place with the same counts, to be led on by `suppose` alone: what it would
   * observe, this one would learn.
   *
   * @param votes whose room for votes it shares, and overwrites; its own unless given
   */
  fork(votes?: ExpertVotes | null): ExpertFollower {
    const fork = new ExpertFollower(this.#options, {
      trees: this.#trees,
      ...(votes && { votes }),
    });
    fork.copyFrom(this);
    return fork;
  }

  /** Goes to where another follower of the same options is, and shares its counts, as a fork of it does. */
  copyFrom(other: ExpertFollower): void {
    for (let kind = 0; kind < this.#trees.length; kind++) this.#trees[kind] = other.#trees[kind];
    // How well each did recently: nothing that is only supposed changes that.
    for (let at = 2; at < this.matches.length; at += MATCHES) this.matches[at] = other.matches[at];
    this.#history.copyFrom(other.#history);
    this.#begun = other.#begun;
    this.#lastTick = other.#lastTick;
  }

  /** Learns that this step came, and votes on what comes after it. */
  observe(step: Step): void {
    if (this.#begun) this.#learn(step);
    this.suppose(step);
  }

  /** Votes on what would come after this step, without learning that it came. */
  suppose(step: Step): void {
    const { contexts } = this.plan;
    this.#enter(step);
    for (let k = 0; k < contexts.length; k++) {
      const depth = this.#look(contexts[k]);
      for (let kind = 0; kind < this.#trees.length; kind++) {
        const { actions, times } = this.#trees[kind];
        const expert = kind * contexts.length + k;
        this.#vote(actions[k], depth, expert);
        if (times.length) this.#voteTime(times[k], depth, expert);
      }
    }
  }

  /** What an expert, 0 to K - 1, found at the newest step, and how it counted `actions` there. */
  find(expert: number, actions: readonly number[]): FoundContext {
    const { contexts } = this.plan;
    const k = expert % contexts.length;
    const context = contexts[k];
    const tree = this.#trees[Math.floor(expert / contexts.length)].actions[k];
    const depth = this.#look(context);
    tree.predict(this.#read, depth, this.#shares, this.#match);
    const found = this.#match.depth;
    return {
      sources: context.slice(0, found),
      symbols: Array.from(this.#read.subarray(0, found)),
      complete: found === depth,
      total: this.#match.count,
      counts: actions.map((action) => tree.count(this.#read, depth, action)),
    };
  }

  /** This step is the newest one from now on. */
  #enter(step: Step): void {
    this.#begun = true;
    this.#lastTick = step.tick;
    this.#history.push(step);
  }

  /** Counts that this step came after the newest one, in the trees of those kinds. */
  #count({ tick, action }: Step, which: 'learns' | 'recalls'): void {
    const { contexts } = this.plan;
    const bin = timeBin(this.#timeEdges, tick - this.#lastTick);
    for (let k = 0; k < contexts.length; k++) {
      const depth = this.#look(contexts[k]);
      for (let kind = 0; kind < EXPERT_KINDS.length; kind++) {
        if (!EXPERT_KINDS[kind][which]) continue;
        const { actions, times } = this.#trees[kind];
        actions[k].learn(this.#read, depth, action);
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
    writeLogs(this.logs, expert, this.#shares);
    this.matches[MATCHES * expert] = MATCH_SCALE * this.#match.depth;
    this.matches[MATCHES * expert + 1] = MATCH_SCALE * Math.log1p(this.#match.count);
  }

  #voteTime(tree: ContextTree, depth: number, expert: number): void {
    tree.predict(this.#read, depth, this.#timeShares);
    writeLogs(this.timeLogs, expert, this.#timeShares);
  }
}

function writeLogs(logs: Float32Array, expert: number, shares: Float64Array): void {
  const start = expert * shares.length;
  for (let i = 0; i < shares.length; i++) logs[start + i] = Math.log(Math.max(shares[i], FLOOR));
}

/** What the experts say at every step of an episode, which they learn. */
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
