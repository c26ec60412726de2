import { defineSpec, number } from 'phaser-foresight';
import type { ActionOf } from 'phaser-foresight';

/** What the model may see at each step, and which actions there are. */
export const SPEC = defineSpec({
  name: 'duelist',
  observation: [
    number('distance', { min: 0, max: 800 }),
    // How far the player is ahead: people play differently when they win.
    number('lead', { min: -10, max: 10 }),
  ],
  action: ['jab', 'kick', 'block'],
});

export type Move = ActionOf<typeof SPEC>;

/** PAYOFF[reply][move]: what the opponent gains when it plays `reply` and the player plays `move`. */
export const PAYOFF = {
  jab: { jab: 0, kick: 1, block: -1 },
  kick: { jab: -1, kick: 0, block: 1 },
  block: { jab: 1, kick: -1, block: 0 },
} as const;
