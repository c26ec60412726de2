import { describe, expect, it } from 'vitest';
import { modelPredictor } from '../../src/evaluate/model-predictor.ts';
import { softTargets } from '../../src/evaluate/soft-targets.ts';
import { withoutSessions } from '../../src/experts/expert-table.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { randomCheckpoint } from '../predict/checkpoint.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const set = habitualEpisodes({ sessions: 3, length: 20, seed: 1 });
const fresh = habitualEpisodes({ sessions: 1, length: 20, seed: 2 });
const teacher = randomCheckpoint(set, { seed: 1, model: { contexts: 3 } });

/** The rows of an episode. */
const rows = (targets: Float32Array): number[][] =>
  Array.from({ length: targets.length / 4 }, (_, i) => [...targets.subarray(4 * i, 4 * i + 4)]);

describe('soft targets', () => {
  it('mix the prediction of the teacher with the actual action', () => {
    const [episode] = fresh.episodes;
    const at = (share: number) => rows(softTargets(teacher, [episode], share).get(episode)!);
    const [label, half, soft] = [0, 0.5, 1].map(at);
    for (let i = 0; i + 1 < episode.length; i++)
      for (let action = 0; action < 4; action++) {
        expect(label[i][action]).toBe(action === episode.actions[i + 1] ? 1 : 0);
        expect(half[i][action]).toBeCloseTo((label[i][action] + soft[i][action]) / 2, 6);
      }
    for (const row of [...half, ...soft]) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  });

  it('come from a teacher whose experts and simple models never counted the session', () => {
    const targets = softTargets(teacher, set.episodes, 1);
    const trainedOn = { ...teacher.trainedOn, actions: [] };
    let session = '';
    let predictor = modelPredictor(teacher);
    for (const episode of set.episodes) {
      if (episode.session !== session) {
        ({ session } = episode);
        const experts = withoutSessions(teacher.experts!, new Set([session]));
        predictor = modelPredictor({ ...teacher, experts, trainedOn });
      }
      predictor.reset(episode);
      const out = new Float64Array(4);
      rows(targets.get(episode)!).forEach((row, i) => {
        predictor.next(stepAt(episode, i), out);
        row.forEach((share, action) => expect(share).toBeCloseTo(out[action], 6));
      });
    }
  });

  it('do not depend on later steps', () => {
    const [episode] = set.episodes;
    const actions = episode.actions.slice();
    for (let i = 11; i < actions.length; i++) actions[i] = (actions[i] + 1) % 4;
    const changed: Episode = { ...episode, actions };
    const [a, b] = [episode, changed].map((one) => softTargets(teacher, [one], 1).get(one)!);
    expect(a.subarray(0, 4 * 11)).toEqual(b.subarray(0, 4 * 11));
    expect(a.subarray(4 * 11)).not.toEqual(b.subarray(4 * 11));
  });
});
