import type { ContextPart } from '../experts/context-part.ts';
import { contextPhrase } from './context-phrase.ts';
import { ENGLISH } from './explanation-words.ts';
import type { ExplanationWords } from './explanation-words.ts';
import type { ExpertReason, Explanation, ObservationReason } from './explanation.ts';

export interface ExplanationTextOptions {
  /** The most sentences. */
  readonly sentences?: number;
  /** Names of the actions in the text; the spec's names unless given. */
  readonly names?: Readonly<Record<string, string>>;
  readonly words?: ExplanationWords;
}

export const EXPLANATION_TEXT_DEFAULTS: Required<Omit<ExplanationTextOptions, 'names'>> = {
  sentences: 3,
  words: ENGLISH,
};

/** A reason of fewer nats is left out, unless it is the only one. */
const LITTLE = 0.05;
/** The most causes that are named for the network. */
const CAUSES = 2;

/**
 * The strongest reasons as short sentences, the strongest first; at least one. Experts that found the
 * same are taken together. The network is one reason among them.
 */
export function explanationText(
  explanation: Explanation,
  options: ExplanationTextOptions = {},
): string[] {
  const { sentences, words, names = {} } = { ...EXPLANATION_TEXT_DEFAULTS, ...options };
  const named = (action: string): string => names[action] ?? action;
  const isTrusted = explanation.trust >= 0.5;
  const reasons = [
    ...(isTrusted ? [{ share: explanation.network, expert: null }] : []),
    ...alike(explanation.experts).map(({ share, expert }) => ({ share, expert })),
  ].sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  const aboutReasons = reasons
    .filter(({ share }, i) => i === 0 || Math.abs(share) >= LITTLE)
    .map(({ share, expert }) =>
      expert ? aboutExpert(expert, share < 0) : aboutNetwork(share < 0),
    );
  return [...(isTrusted ? [] : [words.distrusted]), ...aboutReasons].slice(
    0,
    Math.max(1, sentences),
  );

  function aboutExpert(expert: ExpertReason, but: boolean): string {
    const { knows, context, complete, byRecency, total, count, againstCount } = expert;
    const counts = [
      [named(explanation.action), count] as const,
      [named(explanation.against), againstCount] as const,
    ].sort((a, b) => b[1] - a[1]);
    return words.counted({
      but,
      knows,
      context: [
        ...merged(context).map((part) => contextPhrase(part, { words, named })),
        ...(byRecency ? [words.byRecency] : []),
      ],
      counts: counts.filter(([, times]) => times > 0 || total === 0),
      total,
      complete,
    });
  }

  function aboutNetwork(but: boolean): string {
    const causes = [
      ...explanation.observations.map((reason) => ({ ...reason, text: observed(reason) })),
      ...explanation.pastSteps.map(({ action, back, effect }) => ({
        effect,
        text: words.step(named(action), back),
      })),
    ];
    const strongest = causes
      .filter(({ effect }) => (but ? -effect : effect) >= LITTLE)
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
      .slice(0, CAUSES);
    return words.network({
      but,
      action: named(but ? explanation.against : explanation.action),
      causes: strongest.map(({ text }) => text),
    });
  }

  function observed({ kind, field, value, unit }: ObservationReason): string {
    if (kind !== 'field') return words[kind];
    // The numbers of a vector would be too many for a sentence.
    if (value === null || typeof value === 'object') return words.observation(field, '');
    if (typeof value === 'boolean') return words.observation(field, value ? words.yes : words.no);
    const text = typeof value === 'number' ? String(Number(value.toPrecision(3))) : value;
    return words.observation(field, unit ? `${text} ${unit}` : text);
  }
}

/** Experts that found the same, each group with the sum of its shares and its strongest member. */
function alike(experts: readonly ExpertReason[]): { share: number; expert: ExpertReason }[] {
  const groups = new Map<string, { share: number; expert: ExpertReason }>();
  for (const expert of experts) {
    const { knows, context, complete, byRecency, contribution } = expert;
    const key = JSON.stringify([knows, context, complete, byRecency]);
    const group = groups.get(key);
    if (group) group.share += contribution;
    else groups.set(key, { share: contribution, expert });
  }
  return [...groups.values()];
}

/** A context may read a number twice, in wide and in narrow bins: both together are one range. */
function merged(context: readonly ContextPart[]): ContextPart[] {
  const parts: ContextPart[] = [];
  for (const part of context) {
    const at = parts.findIndex(
      (one) => part.kind === 'number' && one.kind === 'number' && one.field === part.field,
    );
    const known = parts[at];
    if (part.kind === 'number' && known?.kind === 'number' && part.range && known.range)
      parts[at] = {
        ...part,
        range: {
          above: Math.max(part.range.above, known.range.above),
          upTo: Math.min(part.range.upTo, known.range.upTo),
        },
      };
    else parts.push(part);
  }
  return parts;
}
