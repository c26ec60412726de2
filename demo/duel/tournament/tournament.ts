import type { StyleEntry } from '../rules/styles/index.ts';
import { bootstrapInterval, mean } from '../../common/interval.ts';
import type { Interval } from '../../common/interval.ts';
import type { SessionPair, SessionPairTask } from './session-pair.ts';

export interface TournamentOptions {
  /** Rounds against each style, with predictions and again without. */
  readonly rounds: number;
  readonly seed: number;
  readonly styles: readonly StyleEntry[];
  /** The NPC's difficulty follows the player in each session; otherwise it is `hard`. */
  readonly fair?: boolean;
  /** Plays pairs of sessions and returns their results in the same order. */
  readonly play: (tasks: readonly SessionPairTask[]) => Promise<readonly SessionPair[]>;
  /** Rounds of one session, in which the NPC adapts to its player. */
  readonly sessionRounds?: number;
}

export const TOURNAMENT_DEFAULTS = { sessionRounds: 10 } as const;

/** Rounds of a session that count as its beginning. */
const FIRST_ROUNDS = 3;

/** Shares of rounds won by the NPC (a draw is half a win), with 95 % intervals over the sessions. */
export interface TournamentRow {
  readonly style: string;
  readonly habitual: boolean;
  readonly winWith: number;
  /** The same in the first three rounds of the sessions, and in those after them; null where there are none. */
  readonly winFirst: number;
  readonly winLater: number | null;
  readonly winWithout: number;
  readonly difference: number;
  readonly intervalWith: Interval;
  readonly intervalWithout: Interval;
  /** Interval of the difference, over pairs of sessions from the same seed. */
  readonly low: number;
  readonly high: number;
  /** Mean strength of the fair difficulty after a session, 0 = easiest to 1 = hardest; null when it is not fair. */
  readonly strength: number | null;
}

export interface TournamentReport {
  readonly rounds: number;
  readonly seed: number;
  readonly sessionRounds: number;
  readonly fair: boolean;
  readonly rows: readonly TournamentRow[];
}

/** Plays sessions of every style, each once with predictions and once without, from the same seeds. */
export async function playTournament(options: TournamentOptions): Promise<TournamentReport> {
  const { rounds, seed, styles, play, fair = false } = options;
  const sessionRounds = options.sessionRounds ?? TOURNAMENT_DEFAULTS.sessionRounds;
  const tasks = styles.flatMap(({ name }) =>
    Array.from({ length: Math.ceil(rounds / sessionRounds) }, (_, i): SessionPairTask => ({
      style: name,
      seed: pairSeed(seed, name, i),
      rounds: Math.min(sessionRounds, rounds - i * sessionRounds),
      fair,
    })),
  );
  const pairs = await play(tasks);
  const rows = styles.map((style): TournamentRow => {
    const mine = pairs.filter((_, i) => tasks[i].style === style.name);
    const sides = [
      mine.map(({ withPredictions }) => mean(withPredictions)),
      mine.map(({ without }) => mean(without)),
    ];
    const winWith = mean(mine.flatMap(({ withPredictions }) => withPredictions));
    const later = mine.flatMap((pair) => pair.withPredictions.slice(FIRST_ROUNDS));
    const winWithout = mean(mine.flatMap(({ without }) => without));
    return {
      style: style.name,
      habitual: style.habitual,
      winWith,
      winFirst: mean(mine.flatMap((pair) => pair.withPredictions.slice(0, FIRST_ROUNDS))),
      winLater: later.length ? mean(later) : null,
      winWithout,
      difference: winWith - winWithout,
      intervalWith: bootstrapInterval(sides[0], seed),
      intervalWithout: bootstrapInterval(sides[1], seed),
      ...bootstrapInterval(
        sides[0].map((share, i) => share - sides[1][i]),
        seed,
      ),
      strength: fair ? mean(mine.map(({ strength }) => strength ?? NaN)) : null,
    };
  });
  return { rounds, seed, sessionRounds, fair, rows };
}

/** Seed of a style's pair of sessions; it does not depend on the other styles that play. */
function pairSeed(seed: number, style: string, index: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < style.length; i++)
    hash = Math.imul(hash ^ style.charCodeAt(i), 0x01000193) >>> 0;
  return seed * 100_003 + (hash % 99_991) * 1009 + index;
}
