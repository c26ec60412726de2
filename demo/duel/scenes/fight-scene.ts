import * as Phaser from 'phaser';
import { TrainingPanel } from '../../../plugin/index.ts';
import type { PredictionOverlay, TrackedCharacter } from '../../../plugin/index.ts';
import { duelActionNames } from '../action-names.ts';
import { DUEL_MODEL } from '../duel-spec.ts';
import { PlayerInput } from '../input/player-input.ts';
import { observe } from '../rules/index.ts';
import type { DuelEvent, Side } from '../rules/index.ts';
import { poseOf } from '../view/action-pose.ts';
import { FighterView, PLAYER_PALETTE, RIVAL_PALETTE } from '../view/fighter-view.ts';
import { FireballView } from '../view/fireballs.ts';
import { Hud } from '../view/hud.ts';
import { Sparks } from '../view/sparks.ts';
import { drawStage, WORLD } from '../view/stage-view.ts';
import { addText } from '../../common/text.ts';
import { DuelLoop } from './duel-loop.ts';

/** The duel: player on the left, the NPC that reads him on the right. */
export class FightScene extends Phaser.Scene {
  #loop!: DuelLoop;
  #hero!: TrackedCharacter;
  #overlay!: PredictionOverlay;
  #panel!: TrainingPanel;
  #fighters!: readonly [FighterView, FighterView];
  #fireballs!: FireballView;
  #sparks!: Sparks;
  #hud!: Hud;
  #banner!: Phaser.GameObjects.Text;
  #detail!: Phaser.GameObjects.Text;
  #status!: Phaser.GameObjects.Text;
  #paused = false;
  #over = false;

  constructor() {
    super('fight');
  }

  /** The tracked player. */
  get hero(): TrackedCharacter {
    return this.#hero;
  }

  create(): void {
    this.#paused = this.#over = false;
    drawStage(this);
    this.#fighters = [
      new FighterView(this, 'player', PLAYER_PALETTE),
      new FighterView(this, 'rival', RIVAL_PALETTE),
    ];
    this.#fireballs = new FireballView(this);
    this.#sparks = new Sparks(this);
    this.#hud = new Hud(this, ['You', 'Rival']);
    this.#banner = addText(this, 400, 150, '', 46).setOrigin(0.5).setDepth(60);
    this.#detail = addText(this, 400, 196, '', 16, '#ffd27a').setOrigin(0.5, 0).setDepth(60);
    this.#status = addText(this, 400, 436, '', 12, '#d8cfe6').setOrigin(0.5).setDepth(60);

