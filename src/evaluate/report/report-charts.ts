import { EXPERT_KINDS } from '../../experts/expert-kinds.ts';
import { contextName } from '../../experts/symbol-source.ts';
import type { Checkpoint } from '../../model/checkpoint.ts';
import { ENGLISH } from '../../predict/explanation-words.ts';
import { createPredictor } from '../../predict/create-predictor.ts';
import { stepAt } from '../../record/episode.ts';
import type { Episode } from '../../record/episode.ts';
import type { ExpertWeights, ReportData } from './report-data.ts';

/** Pairs of a continuous target at most, about; of more steps, every n-th. */
export const CONTINUOUS_PAIRS = 500;

const CHARACTER = 'evaluated';

/**
 * What a page shows of the frozen model besides its scores: how much it relies on each expert, where it
 * has some, and pairs of actual and predicted values, where it has continuous targets. Runs it over the
 * episodes once more.
 */
export function reportCharts(
  checkpoint: Checkpoint,
  episodes: readonly Episode[],
): Pick<ReportData, 'expertWeights' | 'continuous'> {
  const { spec, statistics, model } = checkpoint;
  const predictor = createPredictor(checkpoint, { memory: 1 });
  const weights = new WeightMeans(expertNames(checkpoint));
  const targets = model.continuous.map((name) => ({
    name,
    column: statistics.fields.findIndex((field) => field.name === name),
    actual: [] as number[],
    predicted: [] as number[],
  }));
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  const every = Math.ceil(steps / CONTINUOUS_PAIRS) || 1;
  let count = 0;
  for (const episode of episodes) {
    const { length, ticks, columns } = episode;
    predictor.remove(CHARACTER);
    for (let i = 0; i + 1 < length; i++) {
      const { values } = predictor.observe(CHARACTER, stepAt(episode, i));
      const minute = Math.floor((ticks[i + 1] - ticks[0]) / spec.tickRate / 60);
      weights.add(minute, predictor.expertWeights(CHARACTER));
      if (count++ % every) continue;
      for (const { name, column, actual, predicted } of targets) {
        const next = columns[column][i + 1];
        if (!Number.isFinite(next)) continue;
        actual.push(next);
        predicted.push(values[name]);
      }
    }
  }
  return {
    expertWeights: weights.means(),
    continuous: targets.map(({ name, actual, predicted }) => ({ name, actual, predicted })),
  };
}

/** Whom each expert watched and what it looks at, for example "players: action + hurt". */
function expertNames({ experts, spec }: Checkpoint): string[] {
  if (!experts) return [];
  const { plan } = experts;
  const names = plan.contexts.map((context) => contextName(context, plan, spec));
  return EXPERT_KINDS.flatMap((kind) =>
    names.map((name) => `${ENGLISH.kinds[kind.name]}: ${name}`),
  );
}

/** Adds up the weights of experts by minute. */
class WeightMeans {
  readonly #names: readonly string[];
  readonly #minutes = new Map<number, { readonly sums: Float64Array; count: number }>();

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  add(minute: number, weights: Float32Array | null): void {
    if (!weights) return;
    let at = this.#minutes.get(minute);
    if (!at) this.#minutes.set(minute, (at = { sums: new Float64Array(weights.length), count: 0 }));
    at.count++;
    for (let k = 0; k < weights.length; k++) at.sums[k] += weights[k];
  }

  /** Ascending by minute. */
  means(): ExpertWeights[] {
    const minutes = [...this.#minutes].sort(([a], [b]) => a - b);
    return minutes.map(([minute, { sums, count }]) => ({
      minute,
      weights: Object.fromEntries(this.#names.map((name, k) => [name, sums[k] / count])),
    }));
  }
}
