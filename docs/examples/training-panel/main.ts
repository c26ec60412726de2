import * as Phaser from 'phaser';
import { category, defineSpec, foresight, number } from 'phaser-foresight';
import type { SceneForesight } from 'phaser-foresight';

const SPEC = defineSpec({
  name: 'boxer',
  observation: [number('distance', { min: 0, max: 400 }), category('stance', ['low', 'high'])],
  action: ['step', 'jab', 'kick', 'block'],
});
type Action = (typeof SPEC.action.actions)[number];

/** Far away it steps up; near, it blocks and then strikes. */
const NEAR: readonly Action[] = ['block', 'jab', 'block', 'kick'];
const PAUSE = 350;

class Training extends Phaser.Scene {
  declare foresight: SceneForesight;

  create(): void {
    const player = this.add.rectangle(80, 240, 40, 90, 0x4f9dff);
    const enemy = this.add.rectangle(360, 240, 40, 90, 0xff6b5e);
    const distance = (): number => enemy.x - player.x;

    const boxer = this.foresight.defineModel(SPEC);
    const hero = this.foresight.track(player, {
      model: boxer,
      observe: () => ({ distance: distance(), stance: distance() < 150 ? 'low' : 'high' }),
    });
    this.foresight.overlay(hero, { explainKey: 'E' });
    boxer.learn();

    const panel = this.foresight.panel();
    this.input.keyboard?.on('keydown-T', () => panel.toggle());
    document.querySelector('#toggle')!.addEventListener('click', () => panel.toggle());

    let near = 0;
    this.time.addEvent({
      delay: PAUSE,
      loop: true,
      callback: () => {
        if (distance() > 120) {
          hero.act('step');
          player.x += 40;
          return;
        }
        const action = NEAR[near++ % NEAR.length];
        hero.act(action);
        // It is pushed back after every fourth action.
        if (near % NEAR.length === 0) player.x = Phaser.Math.Between(60, 160);
      },
    });
  }
}

export const game = new Phaser.Game({
  width: 480,
  height: 320,
  backgroundColor: '#0b1020',
  scene: Training,
  plugins: foresight(),
});
