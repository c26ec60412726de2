import { describe, expect, it } from 'vitest';
import { ActionWatcher } from '../../../../demo/duel/action-watcher.ts';
import { DUEL_SPEC } from '../../../../demo/duel/duel-spec.ts';
import { DuelNpc } from '../../../../demo/duel/npc/duel-npc.ts';
import { DuelShadow } from '../../../../demo/duel/npc/duel-shadow.ts';
import { ShadowMemory } from '../../../../demo/duel/npc/shadow-memory.ts';
import {
  createDuel,
  DUEL_ACTIONS,
  DUEL_CHOICES,
  observe,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import { STYLES } from '../../../../demo/duel/rules/styles/index.ts';
import { playSession } from '../../../../demo/duel/tournament/session.ts';
import { createRng, Predictor, Recorder } from '../../../../src/core.ts';
import type { Checkpoint, Episode, Prediction, Step } from '../../../../src/core.ts';
import { createWasmBackend } from '../../../../src/train/wasm-backend.ts';
import { train } from '../../../../src/train/trainer.ts';
import { jensenShannon, pairs, sharesOfEach } from '../../../../demo/common/divergence.ts';

const ROUNDS = 60;

/** The chosen actions in order, without those that merely happen to a fighter. */
const chosen = (episodes: readonly Episode[]): string[] =>
  episodes.flatMap(({ actions }) =>
    Array.from(actions, (a) => DUEL_ACTIONS[a]).filter((name) =>
      (DUEL_CHOICES as readonly string[]).includes(name),
    ),
  );

async function learn(episodes: readonly Episode[]): Promise<Checkpoint> {
  const run = train({
    spec: DUEL_SPEC,
    episodes: [...episodes],
    model: { units: 32, layers: 1, timeBins: 32 },
    training: {
      epochs: 15,
      dropout: 0.1,
      windowLength: 32,
      heldOutFraction: 0,
      patience: 0,
      seed: 1,
    },
    createBackend: createWasmBackend,
  });
  for (;;) {
    const progress = await run.next();
    if (progress.done) return progress.value.checkpoint;
  }
}

/** The shadow, driven by `predict`, plays rounds against the NPC without predictions. */
async function playShadow(
  predict: { observe(step: Step): Prediction; reset(): void },
  timeEdges: readonly number[],
  memory?: ShadowMemory,
): Promise<Episode[]> {
  const recorder = new Recorder({ spec: DUEL_SPEC, session: 'shadow' });
  const shadow = new DuelShadow({
    side: 0,
    rng: createRng(5),
    timeEdges,
    openings: ['advance'],
    memory,
  });
  const npc = new DuelNpc({ side: 1, rng: createRng(6) });
  const watcher = new ActionWatcher();
  const options = { roundsToWin: Infinity, roundTicks: 2400, introTicks: 1, outroTicks: 1 };
  const state = createDuel(options);
  const episodes: Episode[] = [];
  let prediction: Prediction | null = null;
  recorder.begin('shadow');
  while (episodes.length < ROUNDS) {
    const events = stepDuel(state, [shadow.intent(state, prediction), npc.intent(state, null)]);
    const action = state.phase === 'fight' ? watcher.watch(state.fighters[0]) : null;
    if (action) {
      const { tick } = state;
      const step = recorder.act('shadow', { tick, action, observation: observe(state, 0) });
      prediction = predict.observe(step);
    }
    if (!events.some(({ kind }) => kind === 'round-end')) continue;
    episodes.push(await recorder.end('shadow', 'terminated', state.tick));
    recorder.begin('shadow');
    watcher.reset();
    shadow.reset();
    npc.endRound(null);
    predict.reset();
    prediction = null;
  }
  return episodes;
}

/** Predictions that ignore history: overall frequencies of actions and of times. */
function withoutHistory(checkpoint: Checkpoint, actions: readonly string[], some: Prediction) {
  const frequencies = sharesOfEach(actions);
  const times = new Float32Array(some.timeProbabilities.length);
  for (const row of checkpoint.statistics.timeCounts ?? [])
    row.forEach((count, bin) => (times[bin] += count));
  const sum = times.reduce((a, b) => a + b, 0);
  const probabilities = Float32Array.from(DUEL_ACTIONS, (action) => frequencies.get(action) ?? 0);
  const timeProbabilities = times.map((count) => count / sum);
  return {
    observe: ({ tick }: Step): Prediction => ({ ...some, tick, probabilities, timeProbabilities }),
    reset: () => {},
  };
}

describe('DuelShadow', () => {
  it.each(['hot-head', 'strike-after-block'])(
    'plays like %s: pairs of actions have at most half the divergence of a copy that ignores history',
    async (name) => {
      const style = STYLES.find((entry) => entry.name === name)!.create(1);
      const recorded = { session: name, seed: 1, style, rounds: ROUNDS, checkpoint: null };
      const { episodes } = await playSession(recorded);
      const player = chosen(episodes);
      const checkpoint = await learn(episodes);
      const { timeEdges } = checkpoint.statistics;
      const predictor = await Predictor.create(checkpoint);
      let some: Prediction | null = null;
      const shadow = await playShadow(
        {
          observe: (step) => (some = predictor.observe('shadow', step)),
          reset: () => predictor.reset('shadow'),
        },
        timeEdges,
        new ShadowMemory(episodes),
      );
      const copy = await playShadow(withoutHistory(checkpoint, player, some!), timeEdges);

      const divergence = (actions: readonly string[]): number =>
        jensenShannon(sharesOfEach(player), sharesOfEach(actions));
      const ofPairs = (actions: readonly string[]): number =>
        jensenShannon(sharesOfEach(pairs(player)), sharesOfEach(pairs(actions)));
      expect(ofPairs(chosen(copy))).toBeGreaterThan(0.03);
      expect(ofPairs(chosen(shadow))).toBeLessThan(ofPairs(chosen(copy)) / 2);
      // A copy that draws from the frequencies has them too: compare them with even play instead.
      expect(divergence(chosen(shadow))).toBeLessThan(divergence(DUEL_CHOICES) / 2);
      expect(divergence(chosen(shadow))).toBeLessThan(0.01);
    },
  );
});
