import { place } from './axis.ts';
import { element } from './element.ts';
import type { Markup } from './element.ts';
import { decimals } from './number-text.ts';
import type { ContinuousPairs } from './report-data.ts';
import { squareChart } from './square-chart.ts';

/** Most dots drawn; where there are more, every n-th. */
export const SCATTER_DOTS = 1000;

/** Predicted versus actual values of one continuous target. */
export function scatterChart({ name, actual, predicted }: ContinuousPairs): Markup {
  const pairs = actual
    .map((value, i) => [value, predicted[i] ?? NaN])
    .filter((pair) => pair.every(Number.isFinite));
  const every = Math.ceil(pairs.length / SCATTER_DOTS) || 1;
  return squareChart({
    label: `Predicted against actual ${name}`,
    title: `predicted ${name}`,
    xTitle: `actual ${name}`,
    values: pairs.flat(),
    text: decimals,
    draw: (x, y) =>
      element(
        'g',
        { class: 'dots' },
        pairs
          .filter((_, i) => i % every === 0)
          .map(([cx, cy]) => element('circle', { cx: place(x.at(cx)), cy: place(y.at(cy)), r: 2 })),
      ),
  });
}
