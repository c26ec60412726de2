import uPlot from 'uplot';
import { COLOURS } from './styles.ts';

export interface LineChartOptions {
  readonly width: number;
  readonly height: number;
  readonly series: readonly { readonly colour: string; readonly dashed?: boolean }[];
  /** Fixed range of the vertical axis; fitted to the data when absent. */
  readonly range?: readonly [number, number];
  /** How a value is written at the vertical axis. */
  readonly format: (value: number) => string;
}

/** x values, then the values of each series; null = none there. */
export type LineChartData = readonly [number[], ...(number | null)[][]];

/** A small line chart without legend or cursor. */
export class LineChart {
  readonly #plot: uPlot;

  constructor(parent: HTMLElement, options: LineChartOptions) {
    const { width, height, series, range, format } = options;
    const axis: uPlot.Axis = {
      stroke: COLOURS.axis,
      grid: { stroke: COLOURS.grid, width: 1 },
      ticks: { show: false },
      font: '14px system-ui, sans-serif',
      gap: 3,
    };
    this.#plot = new uPlot(
      {
        width,
        height,
        padding: [6, 6, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false }, y: range ? { range: [range[0], range[1]] } : {} },
        axes: [
          { ...axis, size: 22, space: 70 },
          { ...axis, size: 44, space: 30, values: (_, splits) => splits.map(format) },
        ],
        series: [
          {},
          ...series.map(({ colour, dashed }) => ({
            stroke: colour,
            width: dashed ? 1.25 : 2,
            ...(dashed ? { dash: [4, 3] } : {}),
            points: { show: false },
            spanGaps: true,
          })),
        ],
      },
      [[], ...series.map(() => [])] as unknown as uPlot.AlignedData,
      parent,
    );
  }

  set(data: LineChartData): void {
    this.#plot.setData(data as unknown as uPlot.AlignedData);
  }

  resize(width: number, height: number): void {
    this.#plot.setSize({ width, height });
  }

  destroy(): void {
    this.#plot.destroy();
  }
}
