import type { SymbolOf } from '../experts/category-ngram.ts';
import type { SimpleModel } from '../experts/simple-model.ts';
import { LONGEST_HISTORY } from '../experts/simple-models.ts';
import type { Step } from '../record/episode.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

export interface SimplePredictorOptions {
  /** Whether it learns from every step it is given, across episodes, as it does in play (`Safeguard`). */
  readonly learns?: boolean;
  /** Makes the symbols of the model's histories. Default: actions. */
  readonly symbolOf?: SymbolOf;
}

/** A simple model as a row of a report. */
export function simplePredictor(
  name: string,
  model: SimpleModel,
  { learns = false, symbolOf = ({ action }) => action }: SimplePredictorOptions = {},
): SequencePredictor {
  let history: number[] = [];
  return {
    name,
    reset() {
      history = [];
    },
    next(step: Step, out: Float64Array) {
      if (learns) model.learn(history, step.action);
      if (history.length === LONGEST_HISTORY) history.shift();
      history.push(symbolOf(step));
      model.probabilities(history, out);
      return model.guess?.(history);
    },
  };
}
