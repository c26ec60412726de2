import type { Frame } from './axis.ts';
import { element } from './element.ts';
import type { Child, Markup } from './element.ts';

export interface ChartFigureOptions {
  readonly frame: Pick<Frame, 'width' | 'height'>;
  /** Description for screen readers. */
  readonly label: string;
  /** Caption below the drawing. */
  readonly caption?: Child;
}

/** A drawing as a figure of the page. */
export function chartFigure(
  { frame, label, caption = [] }: ChartFigureOptions,
  ...drawn: Child[]
): Markup {
  const viewBox = `0 0 ${frame.width} ${frame.height}`;
  const drawing = element('svg', { viewBox, role: 'img', 'aria-label': label }, ...drawn);
  return element('figure', {}, drawing, caption);
}
