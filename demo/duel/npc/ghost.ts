import { ForesightError } from '../../../src/core.ts';
import type { PlayerProfile } from '../../../src/core.ts';
import { openShadow } from './shadow-style.ts';
import type { Shadow } from './shadow-style.ts';
import { SHADOW_STEPS } from './shadow-training.ts';

/** A player's shadow that is ready to fight. */
export interface Ghost extends Shadow {
  /** What the game calls it. */
  readonly name: string;
  readonly profile: PlayerProfile;
}

/** Characters of a name under a health bar, on a phone. */
const SHOWN = 13;

/** What to call the shadow of a player who may have typed no name. */
export function ghostName(typed: string): string {
  const letters = Array.from(typed || 'A shadow');
  return letters.length > SHOWN ? `${letters.slice(0, SHOWN - 1).join('')}…` : letters.join('');
}

/** Makes a profile ready. Rejects with `bad-data` when there is too little in it to fight with. */
export async function openGhost(
  profile: PlayerProfile,
  name = ghostName(profile.name),
): Promise<Ghost> {
  const { checkpoint, episodes } = profile;
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  if (!checkpoint || steps < SHADOW_STEPS)
    throw new ForesightError(
      'bad-data',
      `This profile has ${checkpoint ? `${steps} actions, and a shadow needs ${SHADOW_STEPS}` : 'no model'}. Save it again under Ghosts, after some more rounds.`,
    );
  return { name, profile, ...(await openShadow(checkpoint, episodes)) };
}
