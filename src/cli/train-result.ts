import type { Split } from '../dataset/split.ts';
import { bestBaseline } from '../evaluate/baselines.ts';
import type { ContinuousReport } from '../evaluate/continuous.ts';
import type { EvaluationReport } from '../evaluate/evaluate.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { parameterLayout } from '../network/graph.ts';
import { sessionsOf } from '../record/sessions-of.ts';
import type { EngineName } from '../train/backend.ts';
import { continuousText } from './continuous-text.ts';
import { modelSize } from './network-text.ts';
import { reportTable, scoredCount } from './report-table.ts';
import { countOf, duration, stepsOf } from './table.ts';

/** What `foresight train` did. */
export interface TrainResult {
  readonly out: string;
  readonly engine: EngineName;
  readonly seconds: number;
  readonly cancelled: boolean;
  readonly checkpoint: Checkpoint;
  readonly split: Split;
  /** Null when nothing was set aside, or the actions never change. */
  readonly test: EvaluationReport | null;
  /** Null without continuous targets. */
  readonly continuous: ContinuousReport | null;
}

export function trainJson({ checkpoint, split, continuous, ...result }: TrainResult): object {
  return {
    ...result,
    seconds: Math.round(result.seconds * 10) / 10,
    epochs: checkpoint.metrics.epochs,
    parameters: parameterLayout(checkpoint.shape).length,
    metrics: checkpoint.metrics,
    split: {
      trainSessions: sessionsOf(split.train),
      testSessions: sessionsOf(split.heldOut),
      trainEpisodes: split.train.length,
      testEpisodes: split.heldOut.length,
      trainSteps: stepsOf(split.train),
      testSteps: stepsOf(split.heldOut),
    },
    ...(continuous && { continuous }),
  };
}

export function trainText(result: TrainResult): string {
  const { out, engine, cancelled, checkpoint, split, test, continuous } = result;
  const { metrics } = checkpoint;
  // Without held-out sessions no epoch is known to be the best: the last one is saved.
  const best = metrics.heldOutLoss === undefined ? '' : 'best ';
  const saved = cancelled ? `Stopped early; the ${best}model so far is saved in` : 'Saved';
  const lines = [
    `${saved} ${out}: ${modelSize(checkpoint.shape)}, ${best && `${best}of `}${countOf(metrics.epochs, 'epoch')}, ${duration(result.seconds)} on the engine ${engine}.`,
    `Trained on ${countOf(stepsOf(split.train), 'step')} of ${countOf(sessionsOf(split.train).length, 'session')}.`,
  ];
  if (test)
    lines.push(
      `Test on ${scoredCount(test)} of ${countOf(sessionsOf(split.heldOut).length, 'session')} that the training never saw:`,
      '',
      reportTable(test, [
        'majority',
        bestBaseline(test)!.name,
        'ngram-mix',
        'model',
        'model-adaptive',
      ]),
    );
  else if (!continuous)
    lines.push(
      'Not tested: nothing was set aside. Score it on other recordings with foresight evaluate.',
    );
  if (continuous) lines.push('', continuousText(continuous));
  return lines.join('\n');
}
