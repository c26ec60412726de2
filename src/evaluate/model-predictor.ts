import type { Checkpoint } from '../model/checkpoint.ts';
import { createPredictor } from '../predict/create-predictor.ts';
import type { PredictorOptions } from '../predict/predictor.ts';
import { LastPlayer } from './last-player.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

const CHARACTER = 'evaluated';

export interface ModelRowOptions extends Pick<PredictorOptions, 'blend'> {
  /** Name of the row; `model` unless given. */
  readonly name?: string;
}

/**
 * The checkpoint as a row of a report, streamed over whole episodes: the network is frozen, and its
 * experts remember the player's earlier episodes of the session.
 */
export function modelPredictor(
  checkpoint: Checkpoint,
  { name = 'model', ...options }: ModelRowOptions = {},
): SequencePredictor {
  const predictor = createPredictor(checkpoint, { ...options, memory: 1 });
  const lastPlayer = new LastPlayer();
  return {
    name,
    reset(next) {
      if (lastPlayer.isSame(next)) predictor.reset(CHARACTER);
      else predictor.remove(CHARACTER);
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
