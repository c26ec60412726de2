import { splitBySession } from '../dataset/split.ts';
import { compareModels } from '../evaluate/compare-models.ts';
import type { EvaluationReport } from '../evaluate/evaluation-report.ts';
import { softTargets } from '../evaluate/soft-targets.ts';
import { parseCheckpoint, serializeCheckpoint } from '../model/checkpoint-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { parameterLayout } from '../model/network-shape.ts';
import { PRECISIONS } from '../model/quantize.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { ForesightError } from '../util/error.ts';
import type { EngineName } from '../train/backend.ts';
import { localBackends } from '../train/local-engine.ts';
import {
  readBytes,
  readCsvSpec,
  readModel,
  readRecordings,
  requireOtherFile,
  requireWritable,
  writeBytes,
} from './files.ts';
import { networkText } from './network-text.ts';
import { parseArguments } from './parse-arguments.ts';
import { comparisonTable } from './report-table.ts';
import { byteSize, countOf, duration } from './table.ts';
import { LOCAL_ENGINES, runTraining } from './train-command.ts';
import type { TrainCommandResult } from './train-command.ts';
import { UsageError } from './usage-error.ts';

export const DISTILL_DEFAULTS = {
  units: 16,
  layers: 1,
  alpha: 0.7,
  seed: 1,
  testFraction: 0.2,
} as const;

const EXAMPLE =
  'foresight distill model.safetensors games.jsonl --units 16 --out small.safetensors';
/** The upper limit of ModelConfig. */
const MOST_CONTEXTS = 16;

/** `foresight distill`. Saves the student and returns the text to print. */
export async function distillCommand(
  args: readonly string[],
  progress: NodeJS.WritableStream,
): Promise<TrainCommandResult> {
  const { options, files } = parseArguments(args, {
    out: { kind: 'text' },
    units: { kind: 'number', min: 1, max: 1024, whole: true },
    layers: { kind: 'number', min: 1, max: 3, whole: true },
    'feed-forward': { kind: 'number', min: 0, max: 1024, whole: true },
    contexts: { kind: 'text' },
    alpha: { kind: 'number', min: 0, max: 1, whole: false },
    to: { kind: 'choice', of: PRECISIONS },
    epochs: { kind: 'number', min: 1, max: 10_000, whole: true },
    dropout: { kind: 'number', min: 0, max: 0.99, whole: false },
    seed: { kind: 'number', min: 0, max: 2 ** 32 - 1, whole: true },
    'test-fraction': { kind: 'number', min: 0, max: 0.9, whole: false },
    engine: { kind: 'choice', of: LOCAL_ENGINES },
    spec: { kind: 'text' },
    force: { kind: 'flag' },
    json: { kind: 'flag' },
  });
  const [path, ...paths] = files;
  if (!path || !paths.length)
    throw new UsageError(
      `distill needs a model and at least one file of episodes, and got ${path ? `only "${path}"` : 'neither'}. Write: ${EXAMPLE}`,
    );
  const { out } = options;
  if (!out)
    throw new UsageError(`distill needs to know where to save the student. Write: ${EXAMPLE}`);
  requireOtherFile(out, files, options.force);
  requireWritable(out);
  const teacher = readModel(path);
  const teacherBytes = readBytes(path).length;
  const recordings = await readRecordings(paths, readCsvSpec(options.spec));
  requireSameSpec(recordings.spec, teacher.spec, `The model "${path}"`);
  const seed = options.seed ?? DISTILL_DEFAULTS.seed;
  const fraction = options['test-fraction'] ?? DISTILL_DEFAULTS.testFraction;
  const { train: taught, heldOut } = splitForStudent(teacher, recordings.episodes, {
    fraction,
    seed,
  });
  if (!taught.length)
    throw new ForesightError(
      'bad-data',
      'There is no episode to learn from: the files are empty or everything in them is marked "do not learn". Give recordings of play.',
    );
  const units = options.units ?? DISTILL_DEFAULTS.units;
  const model = {
    ...teacher.model,
    units,
    // Shrunk by the same factor as the recurrent network.
    feedForward:
      options['feed-forward'] ??
      Math.ceil((teacher.model.feedForward * units) / teacher.model.units),
    layers: options.layers ?? DISTILL_DEFAULTS.layers,
    contexts: readContexts(options.contexts, teacher),
  };
  const { epochs, dropout } = options;
  const training = {
    ...teacher.training,
    ...(epochs !== undefined && { epochs }),
    ...(dropout !== undefined && { dropout }),
    seed,
  };
  const createBackend = localBackends(LOCAL_ENGINES.find((name) => name === options.engine));
  const precision = PRECISIONS.find((name) => name === options.to) ?? 'float32';
  const learn = async (targets?: ReadonlyMap<Episode, Float32Array>): Promise<Student> => {
    const began = performance.now();
    const { checkpoint, cancelled, engine } = await runTraining(progress, {
      spec: recordings.spec,
      episodes: taught,
      model,
      training,
      teacher: { checkpoint: teacher, targets },
      createBackend,
      files: paths,
    });
    const bytes = serializeCheckpoint(checkpoint, { precision, packed: true });
    const seconds = (performance.now() - began) / 1000;
    return { checkpoint: parseCheckpoint(bytes, out), bytes, cancelled, engine, seconds };
  };
  const alpha = options.alpha ?? DISTILL_DEFAULTS.alpha;
  const student = await learn(softTargets(teacher, taught, alpha));
  writeBytes(out, student.bytes);
  const isTested = !student.cancelled && heldOut.some(({ length }) => length > 1);
  const plain = isTested ? await learn() : null;
  const report = plain?.cancelled
    ? null
    : plain &&
      compareModels({ teacher, plain: plain.checkpoint, student: student.checkpoint }, heldOut);
  const result: DistillResult = {
    out,
    engine: student.engine,
    alpha,
    seconds: Math.round(student.seconds * 10) / 10,
    checkpoint: student.checkpoint,
    bytes: { teacher: teacherBytes, plain: plain?.bytes.length, student: student.bytes.length },
    trainSessions: sessionsOf(taught),
    testSessions: sessionsOf(heldOut),
    report,
  };
  return {
    text: options.json ? JSON.stringify(resultJson(result)) : resultText(result),
    exitCode: student.cancelled || plain?.cancelled ? 130 : 0,
  };
}

