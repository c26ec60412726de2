import * as Phaser from 'phaser';
import { CounterController, defineSpec, foresight, number } from 'phaser-foresight';
import type { SceneForesight } from 'phaser-foresight';

const SPEC = defineSpec({
  name: 'fighter',
  observation: [number('last', { min: -1, max: 1 })],
  action: ['jab', 'kick', 'block'],
});
type Action = (typeof SPEC.action.actions)[number];

const PAYOFF = {
  jab: { jab: 0, kick: 1, block: -1 },
  kick: { jab: -1, kick: 0, block: 1 },
  block: { jab: 1, kick: -1, block: 0 },
};

const HABIT: readonly Action[] = ['jab', 'jab', 'kick', 'block'];
/** Milliseconds between two actions of the script. */
const PAUSE = 400;
/** Exchanges that the mean is taken over. */
const RECENT = 50;

class Exchanges extends Phaser.Scene {
  declare foresight: SceneForesight;
  #played = 0;
  readonly #gains: Record<'with' | 'without', number[]> = { with: [], without: [] };

  create(): void {
    const player = this.add.rectangle(140, 150, 40, 90, 0x4f9dff);
    const fighter = this.foresight.defineModel(SPEC);
    let last = 0;
    const hero = this.foresight.track(player, { model: fighter, observe: () => ({ last }) });
    this.foresight.overlay(hero);
    fighter.learn();
    let lessons = 0;
    this.foresight.shared.events.on('trained', () => lessons++);

    this.add.text(380, 80, 'with predictions').setOrigin(0.5);
    this.add.text(520, 80, 'without').setOrigin(0.5);
    const rivals = {
      with: new CounterController({ against: hero, payoff: PAYOFF }),
      without: new CounterController({ against: hero, payoff: PAYOFF, trust: 0 }),
    };
    const npcs = {
      with: this.foresight.control(this.add.rectangle(380, 150, 40, 90, 0xff6b5e), rivals.with),
      without: this.foresight.control(
        this.add.rectangle(520, 150, 40, 90, 0xb4b4b4),
        rivals.without,
      ),
    };

    const exchange = (action: Action): void => {
      // Both choose before they see the action.
      for (const [name, npc] of Object.entries(npcs) as ['with' | 'without', typeof npcs.with][]) {
        const reply = npc.decide();
        if (reply) this.#gains[name].push((last = PAYOFF[reply][action]));
        show(name, mean(this.#gains[name].slice(-RECENT)).toFixed(2));
      }
      hero.act(action);
      this.#played++;
      show('status', `Exchange ${this.#played}. It has learned ${lessons} times.`);
    };

    const script = this.time.addEvent({
      delay: PAUSE,
      loop: true,
      callback: () => exchange(this.#nextOfScript()),
    });
    for (const button of document.querySelectorAll('button'))
      button.addEventListener('click', () => {
        const action = SPEC.action.actions.find((name) => name === button.dataset.action);
        script.paused = action !== undefined;
        if (action) exchange(action);
      });
  }

  #nextOfScript(): Action {
    const surprise = Phaser.Math.RND.frac() < 0.15;
    return surprise ? Phaser.Math.RND.pick([...HABIT]) : HABIT[this.#played % HABIT.length];
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function show(id: string, text: string): void {
  document.getElementById(id)!.textContent = text;
}

export const game = new Phaser.Game({
  width: 640,
  height: 220,
  backgroundColor: '#0b1020',
  scene: Exchanges,
  plugins: foresight(),
});
