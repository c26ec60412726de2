import type { TrackedCharacter } from '../../../plugin/index.ts';
import { DuelNpc } from '../npc/duel-npc.ts';
import type { DuelNpcOptions } from '../npc/duel-npc.ts';
import { DuelShadow } from '../npc/duel-shadow.ts';
import type { DuelShadowOptions } from '../npc/duel-shadow.ts';
import { PLAYER_PALETTE, RIVAL_PALETTE, SHADOW_PALETTE } from '../view/palette.ts';
import type { Palette } from '../view/palette.ts';
import type { DuelState, Intent } from '../rules/index.ts';
import type { Read } from '../tally/read-tally.ts';

/** The possible opponents. */
export type RivalKind = 'npc' | 'shadow';

/** The data that a fight starts with. */
export interface FightData {
  readonly rival?: RivalKind;
  /** Setup of the shadow. */
  readonly shadow?: Pick<DuelShadowOptions, 'timeEdges' | 'openings' | 'memory'>;
}

/** The opponent of the player. */
export interface Rival {
  readonly intent: (state: DuelState) => Intent;
  /** Call it at the end of a round. */
  readonly reset: () => void;
  /** Its newest choice based on a prediction of the player. */
  readonly lastRead: () => Read | null;
}

export const RIVAL_NAMES: Readonly<Record<RivalKind, string>> = {
  npc: 'Rival',
  shadow: 'Your shadow',
};

export const palettesFor = (kind: RivalKind): readonly [Palette, Palette] => [
  PLAYER_PALETTE,
  kind === 'npc' ? RIVAL_PALETTE : SHADOW_PALETTE,
];

/** The NPC that reads the player. `hero` = whose predictions it may use; null = none. */
export function createNpcRival(
  options: Omit<DuelNpcOptions, 'side'>,
  hero: () => TrackedCharacter | null,
): Rival {
  const npc = new DuelNpc({ ...options, side: 1 });
  return {
    intent: (state) => npc.intent(state, hero()?.prediction ?? null),
    reset: () => npc.reset(),
    lastRead: () => npc.lastRead,
  };
}

/** The player's shadow: it does what the player would probably do in its place. */
export function createShadowRival(
  options: Omit<DuelShadowOptions, 'side'>,
  shadow: TrackedCharacter,
): Rival {
  const copy = new DuelShadow({ ...options, side: 1 });
  return {
    intent: (state) => copy.intent(state, shadow.prediction),
    reset: () => copy.reset(),
    lastRead: () => null,
  };
}
