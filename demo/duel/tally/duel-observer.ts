import { explain, explanationText } from '../../../plugin/index.ts';
import type { TrackedCharacter } from '../../../plugin/index.ts';
import { DUEL_CHOICES } from '../rules/index.ts';
import type { DuelAction, DuelEvent, Side } from '../rules/index.ts';
import { accuracyBetween, markAccuracy } from './duel-report.ts';
import type { AccuracyMark, DuelReport, SurestRead } from './duel-report.ts';
import { HabitTally } from './habit-tally.ts';
import { ReadTally } from './read-tally.ts';
import type { Read } from './read-tally.ts';
import { Timeline } from './timeline.ts';

/** Least ticks between two explanations, each of which takes a millisecond or two. */
const ASK_EVERY = 60;
/** Least probability of a read worth reporting. */
const SURE = 0.5;
/** Predicted too, but no player would notice being read in them. */
const QUIET: readonly DuelAction[] = ['idle', 'advance', 'retreat'];
const TELLING: ReadonlySet<string> = new Set(DUEL_CHOICES.filter((one) => !QUIET.includes(one)));

/** What a report needs at the end of a duel. */
export interface ReportEnd {
  readonly winner: Side;
  readonly wins: readonly [number, number];
  readonly rival: DuelReport['rival'];
  readonly predicted: boolean;
}

/** Collects what a duel shows about the player. */
export class DuelObserver {
  readonly #hero: TrackedCharacter;
  readonly #habits = new HabitTally(0);
  readonly #reads = new ReadTally();
  readonly #timeline = new Timeline();
  readonly #before: AccuracyMark;
  #surest: SurestRead | null = null;
  /** A confident prediction whose action has not come yet. */
  #candidate: (SurestRead & { readonly madeAt: number }) | null = null;
  #askedAt = -Infinity;

  constructor(hero: TrackedCharacter) {
    this.#hero = hero;
    this.#before = markAccuracy(hero.accuracy);
  }

  /**
   * Records that the player begins an action. Call it instead of `hero.act`.
   *
   * @param read the rival's newest choice based on a prediction
   * @returns whether the rival has read the player, in an action where the player would notice it
   */
  act(action: DuelAction, read: Read | null): boolean {
    const guess = this.#hero.prediction;
    const isRead = this.#reads.judge(read, guess?.tick ?? null, action);
    const candidate = this.#candidate;
    if (candidate && candidate.madeAt === guess?.tick && candidate.action === action)
      this.#surest = candidate;
    this.#candidate = null;
    const used = read !== null && read.madeAt === guess?.tick;
    const foreseen = guess?.action === action;
    this.#habits.act(action, { foreseen, reply: used ? read.reply : null });
    this.#timeline.act({
      tick: this.#hero.tick,
      action,
      expected: guess?.action ?? null,
      probability: guess?.probability ?? 0,
      used,
    });
    this.#hero.act(action);
    this.#askWhy();
    return isRead && TELLING.has(action);
  }

  event(event: DuelEvent): void {
    this.#habits.event(event);
    const { tick } = this.#hero;
    if (event.kind === 'round-start') this.#timeline.begin(tick);
    if (event.kind === 'round-end') this.#timeline.end(tick);
    if (event.kind === 'hit' || event.kind === 'thrown')
      this.#timeline.hit({ tick, attacker: event.attacker });
  }

  report(end: ReportEnd): DuelReport {
    const { accuracy } = this.#hero;
    const course = (accuracy?.points ?? []).filter(([scored]) => scored > this.#before.scored);
    const { action, probability, why } = this.#surest ?? {};
    return {
      ...end,
      ...accuracyBetween(this.#before, markAccuracy(accuracy)),
      course: course.map(([, model]) => model).filter((share) => !Number.isNaN(share)),
      acted: this.#reads.acted,
      right: this.#reads.right,
      habits: this.#habits.habits(),
      rounds: this.#timeline.rounds,
      surest:
        action !== undefined && probability !== undefined && why !== undefined
          ? { action, probability, why }
          : null,
    };
  }

  /** Keeps the reason of the most confident prediction, in case it comes true. */
  #askWhy(): void {
    const { prediction, tick } = this.#hero;
    if (!prediction || tick - this.#askedAt < ASK_EVERY || !TELLING.has(prediction.action)) return;
    if (prediction.probability <= Math.max(SURE, this.#surest?.probability ?? 0)) return;
    this.#askedAt = tick;
    const explanation = explain(this.#hero);
    if (!explanation) return;
    const [why] = explanationText(explanation, { sentences: 1 });
    const { action, probability } = prediction;
    this.#candidate = { action, probability, why, madeAt: prediction.tick };
  }
}
