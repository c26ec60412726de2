import { element } from './elements.ts';
import { formatPercent } from './format.ts';

/** A row of a list: a text, and a share in [0, 1] as a bar and a number. */
export const shareRow = (text: string, share: number): HTMLElement =>
  element(
    'li',
    {},
    element('span', { className: 'name', text }),
    element(
      'div',
      { className: 'track', attributes: { 'aria-hidden': 'true' } },
      element('div', {
        className: 'bar due',
        styles: { transform: `scaleX(${share.toFixed(3)})` },
      }),
    ),
    element('span', { className: 'number', text: formatPercent(share) }),
  );
