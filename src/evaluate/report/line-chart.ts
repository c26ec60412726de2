import { createAxis, horizontalAxis, place, verticalAxis } from './axis.ts';
import type { Frame } from './axis.ts';
import { chartFigure } from './chart-figure.ts';
import { element } from './element.ts';
import type { Markup } from './element.ts';

export interface Series {
  readonly name: string;
  /** [points] one value for each point of the horizontal axis; NaN is a gap. */
  readonly values: readonly number[];
}

export interface LineChartOptions {
  /** Description for screen readers. */
  readonly label: string;
  readonly title: string;
  readonly xTitle: string;
  /** Text of each point on the horizontal axis. */
  readonly points: readonly string[];
  /** At most 6; the first one is emphasised. */
  readonly series: readonly Series[];
  /** Text of a value; decimals as the axis needs them. */
  text(value: number, digits: number): string;
  /** Ends of the vertical axis; round numbers around the values unless given. */
  readonly range?: readonly [number, number];
}

const FRAME: Frame = { width: 420, height: 260, left: 46, right: 12, top: 26, bottom: 44 };

/** Lines over a few points, with a legend below. */
export function lineChart(options: LineChartOptions): Markup {
  const { label, title, xTitle, points, series, text, range } = options;
  const { width, height, left, right, top, bottom } = FRAME;
  const y = createAxis(
    series.flatMap(({ values }) => values),
    { from: height - bottom, to: top, range },
  );
  const x = pointAxis(points.length, left + 14, width - right - 14);
  return chartFigure(
    { frame: FRAME, label, caption: legend(series.map(({ name }) => name)) },
    verticalAxis(y, FRAME, { title, text: (value) => text(value, y.digits) }),
    horizontalAxis(x, FRAME, { title: xTitle, text: (value) => points[value] }),
    // The emphasised line is drawn last, above the others.
    series.map(({ name, values }, row) => line(name, values, row)).reverse(),
  );

  function line(name: string, values: readonly number[], row: number): Markup {
    const drawn = values.flatMap((value, i) => (Number.isFinite(value) ? [{ value, i }] : []));
    const path = drawn.map(({ value, i }) => `${place(x.at(i))},${place(y.at(value))}`).join(' ');
    return element(
      'g',
      { class: `series s${row}` },
      element('polyline', { points: path }),
      drawn.map(({ value, i }) =>
        element(
          'circle',
          { cx: place(x.at(i)), cy: place(y.at(value)), r: row ? 2.5 : 3.5 },
          element('title', {}, `${name}, ${points[i]}: ${text(value, y.digits + 2)}`),
        ),
      ),
    );
  }
}

/** What the colours of `series` stand for. */
export const legend = (names: readonly string[]): Markup =>
  element(
    'figcaption',
    { class: 'legend' },
    names.map((name, row) => element('span', { class: `key s${row}` }, element('i', {}), name)),
  );

/** Points 0, 1, ... at equal distances, of which at most 12 have a label. */
function pointAxis(count: number, from: number, to: number): ReturnType<typeof createAxis> {
  const last = Math.max(count - 1, 1);
  const axis = createAxis([], { from, to, range: [0, last] });
  const every = Math.max(1, Math.ceil(count / 12));
  const ticks = Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every);
  return { ...axis, ticks };
}
