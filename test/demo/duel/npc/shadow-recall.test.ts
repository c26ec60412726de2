import { describe, expect, it } from 'vitest';
import { ActionWatcher } from '../../../../demo/duel/action-watcher.ts';
import { sees, ShadowMemory } from '../../../../demo/duel/npc/shadow-memory.ts';
import { ShadowRecall } from '../../../../demo/duel/npc/shadow-recall.ts';
import { DUEL_SPEC } from '../../../../demo/duel/duel-spec.ts';
import {
  createDuel,
  DUEL_ACTIONS,
  DUEL_CHOICES,
  intentFor,
  NO_INTENT,
  observe,
  stepDuel,
} from '../../../../demo/duel/rules/index.ts';
import type { DuelAction, DuelState } from '../../../../demo/duel/rules/index.ts';
import { createRng, Recorder } from '../../../../src/core.ts';
import type { Episode } from '../../../../src/core.ts';

/** A fight in which the opponent does something. */
function whileOpponent(opponent: DuelAction): DuelState {
  const state = createDuel();
  state.fighters[1].action = opponent;
  return state;
}

/** A round from steps at ticks, in each of which the opponent does something. */
async function recorded(
  steps: readonly (readonly [tick: number, action: DuelAction, opponent: DuelAction])[],
): Promise<Episode> {
  const recorder = new Recorder({ spec: DUEL_SPEC, session: 'test' });
  recorder.begin('player');
  for (const [tick, action, opponent] of steps)
    recorder.act('player', { tick, action, observation: observe(whileOpponent(opponent), 0) });
  return recorder.end('player', 'terminated', steps[steps.length - 1][0] + 1);
}

const evenly = DUEL_ACTIONS.map(() => 1 / DUEL_ACTIONS.length);

/** The choice that it makes after a block at tick 0, and when; null after 100 ticks. */
function choose(recall: ShadowRecall, opponent: DuelAction = 'idle') {
  recall.begin({ tick: 0, action: 'block', probabilities: evenly });
  for (let tick = 0; tick < 100; tick++) {
    const seen = sees(whileOpponent(opponent), 0);
    const choice = recall.decide({ tick, available: DUEL_CHOICES, seen, atOnce: false });
    if (choice) return { choice, tick };
  }
  return null;
}

