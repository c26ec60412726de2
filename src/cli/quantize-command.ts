import { compareModels } from '../evaluate/compare-models.ts';
import type { EvaluationReport } from '../evaluate/evaluation-report.ts';
import { leaveOutTrained } from '../evaluate/leave-out-trained.ts';
import { newestRows } from '../experts/expert-table.ts';
import { parseCheckpoint, serializeCheckpoint } from '../model/checkpoint-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { parameterLayout } from '../model/network-shape.ts';
import type { Precision } from '../model/quantize.ts';
import { PRECISIONS } from '../model/quantize.ts';
import { weightError } from '../model/weight-error.ts';
import type { WeightError } from '../model/weight-error.ts';
import type { CsvSpec } from '../record/csv-spec.ts';
import { requireSameSpec } from '../record/spec.ts';
import { ForesightError } from '../util/error.ts';
import {
  readBytes,
  readCsvSpec,
  readModel,
  readRecordings,
  requireOtherFile,
  requireWritable,
  writeBytes,
} from './files.ts';
import { parseArguments, spreadFiles } from './parse-arguments.ts';
import { comparisonTable } from './report-table.ts';
import { alignTable, byteSize, countOf, percent } from './table.ts';
import { UsageError } from './usage-error.ts';

const EXAMPLE = 'foresight quantize model.safetensors --to int8';

/** `foresight quantize`. Saves the small model and returns the text to print. */
export async function quantizeCommand(args: readonly string[]): Promise<string> {
  const { options, files } = parseArguments(spreadFiles(args, '--data', 1), {
    to: { kind: 'choice', of: PRECISIONS },
    out: { kind: 'text' },
    data: { kind: 'texts' },
    experts: { kind: 'number', min: 0, max: 2 ** 31 - 1, whole: true },
    spec: { kind: 'text' },
    all: { kind: 'flag' },
    force: { kind: 'flag' },
    json: { kind: 'flag' },
  });
  const [path, ...more] = files;
  const to = PRECISIONS.find((precision) => precision === options.to);
  if (!path || more.length)
    throw new UsageError(
      `quantize needs one model and got ${files.length || 'none'}. Recordings go after --data. Write: ${EXAMPLE}`,
    );
  if (!to)
    throw new UsageError(
      `quantize needs a precision: add --to int8 or --to float16. Write: ${EXAMPLE}`,
    );
  const out = options.out ?? `${path.replace(/\.safetensors$/, '')}.${to}.safetensors`;
  requireOtherFile(out, [path, ...options.data], options.force);
  requireWritable(out);
  const before = readModel(path);
  const { experts } = before;
  const cut =
    experts && options.experts !== undefined
      ? { ...before, experts: newestRows(experts, options.experts) }
      : before;
  const bytes = serializeCheckpoint(cut, { precision: to, packed: true });
  // Scores the model as stored in the file.
  const after = parseCheckpoint(bytes, out);
  const scores = await score(before, after, {
    paths: options.data,
    csv: readCsvSpec(options.spec),
    all: options.all,
  });
  const result: QuantizeResult = {
    model: path,
    out,
    to,
    bytes: { before: readBytes(path).length, after: bytes.length },
    experts: experts && {
      before: experts.next.length,
      after: after.experts?.next.length ?? 0,
    },
    weights: weightError(before.weights, after.weights, parameterLayout(before.shape)),
    scores,
  };
  writeBytes(out, bytes);
  return options.json ? JSON.stringify(resultJson(result)) : resultText(result);
}

interface Scores {
  readonly report: EvaluationReport;
  readonly sessions: number;
  readonly excludedSessions: readonly string[];
}

interface QuantizeResult {
  readonly model: string;
  readonly out: string;
  readonly to: Precision;
  readonly bytes: { readonly before: number; readonly after: number };
  /** Steps in the table of the population's experts, where there are some. */
  readonly experts?: { readonly before: number; readonly after: number };
  readonly weights: WeightError;
  /** Null without data. */
  readonly scores: Scores | null;
}

interface ScoreOptions {
  readonly paths: readonly string[];
  readonly csv?: CsvSpec;
  /** Also scores sessions that the model was trained on. */
  readonly all: boolean;
}

async function score(
  before: Checkpoint,
  after: Checkpoint,
  { paths, csv, all }: ScoreOptions,
): Promise<Scores | null> {
  if (!paths.length) return null;
  const recordings = await readRecordings(paths, csv);
  requireSameSpec(recordings.spec, before.spec, 'The model');
  const unseen = leaveOutTrained(before, recordings.episodes);
  const episodes = all ? recordings.episodes : unseen.episodes;
  if (!episodes.length)
    throw new ForesightError(
      'bad-data',
      `The model was trained on every session of ${paths.join(', ')}, so its scores on them would be too good. Give other recordings, or --all to score these anyway.`,
    );
  return {
    report: compareModels({ before, after }, episodes),
    sessions: new Set(episodes.map(({ session }) => session)).size,
    excludedSessions: all ? [] : unseen.excludedSessions,
  };
}

function resultJson({ scores, ...result }: QuantizeResult): object {
  return {
    ...result,
    ...(scores && {
      scores: {
        predictions: scores.report.predictions,
        sessions: scores.sessions,
        excludedSessions: scores.excludedSessions,
        rows: scores.report.rows,
        intervals: scores.report.intervals,
      },
    }),
  };
}

function resultText({ out, to, bytes, experts, weights, scores }: QuantizeResult): string {
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
      [
        `in ${weights.worst}`,
        weights.max.toPrecision(3),
        weights.mean.toPrecision(3),
        weights.relative.toPrecision(3),
      ],
    ]),
  );
  if (scores)
    lines.push(
      '',
      comparisonTable(scores.report, { before: bytes.before, after: bytes.after }),
      `${countOf(scores.report.predictions, scores.report.scored === 'changes' ? 'action change' : 'step')} of ${countOf(scores.sessions, 'session')} predicted.`,
    );
  if (scores?.excludedSessions.length)
    lines.push(
      `${countOf(scores.excludedSessions.length, 'session')} left out because the model was trained on ${scores.excludedSessions.length === 1 ? 'it' : 'them'} (--all scores all).`,
    );
  return lines.join('\n');
}
