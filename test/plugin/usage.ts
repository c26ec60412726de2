/**
 * What a game writes, compiled by `npm run check`: if this does not type-check, games do not either.
 * Never run.
 */
import * as Phaser from 'phaser';
import {
  CounterController,
  ImitationController,
  MixedController,
  boolean,
  createRng,
  defineSpec,
  foresight,
  number,
} from '../../plugin/index.ts';
import type { Prediction, SceneForesight } from '../../plugin/index.ts';
import '../../plugin/scene-types.ts';

declare function show(...values: unknown[]): void;

const SPEC = defineSpec({
  name: 'duelist',
  observation: [number('distance', { min: 0, max: 800, unit: 'px' }), boolean('airborne')],
  action: ['jab', 'kick', 'block'],
});

class Duel extends Phaser.Scene {
  declare readonly foresight: SceneForesight;

  preload(): void {
    this.foresight.loadModel(SPEC, 'assets/checkpoints/duelist.safetensors');
    this.load.foresightModel('duelist', 'assets/checkpoints/duelist.safetensors');
    this.load.foresightModel({ key: 'other', url: 'other.safetensors', spec: SPEC });
    // @ts-expect-error a model needs a key
    this.load.foresightModel();
  }

  async create(): Promise<void> {
    const player = this.add.sprite(100, 200, 'player');
    const enemy = this.add.sprite(300, 200, 'enemy');
    const duelist = this.foresight.defineModel(SPEC);
    const hero = this.foresight.track(player, {
      model: duelist,
      observe: () => ({ distance: enemy.x - player.x, airborne: player.y < 200 }),
    });
    hero.act('jab');
    const prediction: Prediction | null = hero.prediction;
    if (prediction) show(prediction.action, prediction.probability, prediction.inTicks);
    for (const { ahead, action, probability, inTicks } of hero.rollout({ horizon: 3 }))
      show(ahead, action, probability, inTicks);
    const sequence: readonly string[] = hero.likelySequence({ horizon: 3 })?.actions ?? [];
    show(...sequence);

    const rival = this.foresight.control(
      enemy,
      new CounterController({
        against: { spec: SPEC },
        payoff: { block: { jab: 1, kick: 1, block: 0 }, kick: { jab: -1, kick: 0, block: 1 } },
        reactionTicks: 12,
      }),
      { against: hero },
    );
    const reply: string | null = rival.decide({ available: ['block'] });
    show(reply);
    const safer = new MixedController({
      against: { spec: SPEC },
      payoff: { block: { jab: 1, kick: 1, block: 0 }, kick: { jab: -1, kick: 0, block: 1 } },
      maxExploitability: 0.5,
      difficulty: 'normal',
      rng: createRng(1),
    });
    this.foresight.control(enemy, safer, { against: hero });
    const shadow = new ImitationController({
      like: { spec: SPEC },
      difficulty: 'easy',
      rng: createRng(2),
    });
    this.foresight.control(enemy, shadow, { against: hero });

    this.foresight.overlay(hero, { top: 3 });
    const panel = this.foresight.panel({ model: duelist });
    this.input.keyboard?.on('keydown-T', () => panel.toggle());

    const { events } = this.foresight.shared;
    events.on('progress', ({ progress }) => show(progress.loss));
    // @ts-expect-error there is no such event
    events.on('progres', () => {});
    const learner = duelist.learn({ everySteps: 12 });
    learner.stop();
    for await (const { epoch } of duelist.train()) show(epoch);
    const { swapped } = await duelist.train();
    show(swapped satisfies boolean);
  }
}

export const config: Phaser.Types.Core.GameConfig = {
  scene: Duel,
  plugins: foresight({ store: 'indexeddb' }),
};
