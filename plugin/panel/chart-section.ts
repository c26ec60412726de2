import { element, setText } from './elements.ts';
import { LineChart } from './line-chart.ts';
import type { LineChartData, LineChartOptions } from './line-chart.ts';

export interface ChartSectionOptions extends Pick<LineChartOptions, 'range' | 'format'> {
  readonly title: string;
  /** Shown while there is no data. */
  readonly empty: string;
  readonly series: readonly {
    readonly name: string;
    readonly colour: string;
    readonly dashed?: boolean;
  }[];
}

const WIDTH = 246;
const HEIGHT = 78;

/** A chart with its title and a legend that shows the newest values. */
export class ChartSection {
  readonly root: HTMLElement;
  readonly #options: ChartSectionOptions;
  readonly #plot = element('div', { attributes: { role: 'img' } });
  readonly #empty: HTMLElement;
  readonly #legend: HTMLElement;
  readonly #values: readonly HTMLElement[];
  #chart: LineChart | null = null;

  constructor(options: ChartSectionOptions) {
    this.#options = options;
    this.#plot.setAttribute('aria-label', options.title);
    this.#empty = element('p', { className: 'muted', text: options.empty });
    this.#values = options.series.map(() => element('span', { className: 'number' }));
    this.#legend = element(
      'ul',
      { className: 'legend' },
      ...options.series.map(({ name, colour, dashed }, i) =>
        element(
          'li',
          {},
          element('span', {
            className: dashed ? 'key dashed' : 'key',
            attributes: { style: `border-color: ${colour}` },
          }),
          element('span', { text: name }),
          this.#values[i],
        ),
      ),
    );
    this.root = element(
      'section',
      {},
      element('h3', { text: options.title }),
      this.#empty,
      this.#plot,
      this.#legend,
    );
    this.#show(false);
  }

  /** @param newest one value per series for the legend; NaN = none */
  set(data: LineChartData, newest: readonly number[]): void {
    const some = data[0].length > 1;
    this.#show(some);
    if (!some) return;
    const { series, range, format } = this.#options;
    this.#chart ??= new LineChart(this.#plot, {
      width: WIDTH,
      height: HEIGHT,
      series: series.map(({ colour, dashed }) => ({ colour, dashed })),
      range,
      format,
    });
    this.#chart.set(data);
    newest.forEach((value, i) =>
      setText(this.#values[i], Number.isFinite(value) ? format(value) : '–'),
    );
  }

  destroy(): void {
    this.#chart?.destroy();
    this.#chart = null;
  }

  #show(some: boolean): void {
    this.#empty.hidden = some;
    this.#plot.hidden = !some;
    this.#legend.hidden = !some;
  }
}
