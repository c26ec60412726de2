import { GrowingTable } from '../experts/growing-table.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import type { OnlineOptions } from '../model/online-options.ts';
import { createPredictor } from '../predict/create-predictor.ts';
import type { Step } from '../record/episode.ts';
import { LocalLearner } from '../train/local-learner.ts';
import type { Replay } from '../train/replay.ts';
import { LastPlayer } from './last-player.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

const CHARACTER = 'evaluated';

/**
 * The whole checkpoint as it works in play, as a row of a report. Every few steps the network makes a
 * small update on the newest steps mixed with older sessions. The player's counts learn at every step,
 * those of the population at the end of a session.
 */
export function adaptivePredictor(
  checkpoint: Checkpoint,
  replay: Replay,
  options: OnlineOptions = {},
): SequencePredictor {
  const { statistics, experts } = checkpoint;
  const learner = new LocalLearner(checkpoint, replay, options);
  const predictor = createPredictor(checkpoint);
  const growing = experts ? new GrowingTable(experts, statistics) : null;
  const lastPlayer = new LastPlayer();
  let session: string | undefined;

  return {
    name: 'model-adaptive',
    reset(next) {
      if (lastPlayer.isSame(next)) predictor.reset(CHARACTER);
      else predictor.remove(CHARACTER);
      if (session !== undefined && next?.session !== session && growing?.endSession(session))
        predictor.swap({ ...predictor.checkpoint, experts: growing.table });
      session = next?.session;
      growing?.reset();
      learner.reset(CHARACTER);
    },
    next(step: Step, out) {
      const { probabilities } = predictor.observe(CHARACTER, step);
      growing?.push(step);
      const weights = learner.observe(CHARACTER, step, predictor.experts(CHARACTER));
      if (weights) predictor.swap({ ...predictor.checkpoint, weights });
      out.set(predictor.prediction(CHARACTER)?.probabilities ?? probabilities);
    },
    get timeProbabilities() {
      return predictor.prediction(CHARACTER)?.timeProbabilities;
    },
  };
}
