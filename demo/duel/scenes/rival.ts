import type { TrackedCharacter } from '../../../plugin/index.ts';
import { DuelNpc } from '../npc/duel-npc.ts';
import type { DuelNpcOptions } from '../npc/duel-npc.ts';
import { DuelShadow } from '../npc/duel-shadow.ts';
import type { DuelShadowOptions } from '../npc/duel-shadow.ts';
import { PLAYER_PALETTE, RIVAL_PALETTE, SHADOW_PALETTE } from '../view/palette.ts';
import type { Palette } from '../view/palette.ts';
import type { DuelState, Intent } from '../rules/index.ts';
import type { Read } from '../tally/read-tally.ts';

/** Who can stand on the other side. */
export type RivalKind = 'npc' | 'shadow';

/** What a fight is begun with. */
export interface FightData {
  readonly rival?: RivalKind;
  /** For the shadow: how it is set up. */
  readonly shadow?: Pick<DuelShadowOptions, 'timeEdges' | 'openings'>;
}

/** The one who fights the player. */
export interface Rival {
  readonly intent: (state: DuelState) => Intent;
  /** A round ended. */
  readonly reset: () => void;
  /** Its newest choice that went by a prediction of the player. */
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

/** The NPC that reads the player: `hero` when it may use predictions, null when not. */
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

/** The player's shadow, from predictions of what he would do in its place. */
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
