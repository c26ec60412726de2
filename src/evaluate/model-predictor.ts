import type { Checkpoint } from '../model/checkpoint.ts';
import { Predictor } from '../predict/predictor.ts';
import type { PredictorOptions } from '../predict/predictor.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

const CHARACTER = 'evaluated';

export interface ModelRowOptions extends Pick<PredictorOptions, 'blend'> {
  /** Of the row; `model` unless given. */
  readonly name?: string;
}

/**
 * The checkpoint as a row of a report, streamed over whole episodes: the network is frozen, and its
 * experts know nothing of a player at the start of an episode.
 */
export function modelPredictor(
  checkpoint: Checkpoint,
  { name = 'model', ...options }: ModelRowOptions = {},
): SequencePredictor {
  const predictor = new Predictor(checkpoint, { ...options, memory: 1 });
  return {
    name,
    reset() {
      predictor.remove(CHARACTER);
    },
    next(step, out) {
      const { probabilities } = predictor.observe(CHARACTER, step);
      out.set(probabilities);
    },
    get timeProbabilities() {
      return predictor.prediction(CHARACTER)?.timeProbabilities;
    },
  };
}