describe('ShadowRecall', () => {
  it('moves the controls when the player did, before the action could be recorded', async () => {
    const round = await recorded([
      [0, 'block', 'idle'],
      [30, 'strike', 'idle'],
    ]);
    const recall = new ShadowRecall(new ShadowMemory([round]), createRng(1));
    expect(choose(recall)).toEqual({ choice: 'strike', tick: 29 });
  });

  it.each(['advance', 'retreat', 'jump', 'strike', 'throw', 'fireball', 'dash'] as const)(
    'moves the controls of %s in the same tick as the player',
    async (action) => {
      const state = createDuel({ introTicks: 1 });
      const recorder = new Recorder({ spec: DUEL_SPEC, session: 'test' });
      const watcher = new ActionWatcher();
      const moved = 40;
      let blocked = 0;
      recorder.begin('player');
      for (let tick = 0; tick < 60; tick++) {
        const intent =
          tick < moved ? { ...NO_INTENT, block: tick > 5 } : intentFor(action, state, 0);
        stepDuel(state, [intent, NO_INTENT]);
        const begun = state.phase === 'fight' ? watcher.watch(state.fighters[0]) : null;
        if (!begun) continue;
        if (begun === 'block') blocked = state.tick;
        recorder.act('player', { tick: state.tick, action: begun, observation: observe(state, 0) });
      }
      const round = await recorder.end('player', 'terminated', state.tick);
      const recall = new ShadowRecall(new ShadowMemory([round]), createRng(1));
      // Before each step the tick of the duel is the number of steps before it.
      expect(choose(recall)).toEqual({ choice: action, tick: moved - blocked });
    },
  );

  it('chooses what the player did in such a situation', async () => {
    const round = await recorded([
      [0, 'block', 'idle'],
      [20, 'strike', 'fireball'],
      [40, 'block', 'idle'],
      [60, 'throw', 'block'],
    ]);
    const recall = new ShadowRecall(new ShadowMemory([round]), createRng(1));
    const choices = (opponent: DuelAction): number =>
      Array.from({ length: 200 }, () => choose(recall, opponent)!.choice).filter(
        (choice) => choice === 'strike',
      ).length;
    expect(choices('fireball')).toBeGreaterThan(140);
    expect(choices('block')).toBeLessThan(60);
  });

  it('makes up for what it did too seldom', async () => {
    const steps = Array.from({ length: 40 }, (_, i) => {
      const action = i % 2 === 0 ? 'block' : i % 8 === 1 ? 'throw' : 'strike';
      return [20 * i, action, 'idle'] as const;
    });
    const recall = new ShadowRecall(new ShadowMemory([await recorded(steps)]), createRng(1));
    // A network that expects both evenly is wrong: the player threw a quarter of the time.
    const choices = Array.from({ length: 400 }, () => {
      const { choice, tick } = choose(recall)!;
      recall.begin({ tick, action: choice, probabilities: evenly });
      return choice;
    });
    const share = choices.filter((choice) => choice === 'throw').length / choices.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.42);
  });

  it('lowers the guard before the next choice when attacks found the player without it', async () => {
    const guarded = async (attack: 'hit' | 'block-stun'): Promise<boolean> => {
      const round = await recorded([
        [0, 'block', 'idle'],
        [10, attack, 'strike'],
        [60, 'block', 'idle'],
        [72, 'strike', 'idle'],
      ]);
      const recall = new ShadowRecall(new ShadowMemory([round, round, round]), createRng(1));
      return Array.from({ length: 50 }, () => {
        recall.begin({ tick: 0, action: 'block', probabilities: evenly });
        expect(recall.lowersGuard(2)).toBe(false);
        return recall.lowersGuard(9);
      }).every((lowers) => !lowers);
    };
    expect(await guarded('hit')).toBe(false);
    expect(await guarded('block-stun')).toBe(true);
  });

  it('lowers the guard for a tick to raise it again', async () => {
    const round = await recorded([
      [0, 'block', 'idle'],
      [20, 'block', 'idle'],
    ]);
    const recall = new ShadowRecall(new ShadowMemory([round]), createRng(1));
    recall.begin({ tick: 0, action: 'block', probabilities: evenly });
    const lowers = Array.from({ length: 30 }, (_, tick) => recall.lowersGuard(tick));
    expect(lowers.indexOf(true)).toBe(18);
    expect(lowers.filter(Boolean)).toHaveLength(1);
  });

  it('draws a later change when what only happens to a fighter does not happen', async () => {
    const round = await recorded([
      [0, 'block', 'idle'],
      [20, 'hit', 'idle'],
      [60, 'block', 'idle'],
      [110, 'strike', 'idle'],
    ]);
    const recall = new ShadowRecall(new ShadowMemory([round]), createRng(1));
    for (let i = 0; i < 20; i++) expect(choose(recall)).toEqual({ choice: 'strike', tick: 49 });
  });

  it('reports that the player never did anything after an action, and chooses nothing then', async () => {
    const round = await recorded([
      [0, 'block', 'idle'],
      [20, 'strike', 'idle'],
    ]);
    const recall = new ShadowRecall(new ShadowMemory([round]), createRng(1));
    expect(recall.begin({ tick: 0, action: 'block', probabilities: evenly })).toBe(true);
    expect(recall.begin({ tick: 0, action: 'jump', probabilities: evenly })).toBe(false);
    const seen = sees(whileOpponent('idle'), 0);
    expect(recall.decide({ tick: 50, available: DUEL_CHOICES, seen, atOnce: true })).toBeNull();
  });
});
