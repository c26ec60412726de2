import { ValueHistory } from '../dataset/value-history.ts';
import type { ValueColumn } from '../dataset/value-history.ts';
import { stepAt } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import type { NormalPart } from '../util/normal.ts';
import type { ScoredTarget, ValuePredictor } from './value-predictor.ts';

/**
 * Gives a predictor a distribution, measured on other data: the last value comes exactly again as often as there,
 * and else the value is normally distributed around the prediction, with the deviation of such values there,
 * which is at least a quarter of the resolution.
 */
export function withFixedSpread(
  predictor: ValuePredictor,
  training: readonly Episode[],
  targets: readonly (ScoredTarget & ValueColumn)[],
): ValuePredictor {
  const history = new ValueHistory(targets, 1);
  const expected = new Float64Array(targets.length);
  const spreads = measure();
  return {
    name: predictor.name,
    reset,
    next(step, out) {
      history.push(step.values);
      predictor.next(step, expected);
      out.set(expected);
    },
    distribution(target): NormalPart[] {
      const { repeats, deviation } = spreads[target];
      const last = history.last[target];
      if (Number.isNaN(last) || Number.isNaN(deviation)) return [];
      return [
        { weight: repeats, mean: last, deviation: 0 },
        { weight: 1 - repeats, mean: expected[target], deviation },
      ];
    },
  };

  function reset(): void {
    history.reset();
    predictor.reset();
  }

  function measure(): { repeats: number; deviation: number }[] {
    const sums = targets.map(() => ({ repeats: 0, squares: 0, count: 0 }));
    for (const episode of training) {
      reset();
      for (let i = 0; i < episode.length; i++) {
        const step = stepAt(episode, i);
        targets.forEach(({ column, resolution }, c) => {
          const [value, last] = [step.values[column], history.last[c]];
          if (!Number.isFinite(value) || Number.isNaN(last)) return;
          sums[c].count++;
          if (Math.abs(value - last) < resolution / 2) sums[c].repeats++;
          else sums[c].squares += (value - expected[c]) ** 2;
        });
        history.push(step.values);
        predictor.next(step, expected);
      }
    }
    return sums.map(({ repeats, squares, count }, c) => ({
      repeats: repeats / count,
      deviation:
        count > repeats
          ? Math.max(Math.sqrt(squares / (count - repeats)), targets[c].resolution / 4)
          : count
            ? targets[c].resolution / 4
            : NaN,
    }));
  }
}
