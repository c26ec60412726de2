/** A small game that plays itself, the same in every consumer: jab, jab, kick, again and again. */
import * as Phaser from 'phaser';
import {
  CounterController,
  ForesightPlugin,
  ForesightScenePlugin,
  category,
  createRng,
  defineSpec,
  number,
} from 'phaser-foresight';
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
  #frames = 0;
  #act = () => {};

  create() {
    const player = this.add.rectangle(40, 60, 20, 40, 0x4f9dff);
    const enemy = this.add.rectangle(120, 60, 20, 40, 0xff6b5e);
    const report: Report = {
      actions: 0,
      bursts: 0,
      engine: null,
      prediction: null,
      reply: null,
      errors: [],
    };
    Object.assign(globalThis, { report });

    this.foresight.defineModel('duelist', SPEC);
    const hero = this.characters.track(player, {
      model: 'duelist',
      observe: () => ({ distance: enemy.x - player.x, stance: 'low' }),
    });
    const rival = this.characters.control(
      enemy,
      new CounterController({ actions: SPEC.action.actions, payoff: PAYOFF, rng: createRng(1) }),
      { against: hero },
    );
    this.foresight.events.on('trained', ({ engine }) => {
      report.bursts += 1;
      report.engine = engine.engine;
    });
    this.foresight.events.on('error', ({ error }) => report.errors.push(error.message));
    this.foresight.learn('duelist');
    this.#act = () => {
      hero.act(HABIT[report.actions % HABIT.length]);
      report.actions += 1;
      report.prediction = hero.prediction?.action ?? null;
      report.reply = rival.decide();
    };
  }

  override update() {
    if (this.#frames++ % FRAMES_PER_ACTION === 0) this.#act();
  }
}

export function startGame(parent?: HTMLElement): Phaser.Game {
  return new Phaser.Game({
    parent,
    width: 160,
    height: 120,
    scene: Fight,
    audio: { noAudio: true },
    plugins: {
      global: [{ key: 'Foresight', plugin: ForesightPlugin, mapping: 'foresight', start: true }],
      scene: [{ key: 'ForesightScene', plugin: ForesightScenePlugin, mapping: 'characters' }],
    },
  });
}
