import type { TrackedCharacter } from '../../../plugin/index.ts';
import { FairDifficulty } from '../../../src/core.ts';
import type { EarnedTrust } from '../../../src/core.ts';
import { createEarnedTrust, DuelNpc } from '../npc/duel-npc.ts';
import type { DuelNpcOptions } from '../npc/duel-npc.ts';
import type { Ghost } from '../npc/ghost.ts';
import { shadowStyle } from '../npc/shadow-style.ts';
import { PLAYER_PALETTE, RIVAL_PALETTE, SHADOW_PALETTE } from '../view/palette.ts';
import type { Palette } from '../view/palette.ts';
import type { DuelAction, DuelState, Intent, Side } from '../rules/index.ts';
import type { Read } from '../tally/read-tally.ts';

/** The data that a fight starts with. */
export interface FightData {
  /** Whom the player fights; the NPC that reads them when absent. */
  readonly ghost?: Ghost;
  /** A line to show at the beginning. */
  readonly note?: string;
}

/** The opponent of the player. */
export interface Rival {
  readonly intent: (state: DuelState) => Intent;
  /** Call it when the player begins an action, before the model learns of it. */
  readonly watch: (action: DuelAction) => void;
  /** Call it at the end of a round. */
  readonly endRound: (winner: Side | null) => void;
  /** Its newest choice based on a prediction of the player. */
  readonly lastRead: () => Read | null;
}

let fair: FairDifficulty | null = null;
let earned: EarnedTrust | null = null;

/** The fair difficulty of the page: a fight begins where the one before it ended. */
export const sharedFair = (): FairDifficulty => (fair ??= new FairDifficulty());

/** The trust that the predictions of the player have earned since the page was loaded. */
export const sharedTrust = (): EarnedTrust => (earned ??= createEarnedTrust());

export const NPC_NAME = 'Rival';

export const rivalName = ({ ghost }: FightData): string => ghost?.name ?? NPC_NAME;

/** Colours of the player and of a rival of that name. */
export const palettesFor = (name: string): readonly [Palette, Palette] => [
  PLAYER_PALETTE,
  name === NPC_NAME ? RIVAL_PALETTE : SHADOW_PALETTE,
];

/** The NPC that reads the player. `hero` = whose predictions it may use; null = none. */
export function createNpcRival(
  options: Omit<DuelNpcOptions, 'side'>,
  hero: () => TrackedCharacter | null,
): Rival {
  const npc = new DuelNpc({ ...options, side: 1 });
  return {
    intent: (state) => npc.intent(state, hero()?.prediction ?? null),
    watch: (action) => npc.watch(action, hero()?.prediction ?? null),
    endRound: (winner) => npc.endRound(winner),
    lastRead: () => npc.lastRead,
  };
}

/** A player's shadow: it does what that player would probably do in its place. */
export function createGhostRival(ghost: Ghost, seed: number): Rival {
  const style = shadowStyle(ghost, seed);
  return {
    intent: (state) => style(state, 1),
    // It notices actions and the end of a round itself.
    watch: () => {},
    endRound: () => {},
    lastRead: () => null,
  };
}
