/**
 * What a block of code in the docs may use without making it: `<!-- prelude: scene -->` before a block puts
 * it inside this text. Imports of the block move to the top.
 */
export const PRELUDES: Readonly<
  Record<string, { readonly before: string; readonly after: string }>
> = {
  /** In `create()` of a scene, with the spec and the characters that the pages use throughout. */
  scene: {
    before: `
      import type * as GivenPhaser from 'phaser';
      import * as Given from 'phaser-foresight';
      declare const Scene: typeof GivenPhaser.Scene;
      const SPEC = Given.defineSpec({
        name: 'duelist',
        observation: [Given.number('distance', { max: 800 }), Given.category('stance', ['low', 'high'])],
        action: ['jab', 'kick', 'block'],
      });
      const PAYOFF = {
        jab: { jab: 0, kick: 1, block: -1 },
        kick: { jab: -1, kick: 0, block: 1 },
        block: { jab: 1, kick: -1, block: 0 },
      };
      export class Example extends Scene {
        declare foresight: Given.SceneForesight;
        declare player: GivenPhaser.GameObjects.Sprite;
        declare enemy: GivenPhaser.GameObjects.Sprite;
        declare isJabbing: () => boolean;
        async create() {
          const duelist = this.foresight.defineModel(SPEC);
          const hero = this.foresight.track(this.player, {
            model: duelist,
            observe: () => ({ distance: this.enemy.x - this.player.x, stance: 'low' }),
          });
          const rival = this.foresight.control(
            this.enemy,
            new Given.CounterController({ against: hero, payoff: PAYOFF }),
          );
          void [PAYOFF, rival];
          {`,
    after: `}}}`,
  },
  /** In `create()` of the quick start's scene. */
  duel: {
    before: `
      import type * as GivenPhaser from 'phaser';
      import { CounterController } from 'phaser-foresight';
      import type { SceneForesight } from 'phaser-foresight';
      import { PAYOFF, SPEC } from './src/duelist';
      declare const player: GivenPhaser.GameObjects.Rectangle;
      declare const enemy: GivenPhaser.GameObjects.Rectangle;
      export function create(this: { foresight: SceneForesight }) {`,
    after: `void rival; }`,
  },
  /** A trained predictor of the core. */
  core: {
    before: `
      import * as Given from 'phaser-foresight/core';
      const SPEC = Given.defineSpec({
        name: 'duelist',
        observation: [Given.number('distance')],
        action: ['jab', 'kick', 'block'],
      });
      const PAYOFF = {
        jab: { jab: 0, kick: 1, block: -1 },
        kick: { jab: -1, kick: 0, block: 1 },
        block: { jab: 1, kick: -1, block: 0 },
      };
      declare const predictor: Given.Predictor<typeof SPEC>;
      void PAYOFF;
      {`,
    after: `}`,
  },
  /** The encoded steps of an episode. */
  features: {
    before: `
      declare const episode: number[][];
      {`,
    after: `}`,
  },
  /** Tensors to train on. */
  tensors: {
    before: `
      import type { Tensor } from '@tensorflow/tfjs';
      declare const x: Tensor;
      declare const y: Tensor;
      {`,
    after: `}`,
  },
};
