import { createAxis, horizontalAxis, place, verticalAxis } from './axis.ts';
import type { Axis, Frame } from './axis.ts';
import { chartFigure } from './chart-figure.ts';
import { element } from './element.ts';
import type { Child, Markup } from './element.ts';

export interface SquareChartOptions {
  readonly label: string;
  readonly title: string;
  readonly xTitle: string;
  /** Ends of both axes; round numbers around `values` unless given. */
  readonly range?: readonly [number, number];
  readonly values?: readonly number[];
  text(value: number, digits: number): string;
  /** What is drawn above the diagonal. */
  draw(x: Axis, y: Axis): Child;
}

const FRAME: Frame = { width: 420, height: 320, left: 52, right: 52, top: 26, bottom: 44 };

/** A chart whose two axes have the same unit, with the diagonal where both are equal. */
export function squareChart(options: SquareChartOptions): Markup {
  const { label, title, xTitle, range, values = [], text, draw } = options;
  const { width, height, left, right, top, bottom } = FRAME;
  const x = createAxis(values, { from: left, to: width - right, range });
  const y = createAxis(values, { from: height - bottom, to: top, range });
  return chartFigure(
    { frame: FRAME, label },
    verticalAxis(y, FRAME, { title, text: (value) => text(value, y.digits) }),
    horizontalAxis(x, FRAME, { title: xTitle, text: (value) => text(value, x.digits) }),
    element('line', {
      class: 'diagonal',
      x1: place(x.at(x.low)),
      y1: place(y.at(y.low)),
      x2: place(x.at(x.high)),
      y2: place(y.at(y.high)),
    }),
    draw(x, y),
  );
}
