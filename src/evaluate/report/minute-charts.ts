import { bestBaseline } from '../baselines.ts';
import type { EvaluationReport, MinuteScores } from '../evaluation-report.ts';
import { element } from './element.ts';
import type { Markup } from './element.ts';
import { lineChart } from './line-chart.ts';
import type { Series } from './line-chart.ts';
import { decimals, percentText, wholeText } from './number-text.ts';
import type { ExpertWeights } from './report-data.ts';

/** The leading row over the minutes of an episode, with the rows it is compared with. */
export function minuteCharts(report: EvaluationReport): Markup {
  const { leading, byMinute } = report;
  const wanted = ['model', 'ngram-mix', bestBaseline(report)?.name, 'ngram-2'];
  const others = [...new Set(wanted)].filter(
    (name): name is string => name !== undefined && name !== leading && has(name),
  );
  const series = (of: keyof MinuteScores, names: readonly string[]): Series[] => [
    { name: leading, values: byMinute.map((minute) => minute[of]) },
    ...names.map((name) => ({ name, values: byMinute.map(({ rows }) => rows[name][of]) })),
  ];
  const points = byMinute.map(({ minute }) => String(minute + 1));
  const xTitle = 'minute of the episode';
  return element(
    'div',
    {},
    element(
      'div',
      { class: 'pair' },
      lineChart({
        label: 'Log-loss by minute',
        title: 'log-loss, nats (lower is better)',
        xTitle,
        points,
        series: series('logLoss', others),
        text: decimals,
      }),
      lineChart({
        label: 'Share of correct guesses by minute',
        title: 'correct guesses (higher is better)',
        xTitle,
        points,
        series: series('top1', others),
        text: (value, digits) => percentText(value, Math.max(0, digits - 2)),
      }),
    ),
    element(
      'p',
      { class: 'note' },
      `Steps in each minute: ${byMinute.map(({ predictions }) => wholeText(predictions)).join(', ')}. With few steps a line fluctuates.`,
    ),
  );

  function has(name: string): boolean {
    return byMinute.every(({ rows }) => name in rows);
  }
}

/** How much the model relied on each expert, minute by minute: at most the six with the most weight. */
export function expertChart(weights: readonly ExpertWeights[]): Markup {
  const sums = new Map<string, number>();
  for (const { weights: at } of weights)
    for (const [name, weight] of Object.entries(at)) sums.set(name, (sums.get(name) ?? 0) + weight);
  const names = [...sums.entries()]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 6)
    .map(([name]) => name);
  return lineChart({
    label: 'Weights of the experts by minute',
    title: 'weight',
    xTitle: 'minute of the episode',
    points: weights.map(({ minute }) => String(minute + 1)),
    series: names.map((name) => ({
      name,
      values: weights.map(({ weights: at }) => at[name] ?? NaN),
    })),
    text: decimals,
  });
}
