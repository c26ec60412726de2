import { describe, expect, it } from 'vitest';
import { evaluateCheckpoint, scorePredictors } from '../../../src/evaluate/evaluate.ts';
import type { ReportData } from '../../../src/evaluate/report/report-data.ts';
import { reportPage } from '../../../src/evaluate/report/report-page.ts';
import { randomCheckpoint } from '../../predict/checkpoint.ts';
import { timedEpisodes } from '../timed.ts';

const training = timedEpisodes(3, 60, 1);
const { spec, episodes } = timedEpisodes(3, 200, 2);
const report = evaluateCheckpoint(randomCheckpoint(training, { seed: 3 }), episodes);
const DATA: ReportData = {
  report,
  model: 'duelist.safetensors',
  spec: 'duelist',
  tickRate: 60,
  files: ['games.jsonl'],
  episodes: 3,
  sessions: 3,
  excludedSessions: 0,
  baselines: '3 episodes of the data the model was trained on',
};

const titles = (page: string): string[] =>
  [...page.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title);

/** Names of elements that were opened and not closed, or closed and not opened. */
function unbalanced(page: string): string[] {
  const open: string[] = [];
  for (const [, end, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g))
    if (!end && name !== 'meta') open.push(name);
    else if (end && open.pop() !== name) return [name];
  return open;
}

describe('reportPage', () => {
  it('shows every part that the report has, once', () => {
    const page = reportPage(DATA);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(titles(page)).toEqual([
      'Scores',
      'The player&#39;s own choices',
      'Over the minutes of an episode',
      'When the next action comes',
      'Are its probabilities right?',
      'Which actions it confuses',
      'Action by action',
    ]);
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page).toContain('597 steps in 3 episodes of 3 sessions');
    for (const { name } of report.rows) expect(page).toContain(`<th scope="row">${name}`);
    expect(unbalanced(page)).toEqual([]);
    expect(page).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it('summarises the scores in words', () => {
    const page = reportPage(DATA);
    // The weights are random: the summary must not praise the model.
    expect(page).toMatch(/nats higher than that of the best simple predictor.*of no use/);
    expect(page).toContain(`${(100 * report.rows.at(-1)!.top1).toFixed(1)} %`);
  });

  it('loads nothing from elsewhere and contains no scripts', () => {
    const page = reportPage(DATA);
    expect(page).not.toMatch(/https?:|\/\/|url\(|@import|@font-face/);
    expect(page).not.toMatch(/<(script|link|img|iframe|object|base)\b|\son[a-z]+=|src=|href=/i);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it('escapes every text it is given', () => {
    const bad = `<b onload="x">&'`;
    const named = { ...spec, action: { actions: spec.action.actions.map((name) => name + bad) } };
    const silent = {
      name: `row${bad}`,
      reset() {},
      next: (_: unknown, out: Float64Array) => void out.fill(1 / 3),
    };
    const page = reportPage({
      ...DATA,
      report: scorePredictors(named, episodes, [silent, { ...silent, name: `other${bad}` }]),
      model: bad,
      spec: bad,
      files: [bad],
      baselines: bad,
      expertWeights: [{ minute: 0, weights: { [bad]: 1 } }],
      continuous: [{ name: bad, actual: [1, 2], predicted: [2, 1] }],
    });
    expect(page).not.toMatch(/<b\b|onload="/);
    const escaped = '&lt;b onload=&quot;x&quot;&gt;&amp;&#39;';
    expect(page.split(escaped).length).toBeGreaterThan(15);
    expect(unbalanced(page)).toEqual([]);
  });

  it('leaves out sections without data', () => {
    const { choices: _, timing: __, ...less } = report;
    const page = reportPage({ ...DATA, report: { ...less, byMinute: [] } });
    expect(titles(page)).toEqual([
      'Scores',
      'Are its probabilities right?',
      'Which actions it confuses',
      'Action by action',
    ]);
  });

  it('shows weights of experts and continuous targets when it has them', () => {
    const page = reportPage({
      ...DATA,
      expertWeights: [
        { minute: 0, weights: { order1: 0.7, player: 0.3 } },
        { minute: 1, weights: { order1: 0.4, player: 0.6 } },
      ],
      continuous: [{ name: 'speed', actual: [1, 2, 3, NaN], predicted: [1.1, 2.2, 2.9, 1] }],
    });
    expect(titles(page).slice(-2)).toEqual(['What it relies on', 'Continuous targets']);
    expect(page).toContain('predicted speed');
    expect(page.match(/<circle[^>]*r="2"/g)).toHaveLength(3);
    expect(page).not.toContain('NaN');
  });

  it('can be made of continuous targets alone', () => {
    const { report: _, baselines: __, ...about } = DATA;
    const row = (name: 'persistence' | 'linear' | 'model', rmse: number) => ({
      name,
      rmse,
      skill: 0.1,
      crps: rmse / 2,
      logLikelihood: name === 'linear' ? NaN : -1,
    });
    const target = (name: string, own: number) => ({
      name,
      predictions: 1234,
      resolution: 0.01,
      rows: [row('persistence', 0.5), row('linear', 0.4), row('model', own)],
    });
    const page = reportPage({
      ...about,
      values: { targets: [target('speed', 0.3), target('gap', 0.45)] },
      expertWeights: [{ minute: 0, weights: { order1: 1 } }],
      continuous: [{ name: 'speed', actual: [1, 2], predicted: [1, 3] }],
    });
    expect(titles(page)).toEqual(['The next values', 'Continuous targets']);
    expect(page).toContain(
      'closer to the actual ones than those of the simple predictors for 1 of 2',
    );
    expect(page).toContain('1,234 steps in 3 episodes');
    expect(page).not.toMatch(/NaN|undefined|fitted on/);
    expect(unbalanced(page)).toEqual([]);
    const one = reportPage({ ...about, values: { targets: [target('gap', 0.45)] } });
    expect(one).toContain('Its predictions of gap are not closer to the actual values');
  });

  it('can be made of the smallest report there is: two steps', () => {
    const [episode] = timedEpisodes(1, 2, 5).episodes;
    const small = evaluateCheckpoint(randomCheckpoint(training, { seed: 3 }), [episode]);
    const page = reportPage({
      ...DATA,
      report: small,
      expertWeights: [{ minute: 0, weights: {} }],
      continuous: [{ name: 'speed', actual: [], predicted: [] }],
    });
    expect(page).toContain('A single session does not show');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(unbalanced(page)).toEqual([]);
  });

  it('is the same for the same data', () => {
    expect(reportPage(DATA)).toBe(reportPage(DATA));
  });
});
