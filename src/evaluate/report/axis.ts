import { element } from './element.ts';
import type { Markup } from './element.ts';

/** Maps values to places in a drawing. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  /** Round values within the axis, ascending. */
  readonly ticks: readonly number[];
  /** Decimals needed to distinguish the ticks. */
  readonly digits: number;
  /** Place of a value, in the units of the drawing. */
  at(value: number): number;
}

/**
 * An axis over the finite values among `values`, drawn from `from` to `to`. Its ends are round numbers,
 * unless `range` gives them.
 */
export function createAxis(
  values: readonly number[],
  { from, to, range }: { from: number; to: number; range?: readonly [number, number] },
): Axis {
  const finite = values.filter(Number.isFinite);
  const least = range?.[0] ?? finite.reduce((a, b) => Math.min(a, b), Infinity);
  const most = range?.[1] ?? finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const [start, end] = least < most ? [least, most] : finite.length ? around(least) : [0, 1];
  const step = roundStep((end - start) / 5);
  const low = range ? start : Math.floor(start / step + 1e-9) * step;
  const high = range ? end : Math.ceil(end / step - 1e-9) * step;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
    ticks.push(i * step);
  return {
    low,
    high,
    ticks,
    digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)),
    at: (value) => from + ((value - low) / (high - low)) * (to - from),
  };
}

const around = (value: number): [number, number] => {
  const room = Math.abs(value) / 10 || 1;
  return [value - room, value + room];
};

/** 1, 2 or 5 times a power of ten, at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= step * 0.999)!;
}

/** The size of a drawing and of the plot within it. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface AxisText {
  /** Title of the axis. */
  readonly title: string;
  /** Text of a tick. */
  text(value: number): string;
}

/** Horizontal lines with their values to the left, and a title above. */
export function verticalAxis(axis: Axis, frame: Frame, { title, text }: AxisText): Markup[] {
  const { left, right, width } = frame;
  return [
    element('text', { class: 'axis-title', x: 0, y: 12 }, title),
    ...axis.ticks.flatMap((tick) => [
      element('line', {
        class: 'grid',
        x1: left,
        x2: width - right,
        y1: y(axis, tick),
        y2: y(axis, tick),
      }),
      element(
        'text',
        { class: 'tick', x: left - 6, y: y(axis, tick) + 4, 'text-anchor': 'end' },
        text(tick),
      ),
    ]),
  ];
}

/** Values below the plot, and a title below them. */
export function horizontalAxis(axis: Axis, frame: Frame, { title, text }: AxisText): Markup[] {
  const { left, right, bottom, width, height } = frame;
  const base = height - bottom;
  return [
    element('line', { class: 'base', x1: left, x2: width - right, y1: base, y2: base }),
    ...axis.ticks.map((tick) =>
      element(
        'text',
        { class: 'tick', x: y(axis, tick), y: base + 16, 'text-anchor': 'middle' },
        text(tick),
      ),
    ),
    element(
      'text',
      {
        class: 'axis-title',
        x: (left + width - right) / 2,
        y: height - 4,
        'text-anchor': 'middle',
      },
      title,
    ),
  ];
}

/** Rounded to a tenth: more makes the page longer, not sharper. */
const y = (axis: Axis, value: number): number => place(axis.at(value));

export const place = (value: number): number => Math.round(value * 10) / 10;
