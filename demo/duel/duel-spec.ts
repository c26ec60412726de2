import { defineSpec } from '../../src/core.ts';
import { DUEL_ACTIONS, DUEL_CHOICES, DUEL_OBSERVATION } from './rules/index.ts';

/** What is recorded of a fighter and predicted. */
export const DUEL_SPEC = defineSpec({
  name: 'duelist',
  tickRate: 60,
  observation: DUEL_OBSERVATION,
  action: { actions: DUEL_ACTIONS, choices: DUEL_CHOICES },
});

/** The pretrained model, where the game loads it from. */
export const DUELIST_FILE = 'checkpoints/duelist.safetensors';
