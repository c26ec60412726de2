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

/** Until the panel sets its width. */
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
  #width = WIDTH;
  #at = NaN;

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
            styles: { 'border-color': colour },
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

  /**
   * Draws the data when there is more of it than last time.
   *
   * @param data called when it has to be drawn
   * @param now `newest`: a value per series for the legend, NaN = none; `at`: grows with the data
   */
  set(
    data: () => LineChartData,
    now: { readonly newest: readonly number[]; readonly at: number },
  ): void {
    if (now.at === this.#at) return;
    this.#at = now.at;
    const drawn = data();
    const some = drawn[0].length > 1;
    this.#show(some);
    if (!some) return;
    const { series, range, format, title } = this.#options;
    this.#chart ??= new LineChart(this.#plot, {
      width: this.#width,
      height: HEIGHT,
      series: series.map(({ colour, dashed }) => ({ colour, dashed })),
      range,
      format,
    });
    this.#chart.set(drawn);
    const texts = now.newest.map((value) => (Number.isFinite(value) ? format(value) : '–'));
    texts.forEach((text, i) => setText(this.#values[i], text));
    const values = series.map(({ name }, i) => `${name} ${texts[i]}`).join(', ');
    this.#plot.setAttribute('aria-label', `${title}: ${values}`);
  }

  resize(width: number): void {
    if (width === this.#width) return;
    this.#width = width;
    this.#chart?.resize(width, HEIGHT);
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
