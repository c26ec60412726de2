import { describe, expect, it } from 'vitest';
import { sees, ShadowMemory } from '../../../../demo/duel/npc/shadow-memory.ts';
import { ShadowRecall } from '../../../../demo/duel/npc/shadow-recall.ts';
import { DUEL_SPEC } from '../../../../demo/duel/duel-spec.ts';
import {
  createDuel,
  DUEL_ACTIONS,
  DUEL_CHOICES,
  observe,
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
    // Walking counts only when it lasts.
    const walk = await recorded([
      [0, 'block', 'idle'],
      [30, 'advance', 'idle'],
    ]);
    const other = new ShadowRecall(new ShadowMemory([walk]), createRng(1));
    expect(choose(other)).toEqual({ choice: 'advance', tick: 23 });
  });

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
