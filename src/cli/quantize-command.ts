import { compareModels } from '../evaluate/compare-models.ts';
import { newestRows } from '../experts/expert-table.ts';
import { parseCheckpoint, serializeCheckpoint } from '../model/checkpoint-file.ts';
import { parameterLayout } from '../network/graph.ts';
import { PRECISIONS } from '../model/quantize.ts';
import { weightError } from '../model/weight-error.ts';
import { requireSameSpec } from '../record/spec.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import {
  readBytes,
  readCsvSpec,
  readModel,
  readRecordings,
  requireOtherFile,
  requireWritable,
  writeBytes,
} from './files.ts';
import { comparisonTable, leftOutLines, scoredCount } from './report-table.ts';
import { scoredEpisodes } from './scored-episodes.ts';
import { alignTable, byteSize, countOf, percent } from './table.ts';

/** `foresight quantize`. Saves the small model. */
export const quantizeCommand = command({
  name: 'quantize',
  summary: 'save it in a smaller file, and report the loss',
  about: `
Saves the model in a smaller file that is used like any other: its weights in fewer bits, and the steps
that its experts count packed without loss. Reports how much the weights changed and, with data, the
effect on predictions of steps that the model was not trained on.`,
  example: 'foresight quantize model.safetensors --to int8 --data games.jsonl',
  positionals: { model: { about: 'one model (recordings go after --data)' } },
  options: {
    to: {
      kind: 'choice',
      of: PRECISIONS,
      required: true,
      help: 'int8: whole numbers and a scale for each row of a matrix; float16; or float32, which does not change the weights',
    },
    out: {
      kind: 'text',
      value: 'file',
      otherwise: '<model>.<precision>.safetensors',
      help: 'where to save it',
    },
    data: {
      kind: 'texts',
      value: 'files',
      help: 'score the model before and after on these episodes. Put it last, or repeat it',
    },
    all: COMMON_OPTIONS.all,
    experts: {
      kind: 'whole',
      min: 0,
      max: 2 ** 31 - 1,
      otherwise: 'all',
      help: 'keep only the newest n steps that the experts count. Small n make predictions noticeably worse: check with --data',
    },
    spec: COMMON_OPTIONS.spec,
    force: { kind: 'flag', help: 'allow --out to be the model itself' },
    json: {
      kind: 'flag',
      help: 'print one JSON object: "bytes" and the steps of the "experts" before and after, the absolute error of the "weights" (max, mean; relative: root mean square divided by that of the weights), and with data "scores" as in evaluate',
    },
  },

  async run({ model, options }) {
    const { to, data } = options;
    const out = options.out ?? `${model.replace(/\.safetensors$/, '')}.${to}.safetensors`;
    requireOtherFile(out, [model, ...data], options.force);
    requireWritable(out);
    const before = readModel(model);
    const { experts } = before;
    const cut =
      experts && options.experts !== undefined
        ? { ...before, experts: newestRows(experts, options.experts) }
        : before;
    const bytes = serializeCheckpoint(cut, { precision: to, packed: true });
    // Scores the model as stored in the file.
    const after = parseCheckpoint(bytes, out);
    const recordings = data.length ? await readRecordings(data, readCsvSpec(options.spec)) : null;
    if (recordings) requireSameSpec(recordings.spec, before.spec, 'The model');
    const scored = recordings && scoredEpisodes(before, recordings, options);
    const result = {
      model,
      out,
      to,
      bytes: { before: readBytes(model).length, after: bytes.length },
      experts: experts && {
        before: experts.next.length,
        after: after.experts?.next.length ?? 0,
      },
      weights: weightError(before.weights, after.weights, parameterLayout(before.shape)),
      scores: scored && {
        report: compareModels({ before, after }, scored.episodes),
        sessions: sessionsOf(scored.episodes).length,
        excludedSessions: scored.excludedSessions,
      },
    };
    writeBytes(out, bytes);
    return result;
  },
  json({ scores, ...result }) {
    if (!scores) return result;
    const { report, ...about } = scores;
    const { predictions, rows, intervals } = report;
    return { ...result, scores: { predictions, ...about, rows, intervals } };
  },
  text({ out, to, bytes, experts, weights, scores }) {
    const errors = [weights.max, weights.mean, weights.relative];
    const lines = [
      `Saved ${out}: weights in ${to}, ${byteSize(bytes.after)}, ${percent(bytes.after / bytes.before)} of ${byteSize(bytes.before)}.`,
    ];
    if (experts && experts.after < experts.before)
      lines.push(
        `Its experts count the newest ${countOf(experts.after, 'step')} of ${experts.before.toLocaleString('en')}.`,
      );
    lines.push(
      '',
      alignTable([
        ['error of the weights', 'greatest', 'mean', 'relative'],
        [`in ${weights.worst}`, ...errors.map((error) => error.toPrecision(3))],
      ]),
    );
    if (scores)
      lines.push(
        '',
        comparisonTable(scores.report, bytes),
        `${scoredCount(scores.report)} of ${countOf(scores.sessions, 'session')} predicted.`,
        ...leftOutLines(scores.excludedSessions),
      );
    return lines.join('\n');
  },
});
