import { basename } from 'node:path';
import { continuousReport, hasActionChanges } from '../evaluate/continuous.ts';
import { rolloutReport } from '../evaluate/rollouts.ts';
import { reportCharts } from '../evaluate/report/report-charts.ts';
import { reportPage } from '../evaluate/report/report-page.ts';
import { requireSameSpec } from '../record/spec.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { scoreOnThreads } from '../threads/score-on-threads.ts';
import { ablate } from './ablate.ts';
import { baselineData, baselineEpisodes } from './baseline-data.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { evaluateJson, evaluateText, fittedText } from './evaluate-result.ts';
import type { EvaluateResult } from './evaluate-result.ts';
import { readCsvSpec, readModel, readRecordings, requireWritable, writeBytes } from './files.ts';
import { readOlder } from './older-data.ts';
import { scoredEpisodes } from './scored-episodes.ts';
import { scoringLines } from './progress-lines.ts';
import { withThreads } from './with-threads.ts';

/** `foresight evaluate`. */
export const evaluateCommand = command({
  name: 'evaluate',
  summary: 'score it against simple predictors',
  about: `
Scores the model and simple predictors on the same steps: every step but an episode's first (with
steps every n ticks: only those where the action changes). top-1 and top-3 are shares of correct
guesses, log-loss is in nats, ece is the calibration error. Sessions that the model was trained on
are left out.

Simple predictors see the actions alone, except ngram-category, which also sees the one category or
yes/no field that predicts the next action best, in the last one to three steps. It needs the files that the model was trained on, or
--baseline-data.

The model is scored three times: its experts alone (ngram-mix), with the network frozen (model), and
with a network that keeps learning while it is scored (model-adaptive). While it learns, the sessions
it was trained on are mixed in, if their files still exist.`,
  example: 'foresight evaluate model.safetensors games.jsonl',
  positionals: {
    model: { about: 'a model' },
    files: { about: 'at least one file of episodes', many: true },
  },
  options: {
    all: COMMON_OPTIONS.all,
    'baseline-data': {
      kind: 'texts',
      value: 'files',
      help: 'fit the simple predictors on these files, without the sessions that are scored, instead of on what the model was trained on. Put it last, or repeat it: --baseline-data a.jsonl --baseline-data b.jsonl',
    },
    spec: COMMON_OPTIONS.spec,
    choices: {
      kind: 'text',
      value: 'a,b,c',
      otherwise: 'those that the files name as choices',
      help: "the actions that are the player's own choices, which are also scored separately",
    },
    ablation: {
      kind: 'flag',
      help: 'retrain the model without each of its parts, on the files it was trained on, and score how much each part contributes; takes as long as about eight trainings',
    },
    rollouts: {
      kind: 'flag',
      help: 'also score predictions further ahead: the model and an n-gram model are rolled forward 1 to 5 steps to the same actions, at most 400 of them, evenly spread (steps every n ticks: to changes of action)',
    },
    threads: COMMON_OPTIONS.threads,
    report: {
      kind: 'text',
      value: 'file.html',
      help: 'save the scores as a self-contained page with charts. It also shows which experts the model relies on, minute by minute, and predicted against actual values of continuous fields',
    },
    json: { kind: 'flag', help: 'print one JSON object; see below' },
  },
  notes: `\
The JSON object holds "predictions", and "rows" of { "name", "top1", "top3", "logLoss", "ece" }, shares
from 0 to 1, and:

  choices      the rows on choices alone
  timing       log-loss over bins of the time to the next action
  byMinute     scores by minute of an episode, 0 first
  firstActions the rows on the first 50 actions of each player
  overSessions 95 % intervals of logLoss and top1 over sessions
  intervals    log-loss minus the leading row's, with a 95 % interval over sessions
  continuous   for models with continuous fields, scores of each next value: rmse, skill (1 - rmse /
               rmse of persistence), crps and logLikelihood (nats, of the value rounded to
               "resolution"), of persistence (repeats the last value), linear (a ridge regression on
               the last 4 values of all such fields), model
  rollouts     with --rollouts, [{ "k", "rows": [{ "name", "top1", "logLoss" }, ...] }, ...], k = 1 to 5
               steps ahead, with "values" for models with continuous fields
  ablation     with --ablation, rows with "difference", "low" and "high"`,

  async run({ model, files, options }, { progress }): Promise<EvaluateResult> {
    if (options.report) requireWritable(options.report);
    const checkpoint = readModel(model);
    const csv = readCsvSpec(options.spec);
    const recordings = await readRecordings(files, csv);
    requireSameSpec(recordings.spec, checkpoint.spec, `The model "${model}"`);
    const { episodes, excludedSessions } = scoredEpisodes(checkpoint, recordings, options);
    const from = { paths: options['baseline-data'], csv };
    const training = await baselineEpisodes(checkpoint, from, episodes);
    if (checkpoint.model.continuous.length) progress.write('Scoring the next values...\n');
    const continuous = continuousReport(checkpoint, episodes, { training });
    const about = {
      model,
      files,
      episodes: episodes.length,
      sessions: sessionsOf(episodes),
      excludedSessions,
      page: options.report,
      ...(continuous && { continuous }),
    };
    const savePage = (scores: Pick<EvaluateResult, 'report' | 'baselines'>): void => {
      const { page } = about;
      if (page === undefined) return;
      const html = reportPage({
        model: basename(model),
        spec: checkpoint.spec.name,
        tickRate: checkpoint.spec.tickRate,
        files: files.map((path) => basename(path)),
        episodes: episodes.length,
        sessions: about.sessions.length,
        excludedSessions: excludedSessions.length,
        ...(continuous && { values: continuous }),
        ...reportCharts(checkpoint, episodes),
        ...(scores.report && { report: scores.report }),
        ...(scores.baselines && { baselines: fittedText(scores.baselines) }),
      });
      writeBytes(page, new TextEncoder().encode(html));
    };
    if (continuous && !hasActionChanges(episodes)) {
      savePage({});
      return about;
    }
    const { actions, times, from: origin } = await baselineData(checkpoint, from, episodes);
    const older = await readOlder(checkpoint, csv);
    const report = await withThreads(options.threads, (pool) =>
      scoreOnThreads(checkpoint, episodes, {
        pool,
        older,
        baselineActions: actions,
        baselineEpisodes: training,
        onProgress: scoringLines(progress),
        times,
        choices:
          options.choices?.split(',').map((name) => name.trim()) ??
          recordings.spec.action.choices ??
          checkpoint.spec.action.choices,
      }),
    );
    const scores = { report, baselines: { from: origin, episodes: actions.length } };
    savePage(scores);
    if (options.rollouts) progress.write('Scoring predictions further ahead...\n');
    return {
      ...about,
      ...scores,
      ...(options.ablation && { ablation: await ablate(checkpoint, episodes, { csv, progress }) }),
      ...(options.rollouts && {
        rollouts: rolloutReport(checkpoint, episodes, { baselineActions: actions }),
      }),
    };
  },
  json: evaluateJson,
  text: evaluateText,
});
