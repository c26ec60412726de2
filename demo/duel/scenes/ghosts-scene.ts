import * as Phaser from 'phaser';
import type { ForesightModel, SceneForesight } from '../../../plugin/index.ts';
import { askText } from '../../common/ask-text.ts';
import { onDroppedFile } from '../../common/drop-files.ts';
import { Menu } from '../../common/menu/menu.ts';
import type { MenuEntry } from '../../common/menu/menu.ts';
import { openFile, saveFile } from '../../common/save-file.ts';
import { followScreen } from '../../common/screen.ts';
import { addShade } from '../../common/shade.ts';
import { addText, INK } from '../../common/text.ts';
import { DUEL_SPEC } from '../duel-spec.ts';
import { GALLERY } from '../npc/gallery.ts';
import { openGhost } from '../npc/ghost.ts';
import type { Ghost } from '../npc/ghost.ts';
import { SHADOW_FILE, SHADOW_MODEL } from '../npc/shadow-training.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { FighterView } from '../view/fighter-view.ts';
import { AMBER_PALETTE, PLAYER_PALETTE, SHADOW_PALETTE } from '../view/palette.ts';
import { StageView } from '../view/stage-view.ts';
import { WORLD } from '../view/world.ts';

/** What to do when the player's own shadow has been trained. */
type Next = 'start' | 'save';

export interface GhostsData {
  /** The player's own shadow, trained by the scene before. */
  readonly ghost?: Ghost;
  readonly next?: Next;
}

/** One that can fight: the player, or a ghost. */
interface Fighter {
  readonly name: string;
  readonly about: string;
  /** Null for the player. The player's own shadow is trained first, in another scene. */
  readonly open: (() => Promise<Ghost>) | 'own' | null;
}

/** Names in the registry of the game: which two were chosen, and the opened files. */
const [CHOSEN, OPENED] = ['ghosts-chosen', 'ghosts-opened'];

const EXTENSION = '.ghost';

const YOU: Fighter = { name: 'You', about: 'You hold the controls.', open: null };
const OWN: Fighter = {
  name: 'Your shadow',
  about: 'It learns from your recorded rounds first.',
  open: 'own',
};

/** "24 rounds, 1,402 actions." */
function describe({ profile }: Ghost): string {
  const steps = profile.episodes.reduce((sum, { length }) => sum + length, 0);
  return `From a file: ${profile.episodes.length} rounds, ${steps} actions.`;
}

/** Shadows of players: the player's own, those of the gallery, and those from files. To fight, to watch, to share. */
export class GhostsScene extends Phaser.Scene {
  declare readonly foresight: SceneForesight;
  #stage!: StageView;
  #figures!: readonly FighterView[];
  #message!: Phaser.GameObjects.Text;
  #menu!: Menu;
  #busy = false;
  #left = false;

  constructor() {
    super('ghosts');
  }

  preload(): void {
    this.foresight.loadModel(DUEL_SPEC, SHADOW_FILE, { key: SHADOW_MODEL });
  }

