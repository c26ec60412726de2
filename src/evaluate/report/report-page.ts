import type { EvaluationReport } from '../evaluation-report.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { Markup, element } from './element.ts';
import type { Child } from './element.ts';
import { expertChart, minuteCharts } from './minute-charts.ts';
import { counted } from './number-text.ts';
import { reliabilityDiagram } from './reliability-diagram.ts';
import type { ReportData } from './report-data.ts';
import { scatterChart } from './scatter-chart.ts';
import {
  actionTable,
  choicesScoreTable,
  scoreTable,
  timingScoreTable,
  valueScoreTable,
} from './score-table.ts';
import { STYLE_SHEET } from './style-sheet.ts';
import { summary, valueSummary } from './summary.ts';

/**
 * An evaluation as one self-contained HTML page: no scripts, and no fonts or images from elsewhere.
 * The same data give the same page. All text is escaped.
 */
export function reportPage(data: ReportData): string {
  const { report, model, tickRate, values, expertWeights = [], continuous = [] } = data;
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      // The page is made of text from recordings: nothing in it may run or be fetched.
      element('meta', {
        'http-equiv': 'Content-Security-Policy',
        content: "default-src 'none'; style-src 'unsafe-inline'",
      }),
      element('title', {}, `${model} – evaluation`),
      element('style', {}, new Markup(STYLE_SHEET)),
    ),
    element(
      'body',
      {},
      header(data),
      report && actionSections(report, tickRate),
      report &&
        expertWeights.length > 0 &&
        section(
          'What it relies on',
          'Mean weight of the experts in the mix of the model as it was saved, by minute: the six with the most weight. “Players” are those it was trained on. Each expert is named by what it looks at, the most informative first.',
          expertChart(expertWeights),
        ),
      values &&
        section(
          'The next values',
          'Root of the mean squared error (rmse) and mean continuous ranked probability score (crps), in the unit of each field, lower is better; and mean log-likelihood of the rounded value (log-lik) in nats, higher is better. Persistence repeats the last value; linear is a regression on the last few values of all targets.',
          valueScoreTable(values),
        ),
      continuous.length > 0 &&
        section(
          'Continuous targets',
          'Each dot is a step (only every n-th where there are many); on the dashed line the prediction was correct.',
          element(
            'div',
            { class: continuous.length > 4 ? 'pair many' : 'pair' },
            continuous.map(scatterChart),
          ),
        ),
    ),
  );
  return `<!doctype html>\n${page.html}\n`;
}

/** Everything about predicted actions. */
function actionSections(report: EvaluationReport, tickRate: number): Child[] {
  const { leading, choices, timing, byMinute, closeUp } = report;
  return [
    section(
      'Scores',
      'Every predictor on the same steps. top-1 and top-3 are shares of correct guesses. Log-loss is the mean of −ln(probability of the actual action), in nats: lower is better. ece measures how far the probabilities are from the actual frequencies. The last column is how much higher the log-loss is than that of the highlighted row, with its 95 % interval over resampled sessions.',
      scoreTable(report),
    ),
    choices &&
      section(
        "The player's own choices",
        `The same on the ${counted(choices.predictions, 'step')} whose action was the player’s own choice, without what merely happens to the player.`,
        choicesScoreTable(choices.rows, leading),
      ),
    byMinute.length > 0 &&
      section(
        'Over the minutes of an episode',
        'When a model learns about a player in play, its lines improve over the minutes.',
        minuteCharts(report),
      ),
    timing &&
      section(
        'When the next action comes',
        `Log-loss over bins of time, and the error of the predicted median, on ${counted(timing.predictions, 'step')}.`,
        timingScoreTable(timing, { leading, tickRate }),
      ),
    section(
      'Are its probabilities right?',
      `Guesses of ${leading} by their probability; larger dots stand for more guesses. On the dashed line, guesses of 70 % are correct 70 % of the time; below it, the model is overconfident.`,
      reliabilityDiagram(closeUp),
    ),
    section(
      'Which actions it confuses',
      `Guesses of ${leading} in percent of the steps of each actual action; the most frequent actions. The diagonal holds correct guesses.`,
      confusionMatrix(closeUp),
    ),
    section(
      'Action by action',
      'Recall is the share of an action’s steps at which it was the guess; mean probability is the probability it was given at those steps.',
      element('div', {}, actionTable(closeUp)),
    ),
  ];
}

const section = (title: string, note: string, ...children: Child[]): Markup =>
  element('section', {}, element('h2', {}, title), element('p', { class: 'note' }, note), children);

function header(data: ReportData): Markup {
  const { report, model, spec, files, episodes, sessions, excludedSessions, baselines } = data;
  const { values } = data;
  const scored = report
    ? counted(report.predictions, report.scored === 'changes' ? 'action change' : 'step')
    : counted(Math.max(0, ...(values?.targets ?? []).map((t) => t.predictions)), 'step');
  const left = excludedSessions
    ? `; ${counted(excludedSessions, 'session')} left out because the model was trained on ${excludedSessions === 1 ? 'it' : 'them'}`
    : '';
  const facts: [string, string][] = [
    ['character', spec],
    ['files', files.join(', ')],
    [
      'scored on',
      `${scored} in ${counted(episodes, 'episode')} of ${counted(sessions, 'session')}${left}`,
    ],
    ...(baselines ? [['baselines', `fitted on ${baselines}`] as [string, string]] : []),
  ];
  return element(
    'header',
    {},
    element('h1', {}, `How well ${model} predicts`),
    element(
      'p',
      { class: 'lead' },
      [report && summary(report), values && valueSummary(values)].filter(Boolean).join(' '),
    ),
    element(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    ),
  );
}
