import type { CloseUp } from '../close-up.ts';
import { element } from './element.ts';
import type { Markup } from './element.ts';
import { wholeText } from './number-text.ts';

/** Actions shown, the most frequent ones; guesses of any other are added up in a last column. */
export const CONFUSION_ACTIONS = 12;

/** Guesses by actual action: a row for each action, in percent of its steps. */
export function confusionMatrix({ actions, confusion }: CloseUp): Markup {
  const shown = actions.slice(0, CONFUSION_ACTIONS);
  const rows = confusion.slice(0, shown.length).map((counts, row) => {
    const first = counts.slice(0, shown.length);
    return [...first, actions[row].count - first.reduce((a, b) => a + b, 0)];
  });
  const hasOthers = rows.some((counts) => counts[shown.length]);
  const columns = [...shown.map(({ name }) => name), ...(hasOthers ? ['any other'] : [])];
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      { class: 'confusion' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, 'actual ↓, guessed →'),
          columns.map((name) => element('th', { scope: 'col' }, element('span', {}, name))),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map((counts, row) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, shown[row].name),
            columns.map((name, column) => {
              const share = counts[column] / shown[row].count;
              const percent = Math.round(100 * share);
              return element(
                'td',
                {
                  class: column === row && 'hit',
                  style: percent > 0 && `--share: ${percent}%`,
                  title: `${wholeText(counts[column])} of ${wholeText(shown[row].count)} times ${shown[row].name}: guessed ${name}`,
                },
                percent > 0 && String(percent),
              );
            }),
          ),
        ),
      ),
    ),
  );
}
