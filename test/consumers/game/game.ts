/** A small game that plays itself, the same in every consumer: jab, jab, kick, again and again. */
import * as Phaser from 'phaser';
import { CounterController, category, defineSpec, foresight, number } from 'phaser-foresight';
import type { SceneForesight } from 'phaser-foresight';
import type { Report } from './report';

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
const HABIT = ['jab', 'jab', 'kick'] as const;
const FRAMES_PER_ACTION = 6;

class Fight extends Phaser.Scene {
  declare foresight: SceneForesight;
  #frames = 0;
  #act = () => {};

  create() {
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
    // Its code is loaded now.
    this.foresight.panel({ model: duelist }).open();
    duelist.learn();

    const report: Report = {
      actions: 0,
      bursts: 0,
      engine: null,
      prediction: null,
      reply: null,
      errors: [],
    };
    Object.assign(globalThis, { report });
    const { events } = this.foresight.shared;
    events.on('trained', ({ engine }) => {
      report.bursts += 1;
      report.engine = engine.engine;
    });
    events.on('error', ({ error }) => report.errors.push(error.message));

    this.#act = () => {
      report.reply = rival.decide();
      hero.act(HABIT[report.actions % HABIT.length]);
      report.actions += 1;
      report.prediction = hero.prediction?.action ?? null;
    };
  }

  override update() {
    if (this.#frames++ % FRAMES_PER_ACTION === 0) this.#act();
  }
}

/** The game config has no word of workers. */
export function startGame(parent?: HTMLElement): Phaser.Game {
  return new Phaser.Game({
    parent,
    width: 160,
    height: 120,
    scene: Fight,
    audio: { noAudio: true },
    plugins: foresight(),
  });
}
