import { isSamePlan } from '../../src/experts/same-plan.ts';
import type { Episode } from '../../src/record/episode.ts';
import type { LiveModel } from '../game/live-model.ts';
import { newestSteps } from '../recordings/newest-steps.ts';
import type { Recordings } from '../recordings/recordings.ts';

/** What is read of the character that is recalled. */
export interface RecalledCharacter {
  readonly id: string;
  readonly destroyed: boolean;
  currentEpisode(): Episode | null;
}

export interface RecallOptions {
  readonly model: LiveModel;
  /** The character's name inside the model. */
  readonly name: string;
  readonly recordings: Recordings;
  /** Newest steps that are recalled, at most. */
  readonly steps?: number;
}

/**
 * Measured on the duel with 21 players, made-up and scripted: a session of eight rounds, then six rounds of
 * a new one; log-loss of its first 60 actions and of all 7,323, in nats:
 *
 *     nothing of the first session          1.285   1.240
 *     recalled                              1.185   1.201
 *     weights of eight short trainings      1.223   1.225
 *     both                                  1.198   1.214
 *     counted with those of all players     1.260   1.226
 */
export const RECALL_DEFAULTS = { steps: 2000 } as const;

/**
 * Has a model recall a character from what was recorded under its id until now: the newest episodes that
 * may be learned from. Sessions that the model's own counts have seen are left out, or they would count
 * twice. It recalls episode by episode, so that the game continues in between. Resolves with the number
 * of steps that were recalled.
 */
export async function recallPlay(
  character: RecalledCharacter,
  { model, name, recordings, steps = RECALL_DEFAULTS.steps }: RecallOptions,
): Promise<number> {
  const { restores } = model;
  await model.ready;
  if (character.destroyed) return 0;
  const plan = model.expertPlan;
  if (!plan) return 0;
  const listed = await recordings.list(model.spec);
  const counted = new Set(model.checkpoint?.experts?.sessions.map(({ session }) => session));
  const own = listed.filter(
    (one) => one.learn && one.character === character.id && !counted.has(one.session),
  );
  const ids = newestSteps(own, steps);
  // The model observes the running episode live.
  const current = character.currentEpisode();
  if (current) ids.delete(current.id);
  if (!ids.size) return 0;
  let recalled = 0;
  for (const { id } of own.filter((one) => ids.has(one.id))) {
    // One by one: what is left is not read once it is not wanted any more.
    const isWanted = (): boolean =>
      !character.destroyed &&
      model.restores === restores &&
      !!model.expertPlan &&
      isSamePlan(model.expertPlan, plan) &&
      id !== character.currentEpisode()?.id;
    if (!isWanted()) continue;
    const episodes = await recordings.load(model.spec, new Set([id]));
    if (!isWanted()) continue;
    model.predictor?.recall(name, episodes);
    for (const { length } of episodes) recalled += length;
    await new Promise((resolve) => setTimeout(resolve));
  }
  return recalled;
}
