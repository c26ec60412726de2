import { ForesightError, Predictor } from '../../../src/core.ts';
import type { PlayerProfile } from '../../../src/core.ts';
import type { Style } from '../rules/styles/index.ts';
import { shadowStyle } from './shadow-style.ts';
import { SHADOW_STEPS, shadowSetup } from './shadow-training.ts';
import type { ShadowSetup } from './shadow-training.ts';

/** A player's shadow that is ready to fight. */
export interface Ghost {
  /** What the game calls it. */
  readonly name: string;
  readonly profile: PlayerProfile;
  readonly predictor: Predictor;
  readonly setup: ShadowSetup;
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
  const predictor = await Predictor.create(checkpoint, { blend: false });
  return { name, profile, predictor, setup: shadowSetup(checkpoint, episodes) };
}

/** A ghost as a fighter of one duel. */
export const ghostStyle = ({ predictor, setup }: Ghost, seed: number): Style =>
  shadowStyle({ predictor, setup, seed });
