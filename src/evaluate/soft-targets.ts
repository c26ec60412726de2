import { leaveOutOwn } from '../experts/leave-out-own.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { withoutSequences } from '../model/without-sequences.ts';
import { createPredictor } from '../predict/create-predictor.ts';
import type { Predictor } from '../predict/predictor.ts';
import { stepAt } from '../record/episode.ts';
import type { Episode } from '../record/episode.ts';
import { LastPlayer } from './last-player.ts';

const CHARACTER = 'taught';

/**
 * What a student learns from a teacher: at each step of each episode the distribution [steps, A]
 *
 *     share * (the teacher's probabilities of the next action) + (1 - share) * (the actual action)
 *
 * so that cross-entropy against it is the same mix of the teacher's and the action's (Hinton et al.
 * 2015, at temperature 1). The teacher sees what it would see in play: the steps so far, and experts
 * that never counted the current session, although its network may have learned from it. Rows of last
 * steps are the teacher's alone; nothing learns from them.
 *
 * @param share weight of the teacher, in [0, 1]
 */
export function softTargets(
  teacher: Checkpoint,
  episodes: readonly Episode[],
  share: number,
): Map<Episode, Float32Array> {
  const targets = new Map<Episode, Float32Array>();
  const teach = (some: readonly Episode[], experts: Checkpoint['experts']): void => {
    // The teacher's own sequences have the current session.
    const predictor = createPredictor({ ...withoutSequences(teacher), experts }, { memory: 1 });
    const lastPlayer = new LastPlayer();
    for (const episode of some) {
      if (lastPlayer.isSame(episode)) predictor.reset(CHARACTER);
      else predictor.remove(CHARACTER);
      targets.set(episode, targetsOf(predictor, episode, share));
    }
  };
  if (teacher.experts) leaveOutOwn(teacher.experts, episodes, teach);
  else teach(episodes, undefined);
  return targets;
}

function targetsOf(predictor: Predictor, episode: Episode, share: number): Float32Array {
  const size = predictor.checkpoint.spec.action.actions.length;
  const targets = new Float32Array(episode.length * size);
  for (let i = 0; i < episode.length; i++) {
    const { probabilities } = predictor.observe(CHARACTER, stepAt(episode, i));
    const known = i + 1 < episode.length ? share : 1;
    for (let action = 0; action < size; action++)
      targets[i * size + action] = known * probabilities[action];
    if (known < 1) targets[i * size + episode.actions[i + 1]] += 1 - known;
  }
  return targets;
}