    const input = new PlayerInput(this);
    this.#loop = new DuelLoop(Date.now(), {
      read: () => input.read(),
      prediction: () => (this.foresight.usePredictions ? this.#hero.prediction : null),
      act: (action) => this.#hero.act(action),
      event: (event) => this.#onEvent(event),
    });
    this.#hero = this.characters.track(this.#fighters[0].body, {
      model: DUEL_MODEL,
      id: 'player',
      observe: () => observe(this.#loop.state, 0),
      tick: () => this.#loop.state.tick,
      headOffset: 128,
    });
    this.#overlay = this.characters.overlay(this.#hero, {
      top: 3,
      depth: 40,
      visible: false,
      names: duelActionNames,
      explainKey: 'E',
    });
    this.#panel = new TrainingPanel(this.foresight, {
      model: DUEL_MODEL,
      character: () => this.#hero,
      names: duelActionNames,
      onLanguage: (language) => {
        this.#overlay.language = language;
      },
    });
    this.#overlay.language = this.#panel.language;
    this.foresight.learn(DUEL_MODEL);
    this.#listen();
    this.#say('Round 1');
  }

  override update(_time: number, delta: number): void {
    if (!this.#paused) this.#loop.advance(delta);
    const { state } = this.#loop;
    const seconds = delta / 1000;
    for (const side of [0, 1] as const) {
      const fighter = state.fighters[side];
      const { x, height, facing } = fighter;
      const won = state.phase !== 'fight' && state.phase !== 'intro' && this.#leads(side);
      const hurt = fighter.action === 'hit' || fighter.action === 'knockdown';
      this.#fighters[side].update(
        { x, height, facing, pose: poseOf(fighter, won), flash: hurt && fighter.since < 4 },
        seconds,
      );
    }
    this.#fireballs.update(state.fireballs, state.tick);
    this.#sparks.update(seconds);
    const { fighters, wins, options, phase, phaseTicks } = state;
    this.#hud.update(
      {
        health: [fighters[0].health / 100, fighters[1].health / 100],
        wins,
        roundsToWin: options.roundsToWin,
        secondsLeft: (phase === 'fight' ? phaseTicks : options.roundTicks) / 60,
      },
      seconds,
    );
    const predictions = this.foresight.usePredictions ? 'on' : 'off';
    this.#status.setText(`T training mode    P predictions ${predictions}    Esc pause`);
  }

  #leads(side: Side): boolean {
    const [a, b] = this.#loop.state.fighters;
    return side === 0 ? a.health > b.health : b.health > a.health;
  }

  #listen(): void {
    const keyboard = this.input.keyboard;
    const showTraining = (isShown: boolean): void => {
      if (isShown !== this.#panel.isOpen) this.#panel.toggle();
      this.#overlay.visible = isShown;
      // The next duel begins as this one was left.
      this.registry.set('training', isShown);
    };
    if (this.registry.get('training')) showTraining(true);
    keyboard?.on('keydown-T', () => showTraining(!this.#panel.isOpen));
    keyboard?.on('keydown-P', () => {
      this.foresight.usePredictions = !this.foresight.usePredictions;
    });
    keyboard?.on('keydown-ESC', () => this.#togglePause());
    keyboard?.on('keydown-ENTER', () => {
      if (this.#over) this.scene.restart();
      else if (this.#paused) this.#togglePause();
    });
    keyboard?.on('keydown-Q', () => {
      if (this.#over || this.#paused) this.scene.start('title');
    });
    this.input.gamepad?.on('down', (_pad: unknown, button: Phaser.Input.Gamepad.Button) => {
      // The start button pauses, and begins again after the end.
      if (button.index !== 9) return;
      if (this.#over) this.scene.restart();
      else this.#togglePause();
    });
    const warn = ({ message }: { message: string }): void =>
      this.#detail.setText(message) && undefined;
    const fail = ({ error }: { error: Error }): void => warn(error);
    const { events } = this.foresight;
    events.on('warning', warn);
    events.on('storage-error', fail);
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
      events.off('warning', warn);
      events.off('storage-error', fail);
      this.#panel.destroy();
    });
  }

  #togglePause(): void {
    if (this.#over) return;
    this.#paused = !this.#paused;
    this.#say(this.#paused ? 'Paused' : '', this.#paused ? 'Enter: go on    Q: title' : '');
  }

  #say(text: string, detail = ''): void {
    this.#banner.setText(text).setAlpha(1).setScale(1);
    this.#detail.setText(detail);
  }

  #onEvent(event: DuelEvent): void {
    switch (event.kind) {
      case 'round-start':
        this.#hero.beginEpisode();
        this.#say('Fight!');
        this.tweens.add({ targets: this.#banner, alpha: 0, scale: 1.4, delay: 350, duration: 250 });
        return;
      case 'round-end':
        this.#hero.endEpisode('terminated');
        this.#say(
          event.winner === null ? 'Draw' : event.byTime ? 'Time' : 'K.O.',
          event.winner === null
            ? ''
            : event.winner === 0
              ? 'The round is yours.'
              : 'The rival takes the round.',
        );
        this.time.delayedCall(1900, () => {
          if (this.#loop.state.phase !== 'intro') return;
          this.#hud.refill();
          this.#say(`Round ${this.#loop.state.round}`);
        });
        return;
      case 'duel-end':
        this.#over = true;
        this.#say(event.winner === 0 ? 'You win!' : 'The rival wins', this.#summary());
        return;
      case 'hit':
      case 'thrown':
        this.#sparks.burst(event.x, WORLD.floor - event.height, 0xffe08a, 22, 330);
        this.cameras.main.shake(event.kind === 'thrown' ? 160 : 90, 0.006);
        return;
      case 'blocked':
      case 'throw-break':
        this.#sparks.burst(event.x, WORLD.floor - event.height, 0x9ad7ff, 10, 200);
        return;
      case 'fireball':
      case 'jump':
      case 'whiff':
        if (event.kind === 'jump')
          this.#sparks.burst(this.#loop.state.fighters[event.side].x, WORLD.floor, 0xcbb8a0, 5, 90);
        return;
      default:
        event satisfies never;
    }
  }

  /** What the rival has learned about the player, in a sentence. */
  #summary(): string {
    const { total, scored } = this.#hero.accuracy ?? { total: null, scored: 0 };
    const again = 'Enter: again    Q: title';
    if (!total || scored < 20) return again;
    const percent = (share: number): string => `${Math.round(share * 100)} %`;
    return `It guessed ${percent(total.model)} of your ${scored} actions (always the same guess: ${percent(total.mostFrequent)}).\n${again}`;
  }
}
