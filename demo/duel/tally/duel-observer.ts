import { explanationText } from '../../../src/core.ts';
import type { TrackedCharacter } from '../../../plugin/index.ts';
import { DUEL_CHOICES } from '../rules/index.ts';
import type { DuelAction, DuelEvent, Side } from '../rules/index.ts';
import { accuracyBetween, markAccuracy } from './duel-report.ts';
import type { AccuracyMark, DuelReport, SurestRead } from './duel-report.ts';
import { HabitTally } from './habit-tally.ts';
import { ReadTally } from './read-tally.ts';
import type { Read } from './read-tally.ts';

/** Asking why takes a millisecond or two: no more often than this, ticks. */
const ASK_EVERY = 60;
/** Less sure than this is not worth a word. */
const SURE = 0.5;
/** Standing and walking are foreseen too, but nobody would feel read by that. */
const QUIET: readonly DuelAction[] = ['idle', 'advance', 'retreat'];
const TELLING: ReadonlySet<string> = new Set(DUEL_CHOICES.filter((one) => !QUIET.includes(one)));

/** What a report needs besides. */
export interface ReportEnd {
  readonly winner: Side;
  readonly wins: readonly [number, number];
  readonly rival: DuelReport['rival'];
  readonly predicted: boolean;
}

/** Watches a duel for what it teaches about the player. */
export class DuelObserver {
  readonly #hero: TrackedCharacter;
  readonly #habits = new HabitTally(0);
  readonly #reads = new ReadTally();
  readonly #before: AccuracyMark;
  #surest: SurestRead | null = null;
  /** A sure prediction whose answer has not come yet. */
  #candidate: (SurestRead & { readonly madeAt: number }) | null = null;
  #askedAt = -Infinity;

  constructor(hero: TrackedCharacter) {
    this.#hero = hero;
    this.#before = markAccuracy(hero.accuracy);
  }

  /**
   * The player begins an action: to be called instead of `hero.act`.
   *
   * @param read the rival's newest choice that went by a prediction
   * @returns whether the rival has read him, in something that he would notice
   */
  act(action: DuelAction, read: Read | null): boolean {
    const guess = this.#hero.prediction;
    const isRead = this.#reads.judge(read, guess?.tick ?? null, action);
    const candidate = this.#candidate;
    if (candidate && candidate.madeAt === guess?.tick && candidate.action === action)
      this.#surest = candidate;
    this.#candidate = null;
    this.#habits.act(action);
    this.#hero.act(action);
    this.#askWhy();
    return isRead && TELLING.has(action);
  }

  event(event: DuelEvent): void {
    this.#habits.event(event);
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
      surest:
        action !== undefined && probability !== undefined && why !== undefined
          ? { action, probability, why }
          : null,
    };
  }

  /** Keeps the reason of a prediction that would be the surest, in case it comes true. */
  #askWhy(): void {
    const { prediction, tick } = this.#hero;
    if (!prediction || tick - this.#askedAt < ASK_EVERY || !TELLING.has(prediction.action)) return;
    if (prediction.probability <= Math.max(SURE, this.#surest?.probability ?? 0)) return;
    this.#askedAt = tick;
    const explanation = this.#hero.explain();
    if (!explanation) return;
    const [why] = explanationText(explanation, { sentences: 1 });
    const { action, probability } = prediction;
    this.#candidate = { action, probability, why, madeAt: prediction.tick };
  }
}
