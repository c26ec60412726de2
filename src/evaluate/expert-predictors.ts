import { ExpertFollower, followerOptions } from '../experts/expert-follower.ts';
import { ExpertMixer } from '../experts/expert-mixer.ts';
import type { ExpertTable } from '../experts/expert-table.ts';
import { expertCount } from '../experts/symbol-source.ts';
import { GrowingTable } from '../experts/growing-table.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { votedEdges } from '../network/shape.ts';
import { LastPlayer } from './last-player.ts';
import type { SequencePredictor } from './sequence-predictor.ts';

/**
 * The checkpoint's experts without its network, as a row of a report. The weights of the mix were
 * fitted in training and keep learning at every step, as do the counts of this player; those of the
 * population learn a session at its end.
 */
export function mixPredictor(checkpoint: Checkpoint, experts: ExpertTable): SequencePredictor {
  const { spec, shape, statistics } = checkpoint;
  const growing = new GrowingTable(experts, statistics);
  const mix = (): ExpertMixer =>
    new ExpertMixer({
      experts: expertCount(experts.plan),
      actions: spec.action.actions.length,
      weights: experts.mixer,
    });
  let mixer = mix();
  const follow = (): ExpertFollower =>
    new ExpertFollower(followerOptions(spec, growing.table, votedEdges(shape, statistics)));
  let follower = follow();
  let begun = false;
  const lastPlayer = new LastPlayer();
  let session: string | undefined;
  return {
    name: 'ngram-mix',
    reset(next) {
      if (session !== undefined && next?.session !== session) growing.endSession(session);
      session = next?.session;
      growing.reset();
      if (lastPlayer.isSame(next)) follower.reset();
      else {
        follower = follow();
        mixer = mix();
      }
      begun = false;
    },
    next(step, out) {
      if (begun) mixer.learn(follower, step.action);
      begun = true;
      follower.observe(step);
      growing.push(step);
      out.set(mixer.mix(follower));
    },
  };
}
