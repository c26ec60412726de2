import * as Phaser from 'phaser';
import { DUEL_MODEL, DUEL_SPEC } from '../duel-spec.ts';
import { FighterView, PLAYER_PALETTE, RIVAL_PALETTE } from '../view/fighter-view.ts';
import { drawStage, WORLD } from '../view/stage-view.ts';
import { addText } from '../../common/text.ts';

const CONTROLS: readonly (readonly [string, string])[] = [
  ['Move', 'Left, Right or A, D'],
  ['Jump', 'Up or W'],
  ['Block', 'Down, S or L'],
  ['Strike', 'J or Z'],
  ['Throw', 'K or X'],
  ['Fireball', 'I or C'],
  ['Dash', 'Shift or O'],
];

/** Title, controls, and the one rule that matters. Loads the pretrained model. */
export class TitleScene extends Phaser.Scene {
  constructor() {
    super('title');
  }

  preload(): void {
    if (this.foresight.hasModel(DUEL_MODEL)) return;
    this.load.foresightModel({
      key: DUEL_MODEL,
      url: 'checkpoints/duelist.safetensors',
      spec: DUEL_SPEC,
    });
  }

  create(): void {
    // Without the file it is still a game: the model then begins without weights.
    if (!this.foresight.hasModel(DUEL_MODEL)) this.foresight.defineModel(DUEL_MODEL, DUEL_SPEC);
    drawStage(this);
    this.add.rectangle(0, 0, WORLD.width, WORLD.height, 0x120d1c, 0.45).setOrigin(0);
    addText(this, WORLD.width / 2, 74, 'FORESIGHT DUEL', 54).setOrigin(0.5);
    addText(this, WORLD.width / 2, 118, 'It learns what you do next.', 18, '#ffd27a').setOrigin(
      0.5,
    );

    const panel = this.add.graphics();
    panel.fillStyle(0x120d1c, 0.72).fillRoundedRect(240, 146, 320, 214, 12);
    CONTROLS.forEach(([action, keys], row) => {
      addText(this, 272, 158 + row * 21, action, 14, '#ffd27a');
      addText(this, 360, 158 + row * 21, keys, 14);
    });
    addText(
      this,
      400,
      318,
      'Strike beats throw, throw beats block,\nblock beats strike.',
      13,
      '#d8cfe6',
    ).setOrigin(0.5, 0);
    const start = addText(this, 400, 382, 'Press Enter or click to fight', 24).setOrigin(0.5);
    addText(
      this,
      400,
      416,
      'T  training mode     P  predictions on / off     Esc  pause',
      13,
      '#d8cfe6',
    ).setOrigin(0.5);
    this.tweens.add({ targets: start, alpha: 0.35, duration: 700, yoyo: true, repeat: -1 });

    const player = new FighterView(this, 'left', PLAYER_PALETTE);
    const rival = new FighterView(this, 'right', RIVAL_PALETTE);
    this.events.on(Phaser.Scenes.Events.UPDATE, (time: number, delta: number) => {
      const pose = Math.floor(time / 650) % 2 ? 'guard' : 'breathe';
      const look = { height: 0, flash: false, pose } as const;
      player.update({ ...look, x: 150, facing: 1 }, delta / 1000);
      rival.update({ ...look, x: 650, facing: -1 }, delta / 1000);
    });
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () =>
      this.events.off(Phaser.Scenes.Events.UPDATE),
    );

    const fight = (): void => void this.scene.start('fight');
    this.input.keyboard?.once('keydown-ENTER', fight);
    this.input.keyboard?.once('keydown-SPACE', fight);
    this.input.once('pointerdown', fight);
    this.input.gamepad?.once('down', fight);
  }
}
