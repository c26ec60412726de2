/** A library that builds on the package: the types of what it exports are inferred, and written into its declarations. */
import {
  CounterController,
  DIFFICULTIES,
  ImitationController,
  boolean,
  category,
  defineSpec,
  explain,
  foresight,
  id,
  likelySequence,
  number,
  rollout,
  vector,
} from 'phaser-foresight';
import type {
  ForesightModel,
  Recordings,
  SceneForesight,
  TrackedCharacter,
} from 'phaser-foresight';
import * as core from 'phaser-foresight/core';

export const SPEC = defineSpec({
  name: 'hero',
  observation: [
    number('distance', { min: 0, max: 1 }),
    vector('rays', 4),
    category('stance', ['low', 'high']),
    boolean('armed'),
    id('stage'),
  ],
  action: ['jab', 'block'],
});

export const LEVELS = DIFFICULTIES;
export const plugins = () => foresight({ store: 'memory' });
export const defineHero = (scene: SceneForesight) => scene.defineModel(SPEC);
export const trackHero = (scene: SceneForesight, sprite: Phaser.GameObjects.Sprite) =>
  scene.track(sprite, {
    model: defineHero(scene),
    observe: () => ({ distance: 0, rays: [0, 0, 0, 0], stance: 'low', armed: true, stage: 1 }),
  });
type Hero = TrackedCharacter<typeof SPEC>;

export const show = (scene: SceneForesight, hero: Hero) => ({
  panel: scene.panel(),
  overlay: scene.overlay(hero),
});

export const read = (hero: Hero) => ({
  prediction: hero.prediction,
  accuracy: hero.accuracy,
  ahead: rollout(hero),
  likely: likelySequence(hero),
  why: explain(hero),
});
export const rivals = (hero: Hero) => ({
  counter: new CounterController({
    against: hero,
    payoff: { jab: { jab: 0, block: 1 }, block: { jab: 1, block: 0 } },
  }),
  shadow: new ImitationController({ like: hero }),
});
export const learn = (model: ForesightModel) => ({
  training: model.train(),
  learner: model.learn(),
  profile: model.exportProfile(),
});
export const recorded = (recordings: Recordings) => recordings.list(SPEC);

export const client = () => new core.TrainerClient();
export const predict = (checkpoint: core.Checkpoint) => core.Predictor.create(checkpoint);
export const look = (predictor: core.Predictor) => ({
  ahead: core.rollout(predictor, 'hero'),
  why: core.explain(predictor, 'hero'),
});
