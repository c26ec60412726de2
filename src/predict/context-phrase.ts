import type { ContextPart } from '../experts/context-part.ts';
import type { ExplanationWords } from './explanation-words.ts';

export interface ContextPhraseOptions {
  readonly words: ExplanationWords;
  /** The name of an action in the text. */
  named(action: string): string;
}

/** A part of an expert's context, in a few words. */
export function contextPhrase(part: ContextPart, { words, named }: ContextPhraseOptions): string {
  switch (part.kind) {
    case 'action':
      return words.action(part.action === null ? null : named(part.action), part.back);
    case 'recency':
      return words.recency(part.rank, part.back);
    case 'duration':
      return words.duration(part.range && words.range(part.range, words.ticks), part.back);
    case 'number':
      return words.number(part.field, part.range && words.range(part.range, part.unit ?? ''));
    case 'place':
      return words.place(part.field, part.value, part.back);
    default:
      return part satisfies never;
  }
}
