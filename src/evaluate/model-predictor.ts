import type { Checkpoint } from '../model/checkpoint.ts';
import { Predictor } from '../predict/predictor.ts';
import type { PredictorOptions } from '../predict/predictor.ts';
import { PlayerTurns } from './player-turns.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

const CHARACTER = 'evaluated';

export interface ModelRowOptions extends Pick<PredictorOptions, 'blend'> {
  /** Of the row; `model` unless given. */
  readonly name?: string;
}

/**
 * The checkpoint as a row of a report, streamed over whole episodes: the network is frozen, and its
 * experts know of a player what he did in his earlier episodes of the session.
 */
export function modelPredictor(
  checkpoint: Checkpoint,
  { name = 'model', ...options }: ModelRowOptions = {},
): SequencePredictor {
  const predictor = new Predictor(checkpoint, { ...options, memory: 1 });
  const players = new PlayerTurns();
  return {
    name,
    reset(next) {
      if (players.isSame(next)) predictor.reset(CHARACTER);
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
