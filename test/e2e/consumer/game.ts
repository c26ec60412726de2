/** A game as a user of the npm package writes it; compiled against the built declarations. */
import * as Phaser from 'phaser';
import { CounterController, category, defineSpec, foresight, number } from 'phaser-foresight';
import type { SceneForesight } from 'phaser-foresight';
import { ForesightError } from 'phaser-foresight/core';

const SPEC = defineSpec({
  name: 'duelist',
  observation: [number('distance', { max: 800 }), category('stance', ['low', 'high'])],
  action: ['jab', 'kick', 'block'],
});

// PAYOFF[reply][action]: what the NPC gains when it plays `reply` and the other plays `action`.
const PAYOFF = {
  jab: { jab: 0, kick: 1, block: -1 },
  kick: { jab: -1, kick: 0, block: 1 },
  block: { jab: 1, kick: -1, block: 0 },
};

class Enemy {
  health = 3;
}

class Fight extends Phaser.Scene {
  declare foresight: SceneForesight;
  characters: Enemy[] = [];

  preload(): void {
    this.foresight.loadModel(SPEC, 'duelist.safetensors');
  }

  create(): void {
    const player = this.add.sprite(100, 200, 'player');
    const enemy = this.add.sprite(300, 200, 'enemy');
    const duelist = this.foresight.defineModel(SPEC);
    const hero = this.foresight.track(player, {
      model: duelist,
      observe: () => ({ distance: enemy.x - player.x, stance: 'low' }),
    });
    const counter = new CounterController({ against: hero, payoff: PAYOFF });
    const rival = this.foresight.control(enemy, counter);
    const panel = this.foresight.panel({ model: duelist });
    this.foresight.overlay(hero);
    duelist.learn();
    this.input.keyboard?.on('keydown-T', () => panel.toggle());
    this.input.keyboard?.on('keydown-J', () => hero.act('jab'));
    const reply: 'jab' | 'kick' | 'block' | null = rival.decide();
    if (reply) enemy.play(reply);
    // @ts-expect-error the spec has no such action
    hero.act('jabb');
  }
}

/** The package adds no field to the scenes of a game that does not declare one. */
class Menu extends Phaser.Scene {
  create(): void {
    // @ts-expect-error
    this.foresight.tick();
    // @ts-expect-error
    this.load.foresightModel('duelist');
  }
}

export const config: Phaser.Types.Core.GameConfig = {
  scene: [Menu, Fight],
  plugins: foresight({ store: 'indexeddb' }),
};

export const isOurs = (error: unknown): boolean => error instanceof ForesightError;