interface Student {
  /** As stored in its file. */
  readonly checkpoint: Checkpoint;
  readonly bytes: Uint8Array;
  readonly cancelled: boolean;
  readonly engine: EngineName;
  readonly seconds: number;
}

interface DistillResult {
  readonly out: string;
  readonly engine: EngineName;
  readonly alpha: number;
  readonly seconds: number;
  readonly checkpoint: Checkpoint;
  readonly bytes: { readonly teacher: number; readonly plain?: number; readonly student: number };
  readonly trainSessions: readonly string[];
  readonly testSessions: readonly string[];
  /** Null when nothing was set aside, or the training was stopped. */
  readonly report: EvaluationReport | null;
}

/**
 * The student learns from sessions that the teacher learned from; the others test both. If the teacher
 * learned from none of them, some are drawn for the test; if from all, there is no test.
 */
function splitForStudent(
  { trainedOn }: Checkpoint,
  episodes: readonly Episode[],
  options: { readonly fraction: number; readonly seed: number },
): { train: Episode[]; heldOut: Episode[] } {
  const known = new Set(trainedOn.sessions);
  const learned = episodes.filter(({ session, learn }) => learn && known.has(session));
  if (!learned.length) return splitBySession(episodes, options);
  return {
    train: learned,
    heldOut: episodes.filter(({ session, learn }) => learn && !known.has(session)),
  };
}

function readContexts(text: string | undefined, { model }: Checkpoint): number {
  if (text === undefined || text === 'keep') return model.contexts;
  const contexts = text.trim() ? Number(text) : NaN;
  if (Number.isInteger(contexts) && contexts >= 0 && contexts <= MOST_CONTEXTS) return contexts;
  throw new UsageError(
    `--contexts is "${text}". Give "keep", or a whole number from 0 to ${MOST_CONTEXTS}.`,
  );
}

function resultJson({ report, checkpoint, ...result }: DistillResult): object {
  return {
    ...result,
    parameters: parameterLayout(checkpoint.shape).length,
    metrics: checkpoint.metrics,
    predictions: report?.predictions ?? 0,
    rows: report?.rows ?? [],
    intervals: report?.intervals ?? [],
  };
}

function resultText(result: DistillResult): string {
  const { out, engine, checkpoint, bytes, report, testSessions, trainSessions, seconds } = result;
  const network = `${networkText(checkpoint.shape)}, ${countOf(parameterLayout(checkpoint.shape).length, 'weight')}`;
  const lines = [
    `Saved ${out}: ${network}, ${byteSize(bytes.student)}, ${duration(seconds)} on the engine ${engine}.`,
    `Taught on ${countOf(trainSessions.length, 'session')}, with a share of ${result.alpha} for the teacher.`,
  ];
  if (!report) lines.push('Not tested: no session was set aside, or the training was stopped.');
  else
    lines.push(
      '',
      comparisonTable(report, {
        teacher: bytes.teacher,
        student: bytes.student,
        ...(bytes.plain !== undefined && { plain: bytes.plain }),
      }),
      `${countOf(report.predictions, report.scored === 'changes' ? 'action change' : 'step')} of ${countOf(testSessions.length, 'session')} that none of them learned from; "plain" is the student without a teacher.`,
    );
  return lines.join('\n');
}
