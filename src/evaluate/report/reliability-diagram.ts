import type { CloseUp } from '../close-up.ts';
import { place } from './axis.ts';
import { element } from './element.ts';
import type { Markup } from './element.ts';
import { counted, percentText } from './number-text.ts';
import { squareChart } from './square-chart.ts';

/**
 * Share of correct guesses by their probability: on the diagonal, the two are equal (DeGroot and
 * Fienberg, "The Comparison and Evaluation of Forecasters", 1983). The area of a dot grows with the
 * number of guesses it stands for.
 */
export function reliabilityDiagram({ name, reliability }: CloseUp): Markup {
  const filled = reliability.filter(({ predictions }) => predictions);
  const most = Math.max(...filled.map(({ predictions }) => predictions), 1);
  return squareChart({
    label: `Reliability diagram of ${name}`,
    title: 'share of correct guesses',
    xTitle: 'probability of the guess',
    range: [0, 1],
    text: (value) => percentText(value, 0),
    draw: (x, y) =>
      element(
        'g',
        { class: 'series s0' },
        element('polyline', {
          points: filled
            .map(({ confidence, hits }) => `${place(x.at(confidence))},${place(y.at(hits))}`)
            .join(' '),
        }),
        filled.map(({ confidence, hits, predictions }) =>
          element(
            'circle',
            {
              cx: place(x.at(confidence)),
              cy: place(y.at(hits)),
              r: place(2 + 7 * Math.sqrt(predictions / most)),
            },
            element(
              'title',
              {},
              `${counted(predictions, 'prediction')} of ${percentText(confidence)} on average, ${percentText(hits)} correct`,
            ),
          ),
        ),
      ),
  });
}
