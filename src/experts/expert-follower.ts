import type { ExpertVotes } from '../dataset/expert-votes.ts';
import type { Episode, Step } from '../record/episode.ts';
import { stepAt } from '../record/episode.ts';
import { ContextTree } from './context-tree.ts';
import type { ContextMatch } from './context-tree.ts';
import { SymbolHistory } from './symbol-history.ts';
import type { ContextPlan } from './symbol-source.ts';

/** Strength of a player's own trees: few observations, so each counts for more. */
const PLAYER_STRENGTH = 2;
/** Brings depths and logarithms of counts to about 1, as the other features are. */
const MATCH_SCALE = 0.3;
/** Log-probabilities end here. */
const FLOOR = 1e-6;

export interface FollowerOptions {
  readonly plan: ContextPlan;
  /** One per context, of all players; read, never changed here. */
  readonly population: readonly ContextTree[];
  /** Fields of the spec's observation. */
  readonly fields: number;
  readonly actions: number;
}

/** Experts of a plan: each context twice, for the population and for the player. */
export const expertCount = ({ contexts }: ContextPlan): number => 2 * contexts.length;

/**
 * The experts at one character's side. At every step they learn what he did and say what he may do
 * next: K experts, first those of the population, then those that know this player alone.
 */
export class ExpertFollower {
  /** [K, A] log-probabilities; overwritten by the next step. */
  readonly logs: Float32Array;
  /** [2K] depth of the context found and logarithm of its count, for each; overwritten likewise. */
  readonly matches: Float32Array;
  readonly plan: ContextPlan;
  #population: readonly ContextTree[];
  readonly #player: ContextTree[];
  readonly #history: SymbolHistory;
  readonly #read: Uint16Array;
  readonly #shares: Float64Array;
  readonly #match: ContextMatch = { depth: 0, count: 0 };
  #begun = false;

  constructor({ plan, population, fields, actions }: FollowerOptions) {
    this.plan = plan;
    this.#population = population;
    this.#player = plan.contexts.map(() => new ContextTree({ actions, strength: PLAYER_STRENGTH }));
    this.#history = new SymbolHistory(plan.sources, fields);
    this.#read = new Uint16Array(Math.max(...plan.contexts.map(({ length }) => length)));
    this.#shares = new Float64Array(actions);
    const experts = expertCount(plan);
    this.logs = new Float32Array(experts * actions);
    this.matches = new Float32Array(2 * experts);
  }

  /** Votes with other counts of the population from the next step on; they must be of the same plan. */
  meet(population: readonly ContextTree[]): void {
    this.#population = population;
  }

  /** An episode begins: its steps so far are forgotten; what was learned of the player stays. */
  reset(): void {
    this.#history.reset();
    this.#begun = false;
  }

  /** Learns that this step came, and votes on what comes after it. */
  observe(step: Step): void {
    const { contexts } = this.plan;
    if (this.#begun)
      for (let k = 0; k < contexts.length; k++)
        this.#player[k].learn(this.#read, this.#look(contexts[k]), step.action);
    this.#begun = true;
    this.#history.push(step);
    for (let k = 0; k < contexts.length; k++) {
      const depth = this.#look(contexts[k]);
      this.#vote(this.#population[k], depth, k);
      this.#vote(this.#player[k], depth, contexts.length + k);
    }
  }

  #look(context: readonly number[]): number {
    for (let i = 0; i < context.length; i++) this.#read[i] = this.#history.symbols[context[i]];
    return context.length;
  }

  #vote(tree: ContextTree, depth: number, expert: number): void {
    tree.predict(this.#read, depth, this.#shares, this.#match);
    const start = expert * this.#shares.length;
    for (let a = 0; a < this.#shares.length; a++)
      this.logs[start + a] = Math.log(Math.max(this.#shares[a], FLOOR));
    this.matches[2 * expert] = MATCH_SCALE * this.#match.depth;
    this.matches[2 * expert + 1] = MATCH_SCALE * Math.log1p(this.#match.count);
  }
}

/** What the experts say at every step of an episode, from nothing known of the player on. */
export function traceEpisode(episode: Episode, options: FollowerOptions): ExpertVotes {
  const follower = new ExpertFollower(options);
  const matches = new Float32Array(episode.length * follower.matches.length);
  const logs = new Float32Array(episode.length * follower.logs.length);
  for (let i = 0; i < episode.length; i++) {
    follower.observe(stepAt(episode, i));
    matches.set(follower.matches, i * follower.matches.length);
    logs.set(follower.logs, i * follower.logs.length);
  }
  return { matches, logs };
}
