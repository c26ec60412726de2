import { playerOf } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import type { CharacterSpec } from '../record/spec.ts';
import { argmax } from '../util/math.ts';
import { CloseUpTally } from './close-up.ts';
import { Scorer, SMALLEST } from './scorer.ts';
import type { SequencePredictor } from './sequence-predictor.ts';
import { TimeScorer } from './time-scorer.ts';

/** Scored steps of each player that are also scored separately: what is predicted of a stranger. */
export const FIRST_ACTIONS = 50;

/** What was scored in one session. */
export interface SessionScores {
  /** Sum of the log-losses, nats. */
  loss: number;
  /** Guesses that were right. */
  hits: number;
  count: number;
}

/** The settings shared by all rows of a report. */
export interface Scoring {
  readonly spec: CharacterSpec;
  /** `changes`: only steps whose action differs from the one before. */
  readonly scored: 'all' | 'changes';
  /** Indices of the actions that are also scored separately. */
  readonly choices: ReadonlySet<number>;
  /** Upper edges of the bins of time, ticks; empty when time is not scored. */
  readonly timeEdges: readonly number[];
}

/** Runs one predictor over the episodes, once, and adds up its scores in every grouping. */
export class RowTally {
  readonly name: string;
  readonly all = new Scorer();
  /** Steps whose action is a choice. */
  readonly choices = new Scorer();
  /** By minute of play within an episode; 0 is the first. */
  readonly minutes = new Map<number, Scorer>();
  /** By session. */
  readonly sessions = new Map<string, SessionScores>();
  /** The first FIRST_ACTIONS scored steps of each player, over all episodes. */
  readonly first = new Scorer();
  /** Scored steps of each player so far. */
  readonly #players = new Map<string, number>();
  readonly closeUp = new CloseUpTally();
  readonly time: TimeScorer;
  readonly #scoring: Scoring;

  /** Whether any action is named as a choice. */
  get hasChoices(): boolean {
    return this.#scoring.choices.size > 0;
  }

  /** Players of whom anything was scored. */
  get players(): number {
    return this.#players.size;
  }

  constructor(name: string, scoring: Scoring) {
    this.name = name;
    this.#scoring = scoring;
    this.time = new TimeScorer(scoring.timeEdges);
  }

  /**
   * Scores the predictor on an episode, from its second step on.
   *
   * @param onStep called after each step
   */
  run(predictor: SequencePredictor, episode: Episode, onStep: () => void = () => {}): void {
    const { spec, scored, timeEdges } = this.#scoring;
    const { length, ticks, actions, columns } = episode;
    const probabilities = new Float64Array(spec.action.actions.length);
    predictor.reset(episode);
    let guess: number | undefined;
    let times: ArrayLike<number> | undefined;
    const player = playerOf(episode);
    const session = this.sessions.get(episode.session) ?? { loss: 0, hits: 0, count: 0 };
    this.sessions.set(episode.session, session);
    for (let i = 0; i < length; i++) {
      if (i && (scored === 'all' || actions[i] !== actions[i - 1])) {
        const minute = Math.floor((ticks[i] - ticks[0]) / spec.tickRate / 60);
        this.#add({ probabilities, actual: actions[i], guess, minute, player, session });
        if (times?.length && timeEdges.length) this.time.add(times, ticks[i] - ticks[i - 1]);
      }
      // A new row for each step: a predictor may keep what it is given.
      const values = Float32Array.from(columns, (column) => column[i]);
      guess =
        predictor.next({ tick: ticks[i], action: actions[i], values }, probabilities) ?? undefined;
      times = predictor.timeProbabilities;
      onStep();
    }
  }

  #add({ probabilities, actual, guess, minute, player, session }: Scored): void {
    session.loss -= Math.log(Math.max(probabilities[actual], SMALLEST));
    session.count++;
    if ((guess ?? argmax(probabilities)) === actual) session.hits++;
    const before = this.#players.get(player) ?? 0;
    this.#players.set(player, before + 1);
    if (before < FIRST_ACTIONS) this.first.add(probabilities, actual, guess);
    this.all.add(probabilities, actual, guess);
    this.closeUp.add(probabilities, actual, guess);
    if (this.#scoring.choices.has(actual)) this.choices.add(probabilities, actual, guess);
    let scorer = this.minutes.get(minute);
    if (!scorer) this.minutes.set(minute, (scorer = new Scorer()));
    scorer.add(probabilities, actual, guess);
  }
}

interface Scored {
  readonly probabilities: Float64Array;
  readonly actual: number;
  readonly guess: number | undefined;
  readonly minute: number;
  readonly player: string;
  readonly session: SessionScores;
}
