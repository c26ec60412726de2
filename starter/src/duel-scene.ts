import * as Phaser from 'phaser';
import { CounterController } from 'phaser-foresight';
import type { SceneForesight } from 'phaser-foresight';
import { PAYOFF, SPEC } from './duelist';
import type { Move } from './duelist';

const KEYS = { LEFT: 'jab', RIGHT: 'kick', DOWN: 'block' } as const;
const COLOURS = { jab: 0xffd166, kick: 0xef476f, block: 0x8d99ae } as const;
const PLAYER = { x: 280, colour: 0x4f9dff };
const OPPONENT = { x: 520, colour: 0xff6b5e };

export class DuelScene extends Phaser.Scene {
  declare foresight: SceneForesight;
  private score = { player: 0, opponent: 0 };

  create(): void {
    const player = this.add.rectangle(PLAYER.x, 280, 60, 140, PLAYER.colour);
    const opponent = this.add.rectangle(OPPONENT.x, 280, 60, 140, OPPONENT.colour);
    const score = this.line(40, 'Left jabs, right kicks, down blocks.');
    this.line(400, 'Jab beats kick, kick beats block, block beats jab. T shows what it knows.');

    const model = this.foresight.defineModel(SPEC);
    const hero = this.foresight.track(player, {
      model,
      observe: () => ({
        distance: opponent.x - player.x,
        lead: this.score.player - this.score.opponent,
      }),
    });
    const controller = new CounterController({ against: hero, payoff: PAYOFF });
    const rival = this.foresight.control(opponent, controller);
    this.foresight.overlay(hero); // shows over the player what it expects
    model.learn(); // while the game runs

    for (const [key, move] of Object.entries(KEYS))
      this.input.keyboard?.on(`keydown-${key}`, () => {
        // It chooses before it sees the move.
        const reply = rival.decide() ?? 'block';
        hero.act(move);
        score.setText(this.exchange(move, reply));
        this.lunge(player, move, 40);
        this.lunge(opponent, reply, -40);
      });

    const panel = this.foresight.panel();
    this.input.keyboard?.on('keydown-T', () => panel.toggle());
  }

  private line(y: number, text: string): Phaser.GameObjects.Text {
    return this.add.text(400, y, text, { fontSize: '16px', align: 'center' }).setOrigin(0.5, 0);
  }

  /** Counts an exchange, and describes it. */
  private exchange(move: Move, reply: Move): string {
    const gain = PAYOFF[reply][move];
    if (gain > 0) this.score.opponent++;
    if (gain < 0) this.score.player++;
    const { player, opponent } = this.score;
    return `${move} against ${reply}\n${player} : ${opponent}`;
  }

  private lunge(fighter: Phaser.GameObjects.Rectangle, move: Move, by: number): void {
    const { x, colour } = by > 0 ? PLAYER : OPPONENT;
    this.tweens.killTweensOf(fighter);
    fighter.setPosition(x, fighter.y).setFillStyle(COLOURS[move]);
    this.tweens.add({
      targets: fighter,
      x: move === 'block' ? x : x + by,
      duration: 90,
      yoyo: true,
      onComplete: () => fighter.setFillStyle(colour),
    });
  }
}
