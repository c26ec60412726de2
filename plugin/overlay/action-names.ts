import type { Language } from '../panel/texts.ts';

/** What to call each action; its own name when absent. */
export type ActionNames = Readonly<Record<string, string>>;

/** The same in every language, or by language. */
export type NamesByLanguage = ActionNames | ((language: Language) => ActionNames);

/** The names in one language. */
export function namesIn(names: NamesByLanguage, language: Language): ActionNames {
  return typeof names === 'function' ? names(language) : names;
}
