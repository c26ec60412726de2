import type { ForesightModel } from '../../../plugin/index.ts';
import type { Checkpoint, Episode, PlayerProfile } from '../../../src/core.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { DUEL_ACTIONS, DUEL_CHOICES } from '../rules/index.ts';
import type { DuelChoice } from '../rules/index.ts';
import { ShadowMemory } from './shadow-memory.ts';
import type { DuelShadowOptions } from './duel-shadow.ts';

/** Key of the model that plays like the player: it learns from the player's recordings alone. */
export const SHADOW_MODEL = 'shadow';

/** What every shadow begins with, where the game loads it from: a network that learned from invented players. */
export const SHADOW_FILE = 'checkpoints/shadow.safetensors';

/** Fewest recorded steps for a shadow that resembles the player: two or three rounds. */
export const SHADOW_STEPS = 120;

/** A small network without experts: their counts would drift with the shadow's own play. */
export const SHADOW_NETWORK = { units: 32, layers: 1, timeBins: 32, contexts: 0 } as const;
const TRAINING = {
  dropout: 0.1,
  windowLength: 32,
  heldOutFraction: 0,
  patience: 0,
  seed: 1,
} as const;
/** Epochs for `SHADOW_STEPS` steps; more steps need fewer epochs. */
const MOST_EPOCHS = 60;
const LEAST_EPOCHS = 15;
const STEP_EPOCHS = 30_000;

/** What a shadow needs from its training: see DuelShadow. */
export type ShadowSetup = Required<Pick<DuelShadowOptions, 'timeEdges' | 'openings' | 'memory'>>;

const CHOICES: ReadonlySet<string> = new Set(DUEL_CHOICES);

/** How a shadow is trained on these rounds of its player. */
export function shadowTraining(episodes: readonly Episode[]) {
  const steps = episodes.reduce((sum, { length }) => sum + length, 0);
  const epochs = Math.round(
    Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, STEP_EPOCHS / Math.max(1, steps))),
  );
  return { ...TRAINING, epochs };
}

/** What the shadow needs in addition to its model. `episodes` are the rounds of its player. */
export function shadowSetup(checkpoint: Checkpoint, episodes: readonly Episode[]): ShadowSetup {
  const openings = episodes.flatMap(({ actions }) => {
    const first = Array.from(actions, (index) => DUEL_ACTIONS[index]).find((a) => CHOICES.has(a));
    return first ? [first as DuelChoice] : [];
  });
  return {
    timeEdges: checkpoint.statistics.timeEdges,
    openings,
    memory: new ShadowMemory(episodes),
  };
}

/**
 * Trains the shadow on rounds of the player, in the worker. Rejects as every training does.
 *
 * @param shadow the model of SHADOW_FILE
 * @param progress called with the share that is done, 0 to 1
 */
export async function trainShadow(
  shadow: ForesightModel,
  episodes: readonly Episode[],
  progress: (share: number) => void,
): Promise<PlayerProfile> {
  // Back to what all shadows begin with.
  shadow.restore();
  const training = shadowTraining(episodes);
  // Any result is closer to the player than the model before.
  const run = shadow.train({ training, episodes, tolerance: Infinity });
  for await (const { epoch } of run) progress(epoch / training.epochs);
  const { checkpoint } = await run.result;
  return { name: '', spec: DUEL_SPEC, episodes, checkpoint };
}
