import { beforeEach, describe, expect, it } from 'vitest';
import { ExpertBlend } from '../../src/experts/expert-blend.ts';
import { ExpertFollower, followerOptions } from '../../src/experts/expert-follower.ts';
import { EXPERTS_PER_CONTEXT, firstOfKind } from '../../src/experts/expert-kinds.ts';
import { ExpertMixer } from '../../src/experts/expert-mixer.ts';
import { fitExperts } from '../../src/experts/expert-table.ts';
import { stepAt } from '../../src/record/episode.ts';
import type { Episode } from '../../src/record/episode.ts';
import { habitualEpisodes } from '../predict/habitual.ts';

const { spec, episodes } = habitualEpisodes({ sessions: 4, length: 80, seed: 1 });
const table = fitExperts(spec, episodes, { contexts: 2, timeEdges: [] });
let blend: ExpertBlend;
beforeEach(() => {
  const follower = new ExpertFollower(followerOptions(spec, table, []));
  blend = new ExpertBlend({ follower, actions: 4, mixer: table.mixer });
});

/** Observes steps while the network predicts the same at each; returns the blend after the last one. */
function watch(episode: Episode, steps: number, network: readonly number[]): Float32Array {
  let blended = new Float32Array(4);
  for (let i = 0; i < steps; i++) {
    const step = stepAt(episode, i);
    blend.learn(step.action);
    blend.follower.observe(step);
    blended = Float32Array.from(network);
    blend.blend(blended);
  }
  return blended;
}

describe('ExpertBlend', () => {
  it('gives a distribution, at first mostly that of the network', () => {
    const blended = watch(episodes[0], 1, [0.97, 0.01, 0.01, 0.01]);
    expect(blended.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect([...blend.trust]).toEqual([0.6, 0.3, 0.1]);
    expect(blended[0]).toBeGreaterThan(0.6 * 0.97);
  });

  it('stops trusting a network that is always wrong about a player with habits', () => {
    const turns = { ...episodes[0], actions: episodes[0].actions.map((_, i) => i % 4) };
    const blended = watch(turns, 40, [0.25, 0.25, 0.25, 0.25]);
    expect(blend.trust[0]).toBeLessThan(0.1);
    expect(blended[0]).toBeGreaterThan(0.8);
  });

  it('learns nothing from the first step of an episode, and keeps what it learned', () => {
    watch(episodes[0], 40, [0.1, 0.4, 0.4, 0.1]);
    const trust = [...blend.trust];
    blend.reset();
    watch(episodes[1], 1, [0.1, 0.4, 0.4, 0.1]);
    expect([...blend.trust]).toEqual(trust);
    expect(trust).not.toEqual([0.6, 0.3, 0.1]);
  });

  it('gives the same when it blends again', () => {
    const first = watch(episodes[0], 20, [0.1, 0.2, 0.3, 0.4]);
    const again = Float32Array.of(0.1, 0.2, 0.3, 0.4);
    blend.blend(again);
    expect(again).toEqual(first);
  });

  it('weighs its predictors by trust, one of them a mixer that learns from every step', () => {
    const network = [0.1, 0.2, 0.3, 0.4];
    const follower = new ExpertFollower(followerOptions(spec, table, []));
    const mixer = new ExpertMixer({
      experts: follower.experts,
      actions: 4,
      weights: table.mixer,
    });
    let mixed: Float64Array = new Float64Array(4);
    for (let i = 0; i < 40; i++) {
      const step = stepAt(episodes[0], i);
      if (i) mixer.learn(follower, step.action);
      follower.observe(step);
      mixed = mixer.mix(follower);
    }
    const blended = watch(episodes[0], 40, network);
    const [own, ofMixer, ofRecent] = blend.trust;
    const { logs, experts } = follower;
    const first = firstOfKind('recent', 2);
    for (let action = 0; action < 4; action++) {
      let recent = 0;
      for (let k = first; k < first + 2; k++) recent += Math.exp(logs[k * 4 + action]) / 2;
      const expected = own * network[action] + ofMixer * mixed[action] + ofRecent * recent;
      expect(blended[action]).toBeCloseTo(expected, 5);
    }
    expect(experts).toBe(2 * EXPERTS_PER_CONTEXT);
  });
});
