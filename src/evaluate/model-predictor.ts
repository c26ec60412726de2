import type { Checkpoint } from '../model/checkpoint.ts';
import { Predictor } from '../predict/predictor.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

const CHARACTER = 'evaluated';

/** The checkpoint's network as a row of a report: frozen, streamed over whole episodes. */
export function modelPredictor(checkpoint: Checkpoint): SequencePredictor {
  const predictor = new Predictor(checkpoint, { memory: 1 });
  return {
    name: 'model',
    reset() {
      predictor.reset(CHARACTER);
    },
    next(step, out) {
      const { probabilities } = predictor.observe(CHARACTER, step);
      out.set(probabilities);
    },
  };
}
