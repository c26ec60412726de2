import { alignTable } from '../../src/cli/table.ts';
import { figure } from './figures.ts';
import type { FrameReport } from './frame.ts';

/** The report of `bench frame` as text. */
export function frameTable({ machine, ticksPerSecond, ticks, demo }: FrameReport): string {
  const { engine, secondsPerMode, rows, p99Difference, bar } = demo;
  return [
    machine,
    '',
    `Recording and predicting at ${ticksPerSecond} observations a second`,
    alignTable([
      ['characters', 'part', 'µs/tick', 'main thread'],
      ...ticks.map(({ characters, part, usPerTick, mainThreadPercent }) => [
        String(characters),
        part,
        figure(usPerTick),
        `${figure(mainThreadPercent)} %`,
      ]),
    ]),
    '',
    `Frame times of the demo in ms, ${secondsPerMode} s of play in each mode, engine ${engine}`,
    alignTable([
      [
        'training',
        'frames',
        'p50',
        'p99',
        'longest',
        'late',
        'long tasks',
        'trainings',
        'p99 of segments',
      ],
      ...rows.map((row) => [
        row.training,
        String(row.frames),
        figure(row.p50),
        figure(row.p99),
        figure(row.longest),
        `${figure(row.latePercent)} %`,
        row.longTasks ? `${row.longTasks}, up to ${figure(row.longestTask)}` : '0',
        String(row.trained),
        row.segments.map(figure).join(' '),
      ]),
    ]),
    ...Object.entries(p99Difference).map(([mode, difference]) => {
      const verdict = difference <= bar ? 'within' : 'NOT within';
      return `p99 of ${mode} minus off: ${figure(difference)} ms, ${verdict} ${bar} ms`;
    }),
  ].join('\n');
}
