import type { ValueRange } from '../experts/context-part.ts';
import type { ExpertKindName } from '../experts/expert-kinds.ts';

/**
 * The phrases that `explanationText` puts together, one table for each language. Names of actions and
 * fields, and numbers with their units, are passed as they are to appear.
 */
export interface ExplanationWords {
  /** Whose actions an expert of each kind has counted. */
  readonly kinds: Readonly<Record<ExpertKindName, string>>;
  /** A sentence about an expert that supports the action or, with `but`, opposes it. */
  counted(reason: {
    readonly but: boolean;
    readonly knows: ExpertKindName;
    /** Phrases of the context; empty when nothing of it was known. */
    readonly context: readonly string[];
    /** Actions and how often they came, the more frequent first. */
    readonly counts: readonly (readonly [action: string, count: number])[];
    readonly total: number;
    /** Whether the counts are how often the context came; else they are numbers of longer contexts. */
    readonly complete: boolean;
  }): string;
  /** A sentence about the network, which leans to `action` because of `causes`. */
  network(reason: {
    readonly but: boolean;
    readonly action: string;
    readonly causes: readonly string[];
  }): string;
  /** A sentence in place of the network's reasons, for when it was wrong too often to count for much. */
  distrusted: string;
  /** Phrases of the context, now or `back` steps ago; null = nothing yet, or not known. */
  action(action: string | null, back: number): string;
  recency(rank: number | null, back: number): string;
  /** Ends the context of an expert that counted how recent actions are, not which. */
  byRecency: string;
  duration(range: string | null, back: number): string;
  number(field: string, range: string | null): string;
  place(field: string, value: boolean | string | null, back: number): string;
  range(range: ValueRange, unit: string): string;
  ticks: string;
  /** Causes that are named for the network. */
  step(action: string, back: number): string;
  observation(field: string, value: string): string;
  actions: string;
  durations: string;
  yes: string;
  no: string;
}

const sentence = (text: string): string => text[0].toUpperCase() + text.slice(1);
const before = (back: number): string => (back === 1 ? ' before that' : ` ${back} before that`);
const short = (value: number): string => String(Number(value.toPrecision(3)));

const KINDS: ExplanationWords['kinds'] = {
  population: 'players',
  player: 'this player',
  recent: 'this player recently',
};

export const ENGLISH: ExplanationWords = {
  kinds: KINDS,
  counted({ but, knows, context, counts, total, complete }) {
    const who = `${but ? 'but ' : ''}${KINDS[knows]}`;
    const when = context.length ? context.join(', ') : 'in general';
    const often = counts.map(([action, count]) => `${action} ${Math.round(count)}`).join(', ');
    const of = `of ${Math.round(total)} ${complete ? 'times' : 'such situations'}`;
    return sentence(`${who} ${when}: ${often} ${of}.`);
  },
  network({ but, action, causes }) {
    const why = causes.length ? `, because of ${causes.join(' and ')}` : '';
    return sentence(`${but ? 'but ' : ''}the network leans to ${action}${why}.`);
  },
  distrusted: 'Counts of what players did weigh more here than what the network predicts.',
  action(action, back) {
    const name = action ?? 'nothing';
    return back ? name + before(back) : `after ${name}`;
  },
  byRecency: 'whatever the action',
  recency(rank, back) {
    const what =
      rank === null
        ? 'at the start'
        : rank
          ? `back to the ${rank + 1}. last action`
          : 'a repetition';
    return back && rank !== null ? what + before(back) : what;
  },
  duration(range, back) {
    if (range === null) return 'at the start';
    return back ? `${range}${before(back)}` : `${range} since the last`;
  },
  number: (field, range) => `${field} ${range ?? 'not known'}`,
  place(field, value, back) {
    const what =
      typeof value === 'boolean'
        ? (value ? '' : 'not ') + field
        : `${field} ${value ?? 'not known'}`;
    return back ? what + before(back) : what;
  },
  range({ above, upTo }, unit) {
    const numbers =
      above === -Infinity
        ? `up to ${short(upTo)}`
        : upTo === Infinity
          ? `above ${short(above)}`
          : `${short(above)} to ${short(upTo)}`;
    return unit ? `${numbers} ${unit}` : numbers;
  },
  ticks: 'ticks',
  step: (action, back) => (back ? `the ${action} ${back} before` : `the ${action} now`),
  observation: (field, value) => (value ? `${field} (${value})` : field),
  actions: 'the actions so far',
  durations: 'the timing so far',
  yes: 'yes',
  no: 'no',
};