  create({ ghost, next }: GhostsData): void {
    this.#busy = this.#left = false;
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () => (this.#left = true));
    this.#stage = new StageView(this);
    this.#figures = [PLAYER_PALETTE, AMBER_PALETTE, SHADOW_PALETTE].map(
      (palette, i) => new FighterView(this, `ghost ${i}`, palette),
    );
    addShade(this, { alpha: 0.35, depth: 58 });
    const title = addText(this, 0, 0, 'Ghosts', 38).setOrigin(0.5).setDepth(60);
    this.#message = addText(this, 0, 0, '', 14, INK.gold).setOrigin(0.5, 1).setDepth(60);
    followScreen(this, ({ ui, deck }) => {
      title.setPosition(ui.width / 2, deck ? 46 : 40);
      this.#message.setPosition(ui.width / 2, ui.height - 8);
      this.#message.setWordWrapWidth(Math.min(640, ui.width - 24));
    });
    const back = (): void => void this.scene.start('title', {});
    this.#menu = new Menu(this, this.#entries(back), {
      box: ({ ui, deck }) => {
        const top = deck?.y ?? 66;
        return { x: 0, y: top, width: ui.width, height: ui.height - top - (deck ? 64 : 46) };
      },
      gap: 40,
      size: 18,
      width: 360,
      back,
      sound: (kind) => duelSound().play(kind),
    });
    onDroppedFile(this, (file) => this.#do(() => this.#open(file)));
    if (next === 'start') this.#do(() => this.#start(ghost));
    if (next === 'save' && ghost) this.#do(() => this.#save(ghost));
  }

  override update(time: number, delta: number): void {
    this.#stage.update(WORLD.width / 2, delta / 1000);
    const seconds = delta / 1000;
    const isPlayer = this.#chosen[0].open === null;
    const shown = [isPlayer, !isPlayer, true];
    this.#figures.forEach((figure, i) => {
      const pose = Math.floor(time / 700 + i / 2) % 2 ? 'guard' : 'breathe';
      // Beyond the edge of the world, out of sight.
      const x = shown[i] ? (i === 2 ? 690 : 110) : -4000;
      figure.update({ x, height: 0, facing: i === 2 ? -1 : 1, pose, flash: false }, seconds);
    });
  }

  #entries(back: () => void): MenuEntry[] {
    const choose = (side: 0 | 1): MenuEntry => ({
      label: side ? 'Right' : 'Left',
      value: () => this.#chosen[side].name,
      hint: () => this.#chosen[side].about,
      step: (direction) => this.#step(side, direction),
    });
    const isFight = (): boolean => this.#chosen[0].open === null;
    return [
      choose(0),
      choose(1),
      {
        label: 'Start',
        value: () => (isFight() ? 'fight' : 'watch'),
        hint: () => (isFight() ? 'You fight the ghost on the right.' : 'Two ghosts fight.'),
        run: () => this.#do(() => this.#start()),
      },
      {
        label: 'Save my shadow',
        hint: () => 'A file of how you fight, for a friend or another browser.',
        run: () => this.#do(() => this.#save()),
      },
      {
        label: 'Open a shadow file',
        hint: () => `A file that ends in ${EXTENSION}. You can also drop it here.`,
        run: () =>
          this.#do(async () => {
            const file = await openFile(EXTENSION);
            if (file) await this.#open(file);
          }),
      },
      { label: 'Back', run: back },
    ];
  }

  /** Those that can be on the left and on the right. */
  #fighters(side: 0 | 1): readonly Fighter[] {
    const opened: readonly Ghost[] = this.registry.get(OPENED) ?? [];
    return [
      ...(side ? [] : [YOU]),
      OWN,
      ...opened.map((ghost) => ({
        name: ghost.name,
        about: describe(ghost),
        open: () => Promise.resolve(ghost),
      })),
      ...GALLERY.map(({ name, about, file }) => ({
        name,
        about,
        open: async () => {
          const response = await fetch(file);
          if (!response.ok) throw new Error(`${file} is missing. Put it next to the game.`);
          return this.#read(new Uint8Array(await response.arrayBuffer()), name);
        },
      })),
    ];
  }

  get #chosen(): readonly [Fighter, Fighter] {
    const places: readonly [number, number] = this.registry.get(CHOSEN) ?? [0, 1];
    const at = (side: 0 | 1): Fighter => {
      const all = this.#fighters(side);
      return all[Math.min(places[side], all.length - 1)];
    };
    return [at(0), at(1)];
  }

  #step(side: 0 | 1, direction: 1 | -1): void {
    const { length } = this.#fighters(side);
    const places: [number, number] = [...(this.registry.get(CHOSEN) ?? [0, 1])] as [number, number];
    places[side] = (places[side] + direction + length) % length;
    this.registry.set(CHOSEN, places);
    this.#message.setText('');
  }

  get #model(): ForesightModel {
    return this.foresight.shared.models.get(SHADOW_MODEL);
  }

  async #read(bytes: Uint8Array, name: string): Promise<Ghost> {
    return openGhost(await this.#model.readProfile(bytes, name));
  }

  /** One thing at a time; what goes wrong is shown. */
  #do(work: () => Promise<void>): void {
    if (this.#busy) return;
    this.#busy = true;
    work()
      .catch((thrown: unknown) => {
        if (this.#left) return;
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        this.#message.setText(message);
      })
      .finally(() => (this.#busy = false));
  }

  /** @param own the player's own shadow, once it was trained */
  async #start(own?: Ghost): Promise<void> {
    const chosen = this.#chosen;
    if (!own && chosen.some(({ open }) => open === 'own')) return this.#train('start');
    const [left, right] = await Promise.all(
      chosen.map(({ open }) => (open === 'own' ? own! : (open?.() ?? null))),
    );
    if (this.#left || !right) return;
    if (left) this.scene.start('watch', { ghosts: [left, right] });
    else this.scene.start('fight', { ghost: right });
  }

  async #save(own?: Ghost): Promise<void> {
    if (!own) return this.#train('save');
    const { episodes } = own.profile;
    const name = await askText({
      title: 'Save your shadow',
      note: `The file holds how you fight: ${episodes.length} rounds, and what a network learned from them. Nothing in it names you but what you type here.`,
      label: 'A name to be known by',
      placeholder: 'may stay empty',
      most: 24,
      yes: 'Save',
      no: 'Cancel',
    });
    if (name === null) return;
    const bytes = await this.#model.exportProfile({ name, episodes });
    saveFile(`shadow${EXTENSION}`, bytes, 'application/octet-stream');
    this.#message.setText(`Saved as shadow${EXTENSION}: ${Math.ceil(bytes.length / 1000)} kB.`);
  }

  async #train(next: Next): Promise<void> {
    this.scene.start('shadow', { next: { scene: 'ghosts', data: { next } } });
  }

  async #open(file: File): Promise<void> {
    const ghost = await this.#read(new Uint8Array(await file.arrayBuffer()), file.name);
    if (this.#left) return;
    const opened: readonly Ghost[] = this.registry.get(OPENED) ?? [];
    this.registry.set(OPENED, [ghost, ...opened]);
    // The newest file is the first after the player's own shadow.
    this.registry.set(CHOSEN, [0, 1]);
    this.#menu.refresh();
    this.#message.setText(`${ghost.name} is ready to fight.`);
  }
}
