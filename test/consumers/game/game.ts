/** A small game that plays itself, the same in every consumer. */
import * as Phaser from 'phaser';
import { CounterController, category, defineSpec, foresight, number } from 'phaser-foresight';
import type { SceneForesight } from 'phaser-foresight';
import { playItself } from './play-itself';

const SPEC = defineSpec({
  name: 'duelist',
  observation: [number('distance', { max: 800 }), category('stance', ['low', 'high'])],
  action: ['jab', 'kick', 'block'],
});
const PAYOFF = {
  jab: { jab: 0, kick: 1, block: -1 },
  kick: { jab: -1, kick: 0, block: 1 },
  block: { jab: 1, kick: -1, block: 0 },
};

class Fight extends Phaser.Scene {
  declare foresight: SceneForesight;
  #play = (): void => {};

  create(): void {
    const player = this.add.rectangle(40, 60, 20, 40, 0x4f9dff);
    const enemy = this.add.rectangle(120, 60, 20, 40, 0xff6b5e);
    const duelist = this.foresight.defineModel(SPEC);
    const hero = this.foresight.track(player, {
      model: duelist,
      observe: () => ({ distance: enemy.x - player.x, stance: 'low' }),
    });
    const controller = new CounterController({ against: hero, payoff: PAYOFF });
    const rival = this.foresight.control(enemy, controller);
    this.foresight.overlay(hero);
    duelist.learn();
    this.#play = playItself(this.foresight, { hero, rival });
  }

  override update(): void {
    this.#play();
  }
}

/** Its config has no word of workers. */
export const startGame = (container?: HTMLElement): Phaser.Game =>
  new Phaser.Game({
    parent: container ?? null,
    width: 160,
    height: 120,
    scene: Fight,
    audio: { noAudio: true },
    plugins: foresight(),
  });
