import { splitBySession } from '../dataset/split.ts';
import type { Split } from '../dataset/split.ts';
import { compareModels } from '../evaluate/compare-models.ts';
import { softTargets } from '../evaluate/soft-targets.ts';
import { parseCheckpoint, serializeCheckpoint } from '../model/checkpoint-file.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { parameterLayout } from '../network/graph.ts';
import { PRECISIONS } from '../model/quantize.ts';
import type { Episode } from '../record/episode.ts';
import { requireSameSpec } from '../record/spec.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import { command } from './command.ts';
import { COMMON_OPTIONS, DEFAULT_SEED } from './common-options.ts';
import {
  readBytes,
  readCsvSpec,
  readModel,
  readRecordings,
  requireOtherFile,
  requireWritable,
  writeBytes,
} from './files.ts';
import { modelSize } from './network-text.ts';
import { comparisonTable, scoredCount } from './report-table.ts';
import { byteSize, countOf, duration } from './table.ts';
import { CANCELLED, requireEpisodes, runTraining } from './training.ts';

const TEACHERS = "as the teacher's training";

/** `foresight distill`. Saves the student. */
export const distillCommand = command({
  name: 'distill',
  summary: 'teach a smaller network what the model knows',
  about: `
Trains a smaller network (the student) on the predictions of the model (the teacher) at every step,
mixed with the actual actions. Sessions that the teacher was trained on serve for training; the others
are the test, where the teacher, the student and a student that learned from the actions alone are
compared. If all recordings are new to the teacher, a share of them is set aside for the test.

The student's file also lists the teacher's training data as its own.`,
  example: 'foresight distill model.safetensors games.jsonl --units 16 --out small.safetensors',
  positionals: {
    model: { about: 'a model' },
    files: { about: 'at least one file of episodes', many: true },
  },
  options: {
    out: { kind: 'text', value: 'file', required: true, help: 'where to save the student' },
    units: { ...COMMON_OPTIONS.units, default: 16 },
    'feed-forward': {
      ...COMMON_OPTIONS.feedForward,
      otherwise: 'shrunk by the same factor as the layers',
      help: 'units of the additional feed-forward network; 0 = none',
    },
    layers: { ...COMMON_OPTIONS.layers, default: 1 },
    contexts: {
      kind: 'whole',
      min: 0,
      // The upper limit of ModelConfig.
      max: 16,
      otherwise: "the teacher's experts",
      help: 'contexts of its n-gram experts; 0 = a network alone, whose file is the smallest',
    },
    alpha: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.7,
      help: 'weight of the teacher in the targets',
    },
    to: {
      kind: 'choice',
      of: PRECISIONS,
      default: 'float32',
      help: 'precision of the weights: see foresight help quantize',
    },
    epochs: { ...COMMON_OPTIONS.epochs, otherwise: TEACHERS },
    dropout: {
      kind: 'number',
      min: 0,
      max: 0.99,
      otherwise: TEACHERS,
      help: 'dropout of the student',
    },
    seed: { ...COMMON_OPTIONS.seed, default: DEFAULT_SEED },
    'test-fraction': {
      ...COMMON_OPTIONS.testFraction,
      help: 'share of the recordings that is set aside where all are new',
    },
    engine: COMMON_OPTIONS.engine,
    spec: COMMON_OPTIONS.spec,
    force: { kind: 'flag', help: 'allow --out to be the teacher itself' },
    json: {
      kind: 'flag',
      help: 'print one JSON object: "rows" and "intervals" as in evaluate, and "bytes"',
    },
  },

  async run({ model: path, files, options }, { progress }) {
    const { out, units, layers, seed, alpha, epochs, dropout } = options;
    requireOtherFile(out, [path, ...files], options.force);
    requireWritable(out);
    const teacher = readModel(path);
    const teacherBytes = readBytes(path).length;
    const recordings = await readRecordings(files, readCsvSpec(options.spec));
    requireSameSpec(recordings.spec, teacher.spec, `The model "${path}"`);
    const fraction = options['test-fraction'];
    const { train, heldOut } = splitForStudent(teacher, recordings.episodes, { fraction, seed });
    requireEpisodes(train);
    const { model: size } = teacher;
    const shrunk = Math.ceil((size.feedForward * units) / size.units);
    const learn = async (targets?: ReadonlyMap<Episode, Float32Array>) => {
      const began = performance.now();
      const { checkpoint, ...trained } = await runTraining(progress, {
        spec: recordings.spec,
        episodes: train,
        model: {
          ...size,
          units,
          layers,
          feedForward: options['feed-forward'] ?? shrunk,
          contexts: options.contexts ?? size.contexts,
        },
        training: {
          ...teacher.training,
          ...(epochs && { epochs }),
          ...(dropout !== undefined && { dropout }),
          seed,
        },
        teacher: { checkpoint: teacher, targets },
        engine: options.engine,
        files,
      });
      const bytes = serializeCheckpoint(checkpoint, { precision: options.to, packed: true });
      const seconds = (performance.now() - began) / 1000;
      // Scored as stored in its file.
      return { ...trained, checkpoint: parseCheckpoint(bytes, out), bytes, seconds };
    };
    const student = await learn(softTargets(teacher, train, alpha));
    writeBytes(out, student.bytes);
    const isTested = !student.cancelled && heldOut.some(({ length }) => length > 1);
    const plain = isTested ? await learn() : null;
    return {
      out,
      engine: student.engine,
      alpha,
      seconds: Math.round(student.seconds * 10) / 10,
      checkpoint: student.checkpoint,
      bytes: { teacher: teacherBytes, plain: plain?.bytes.length, student: student.bytes.length },
      trainSessions: sessionsOf(train),
      testSessions: sessionsOf(heldOut),
      cancelled: student.cancelled || plain?.cancelled === true,
      /** Null when nothing was set aside, or the training was stopped. */
      report:
        plain && !plain.cancelled
          ? compareModels(
              { teacher, plain: plain.checkpoint, student: student.checkpoint },
              heldOut,
            )
          : null,
    };
  },
  json: ({ report, checkpoint, ...result }) => ({
    ...result,
    parameters: parameterLayout(checkpoint.shape).length,
    metrics: checkpoint.metrics,
    predictions: report?.predictions ?? 0,
    rows: report?.rows ?? [],
    intervals: report?.intervals ?? [],
  }),
  text({ out, engine, checkpoint, bytes, report, ...result }) {
    const lines = [
      `Saved ${out}: ${modelSize(checkpoint.shape)}, ${byteSize(bytes.student)}, ${duration(result.seconds)} on the engine ${engine}.`,
      `Taught on ${countOf(result.trainSessions.length, 'session')}, with a share of ${result.alpha} for the teacher.`,
    ];
    if (!report) lines.push('Not tested: no session was set aside, or the training was stopped.');
    else
      lines.push(
        '',
        comparisonTable(report, bytes),
        `${scoredCount(report)} of ${countOf(result.testSessions.length, 'session')} that none of them learned from; "plain" is the student without a teacher.`,
      );
    return lines.join('\n');
  },
  exitCode: ({ cancelled }) => (cancelled ? CANCELLED : 0),
});

/**
 * The student learns from sessions that the teacher learned from; the others test both. If the teacher
 * learned from none of them, some are drawn for the test; if from all, there is no test.
 */
function splitForStudent(
  { trainedOn }: Checkpoint,
  episodes: readonly Episode[],
  options: { readonly fraction: number; readonly seed: number },
): Split {
  const known = new Set(trainedOn.sessions);
  const learned = episodes.filter(({ session, learn }) => learn && known.has(session));
  if (!learned.length) return splitBySession(episodes, options);
  return {
    train: learned,
    heldOut: episodes.filter(({ session, learn }) => learn && !known.has(session)),
  };
}
