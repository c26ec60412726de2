import * as Phaser from 'phaser';
import type { SceneForesight } from '../../../plugin/index.ts';
import { addMenu } from '../../common/menu/menu.ts';
import { followScreen, UI_DEPTH } from '../../common/screen.ts';
import { addShade } from '../../common/shade.ts';
import { addText, INK } from '../../common/text.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { openGhost } from '../npc/ghost.ts';
import type { Ghost } from '../npc/ghost.ts';
import { SHADOW_FILE, SHADOW_MODEL, SHADOW_STEPS, trainShadow } from '../npc/shadow-training.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { FighterView } from '../view/fighter-view.ts';
import { SHADOW_PALETTE } from '../view/palette.ts';
import { StageView } from '../view/stage-view.ts';
import { WORLD } from '../view/world.ts';

export interface ShadowData {
  /** The scene that gets the shadow as `ghost`, and what else it gets. Default: the fight. */
  readonly next?: { readonly scene: string; readonly data: object };
}

/** The player's shadow, and the number of recorded actions that it learned from. */
interface OwnShadow {
  readonly steps: number;
  readonly ghost: Ghost;
}

/** Name of the player's own shadow in the registry of the game. */
const OWN = 'own-shadow';

/** Trains the player's shadow on the player's recordings, or shows how many actions are missing. */
export class ShadowScene extends Phaser.Scene {
  declare readonly foresight: SceneForesight;
  #stage!: StageView;
  #figure!: FighterView;
  #text!: Phaser.GameObjects.Text;
  #bar!: Phaser.GameObjects.Rectangle;
  #left = false;

  constructor() {
    super('shadow');
  }

  preload(): void {
    this.foresight.loadModel(DUEL_SPEC, SHADOW_FILE, { key: SHADOW_MODEL });
  }

  create({ next = { scene: 'fight', data: {} } }: ShadowData): void {
    this.#left = false;
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () => (this.#left = true));
    this.#stage = new StageView(this);
    this.#figure = new FighterView(this, 'shadow', SHADOW_PALETTE);
    addShade(this, { alpha: 0.3, depth: UI_DEPTH });
    const title = addText(this, 0, 0, 'Your shadow', 42).setOrigin(0.5).setDepth(60);
    this.#text = addText(this, 0, 0, 'Reading your rounds …', 16, INK.gold)
      .setOrigin(0.5, 0)
      .setDepth(60);
    this.#bar = this.add.rectangle(0, 0, 300, 10, 0x7de0d0).setOrigin(0, 0.5).setDepth(60);
    this.#bar.scaleX = 0;
    followScreen(this, ({ ui, deck }) => {
      const [middle, top] = [ui.width / 2, deck ? deck.y + 40 : ui.height * 0.15];
      title.setPosition(middle, top);
      this.#text.setPosition(middle, top + 34).setWordWrapWidth(Math.min(560, ui.width - 24));
      this.#bar.setPosition(middle - 150, top + 130);
    });
    const back = (): void =>
      void this.scene.start(next.scene === 'ghosts' ? 'ghosts' : 'title', {});
    addMenu(this, [{ label: 'Back', run: back }], {
      box: ({ ui }) => ({ x: 0, y: ui.height - 68, width: ui.width, height: 60 }),
      width: 200,
      back,
      sound: (kind) => duelSound().play(kind),
    });
    this.#prepare()
      .then((ghost) => {
        if (ghost && !this.#left) this.scene.start(next.scene, { ...next.data, ghost });
      })
      .catch((thrown: unknown) => {
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        if (!this.#left) this.#text.setText(`Your shadow could not be made. ${message}`);
      });
  }

  override update(time: number, delta: number): void {
    this.#stage.update(WORLD.width / 2, delta / 1000);
    const pose = Math.floor(time / 700) % 2 ? 'guard' : 'breathe';
    this.#figure.update({ x: 400, height: 0, facing: -1, pose, flash: false }, delta / 1000);
  }

  /** Null when too little is recorded, or the scene was left. */
  async #prepare(): Promise<Ghost | null> {
    const { recordings, models } = this.foresight.shared;
    const episodes = (await recordings.load(DUEL_SPEC)).filter(({ learn }) => learn);
    const steps = episodes.reduce((sum, { length }) => sum + length, 0);
    if (this.#left) return null;
    if (steps < SHADOW_STEPS) {
      this.#text.setText(
        `It needs ${SHADOW_STEPS} of your actions to be like you, and has ${steps}. ` +
          'Two or three rounds of the duel are enough. They stay on this machine.',
      );
      return null;
    }
    const own: OwnShadow | undefined = this.registry.get(OWN);
    if (own?.steps === steps) return own.ghost;
    this.#text.setText(
      `It learns to fight like you, from ${episodes.length} rounds and ${steps} actions …`,
    );
    const profile = await trainShadow(models.get(SHADOW_MODEL), episodes, (share) => {
      if (!this.#left) this.#bar.scaleX = Math.min(1, share);
    });
    const ghost = await openGhost(profile, 'Your shadow');
    this.registry.set(OWN, { steps, ghost } satisfies OwnShadow);
    return ghost;
  }
}
