import * as Phaser from 'phaser';
import { createRng } from '../../../plugin/index.ts';
import type {
  ForesightEvents,
  ForesightModel,
  PanelHandle,
  OverlayHandle,
  SceneForesight,
  TrackedCharacter,
} from '../../../plugin/index.ts';
import type { Difficulty, DifficultyName } from '../../../src/core.ts';
import { parseAddress } from '../../common/address.ts';
import { onPress } from '../../common/on-press.ts';
import { heldDevice } from '../../common/held-device.ts';
import { optionsEntry, PauseMenu } from '../../common/menu/pause-menu.ts';
import { addPauseButton } from '../../common/pause-button.ts';
import { followScreen, gameElement } from '../../common/screen.ts';
import { addText, INK } from '../../common/text.ts';
import { duelActionNames } from '../action-names.ts';
import { DUELIST_FILE, DUEL_LEARNING, DUEL_SPEC } from '../duel-spec.ts';
import { PlayerInput } from '../input/player-input.ts';
import { observe } from '../rules/index.ts';
import type { DuelAction, DuelEvent, DuelOptions, Side } from '../rules/index.ts';
import { difficultyNow } from '../settings/fair-text.ts';
import { settingsStore } from '../settings/settings-store.ts';
import { duelSound } from '../sound/duel-sound.ts';
import { DuelObserver } from '../tally/duel-observer.ts';
import { DuelView } from '../view/duel-view.ts';
import { DuelLoop } from './duel-loop.ts';
import { fightHint } from './hints.ts';
import { FIGHT, LearningCommands } from './learning-commands.ts';
import type { ResultsData } from './results-scene.ts';
import {
  createGhostRival,
  createNpcRival,
  palettesFor,
  rivalName,
  sharedFair,
  sharedTrust,
} from './rival.ts';
import type { FightData, Rival } from './rival.ts';

/** Slow motion after a knock-out: ms of real time, and speed. */
const SLOW_MS = 700;
const SLOW = 0.35;
/** Time from the end of the duel to the results, ms. */
const RESULTS_MS = 1700;
/** Least ticks between two marks over the rival's head, so that they stay rare. */
const MARKS_APART = 90;

const RULE =
  'Strike beats throw, throw beats block, block beats strike.\nIt foresees what you do often: surprise it.';

/** The duel: the player on the left; on the right the rival that reads them, or their own shadow. */
export class FightScene extends Phaser.Scene {
  declare readonly foresight: SceneForesight;
  #loop!: DuelLoop;
  #hero!: TrackedCharacter;
  #rival!: Rival;
  /** That of the rival that reads the player, which follows them where it is fair; null against a shadow. */
  #difficulty: Difficulty | DifficultyName | null = null;
  #data: FightData = {};
  #overlay!: OverlayHandle;
  #panel!: PanelHandle;
  #view!: DuelView;
  #input!: PlayerInput;
  #observer!: DuelObserver;
  #pause!: PauseMenu;
  #banner!: Phaser.GameObjects.Text;
  #detail!: Phaser.GameObjects.Text;
  #status!: Phaser.GameObjects.Text;
  #wantsPause = false;
  #results: ResultsData | null = null;
  #slowLeft = 0;
  #markedAt = -Infinity;

  constructor() {
    super('fight');
  }

  /** The tracked player. */
  get hero(): TrackedCharacter {
    return this.#hero;
  }

  init(data: FightData): void {
    this.#data = data;
  }

  preload(): void {
    this.foresight.loadModel(DUEL_SPEC, DUELIST_FILE);
  }

  create(): void {
    // Without the file the model begins without weights.
    const duelist = this.foresight.defineModel(DUEL_SPEC);
    this.#wantsPause = false;
    this.#results = null;
    this.#slowLeft = 0;
    this.#markedAt = -Infinity;
    const settings = settingsStore();
    this.#view = new DuelView(this, {
      names: ['You', this.#rivalName],
      palettes: palettesFor(this.#rivalName),
      sound: duelSound(),
      shakes: () => settings.settings.shake,
    });
    this.#banner = addText(this, 0, 0, '', 46).setOrigin(0.5).setDepth(60);
    this.#detail = addText(this, 0, 0, '', 16, INK.gold).setOrigin(0.5, 0).setDepth(60);
    this.#status = addText(this, 0, 0, '', 14, INK.soft).setOrigin(0.5).setDepth(60);
    followScreen(this, ({ ui, stage, deck }) => {
      const middle = ui.width / 2;
      this.#banner.setPosition(middle, stage.height / 3).setFontSize(Math.min(46, ui.width / 11));
      this.#detail.setPosition(middle, stage.height / 3 + 38).setWordWrapWidth(ui.width - 24);
      // Several lines stay off the stage.
      this.#status
        .setOrigin(0.5, deck ? 0 : 1)
        .setPosition(middle, deck ? deck.y + 6 : ui.height - 5);
      this.#status.setWordWrapWidth(ui.width - 16);
    });
    this.#input = new PlayerInput(this, () => settings.settings);
    const rules = this.#rules();
    this.#loop = new DuelLoop(rules, {
      read: () => this.#input.read(),
      rival: (state) => this.#rival.intent(state),
      act: (action, side) => this.#act(action, side),
      event: (event) => this.#onEvent(event),
    });
    this.#track(duelist);
    this.#panel = this.foresight.panel({
      model: duelist,
      narrow: gameElement(this),
      names: duelActionNames,
      onLanguage: (language) => {
        this.#overlay.language = language;
        settingsStore().change({ language });
      },
    });
    duelist.learn(DUEL_LEARNING);
    const learning = new LearningCommands(this, {
      foresight: this.foresight.shared,
      say: (text) => this.#detail.setText(text),
      forgotten: (note) => void this.scene.restart({ ...this.#data, note }),
    });
    this.#pause = new PauseMenu(this, {
      entries: [
        { label: 'Restart', run: () => void this.scene.restart(this.#data) },
        optionsEntry(this),
        // The only way to it without a keyboard.
        {
          label: 'Training mode',
          run: () => this.#showTraining(!this.#panel.isOpen),
          closes: true,
        },
        ...learning.entries(),
      ],
      note: RULE,
      resume: () => this.#input.clear(),
      sound: (kind) => duelSound().play(kind),
    });
    this.#listen();
    this.#say('Round 1', this.#data.note ?? '');
  }

  override update(_time: number, delta: number): void {
    const seconds = delta / 1000;
    if (this.#wantsPause && !this.#results) this.#pause.open();
    this.#wantsPause = false;
    this.#input.update();
    if (!this.#pause.isOpen) {
      this.#slowLeft = Math.max(0, this.#slowLeft - delta);
      this.#loop.advance(this.#slowLeft > 0 ? delta * SLOW : delta);
    }
    this.#view.update(this.#loop.state, this.#pause.isOpen ? 0 : seconds);
    const note =
      this.#difficulty && this.#panel.isOpen
        ? difficultyNow(this.#difficulty, sharedTrust().share, settingsStore().settings.language)
        : '';
    this.#view.hud?.note(note);
    const hint = fightHint(heldDevice(), {
      predicts: this.foresight.shared.usePredictions,
      learns: this.foresight.shared.learnFromPlay,
      explains: this.#panel.isOpen,
    });
    // Lines break between hints only.
    this.#status.setText(hint.replace(/(?<! ) (?! )/g, '\u00a0'));
  }

  get #rivalName(): string {
    return rivalName(this.#data);
  }

  /** Rounds and seconds from the address. */
  #rules(): Partial<DuelOptions> {
    const { rounds, seconds } = parseAddress(location.search);
    return {
      ...(rounds !== null && { roundsToWin: rounds }),
      ...(seconds !== null && { roundTicks: Math.round(seconds * 60) }),
    };
  }

  #track(duelist: ForesightModel): void {
    const [hero] = this.#view.fighters;
    const tick = (): number => this.#loop.state.tick;
    this.#hero = this.foresight.track(hero.body, {
      model: duelist,
      id: 'player',
      observe: () => observe(this.#loop.state, 0),
      tick,
      headOffset: 128,
      meta: { [FIGHT]: Date.now() },
    });
    this.#overlay = this.foresight.overlay(this.#hero, {
      top: 3,
      depth: 40,
      visible: false,
      names: duelActionNames,
      explainKey: 'E',
    });
    this.#observer = new DuelObserver(this.#hero);
    const seed = parseAddress(location.search).seed ?? Date.now() % 2 ** 31;
    const { ghost } = this.#data;
    const { difficulty: name, fair } = settingsStore().settings;
    const difficulty = fair && name === 'normal' ? sharedFair() : name;
    this.#difficulty = ghost ? null : difficulty;
    this.#rival = ghost
      ? createGhostRival(ghost, seed)
      : createNpcRival({ rng: createRng(seed), difficulty, earned: sharedTrust() }, () =>
          this.foresight.shared.usePredictions ? this.#hero : null,
        );
  }

  #act(action: DuelAction, side: Side): void {
    if (side === 1) return;
    this.#rival.watch(action);
    const isRead = this.#observer.act(action, this.#rival.lastRead());
    const { tick } = this.#loop.state;
    if (!isRead || tick - this.#markedAt < MARKS_APART) return;
    this.#markedAt = tick;
    this.#view.read(action);
  }

  #showTraining(isShown: boolean): void {
    if (isShown !== this.#panel.isOpen) this.#panel.toggle();
    this.#overlay.visible = isShown;
    // The next duel opens the panel if this one had it open.
    this.registry.set('training', isShown);
  }

  #listen(): void {
    if (this.registry.get('training')) this.#showTraining(true);
    onPress(this, 'T', () => this.#showTraining(!this.#panel.isOpen));
    onPress(this, 'P', () => {
      const { shared } = this.foresight;
      shared.usePredictions = !shared.usePredictions;
    });
    // Handled in update, so that the menu which opens does not receive the same press.
    onPress(this, 'ESC', () => (this.#wantsPause = !this.#pause.isOpen));
    onPress(this, 'ENTER', () => this.#showResults());
    this.input.gamepad?.on('down', (_pad: unknown, button: Phaser.Input.Gamepad.Button) => {
      if (button.index !== 9) return;
      if (this.#results) this.#showResults();
      else this.#wantsPause = !this.#pause.isOpen;
    });
    this.input.on('pointerdown', () => this.#showResults());
    // Under the clock and the marks of the rounds.
    const pause = (): void => void (this.#wantsPause = !this.#pause.isOpen);
    addPauseButton(this, pause, ({ ui }) => ({ x: ui.width / 2, y: 84 }));
    const warn = ({ message }: { message: string }): void => void this.#detail.setText(message);
    const fail = ({ error }: { error: Error }): void => warn(error);
    const { events } = this.foresight.shared;
    const greet = ({ character, steps }: ForesightEvents['recalled']): void => {
      if (character === this.#hero.id && this.#loop.state.phase === 'intro')
        this.#detail.setText(`It remembers ${steps} of your actions.`);
    };
    events.on('warning', warn);
    events.on('storage-error', fail);
    events.on('recalled', greet);
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
      events.off('warning', warn);
      events.off('storage-error', fail);
      events.off('recalled', greet);
    });
  }

  #say(text: string, detail = ''): void {
    this.#banner.setText(text).setAlpha(1).setScale(1);
    this.#detail.setText(detail);
  }

  #onEvent(event: DuelEvent): void {
    const { state } = this.#loop;
    this.#observer.event(event);
    this.#view.event(event, state);
    switch (event.kind) {
      case 'round-start':
        this.#hero.beginEpisode();
        this.#say('Fight!');
        this.tweens.add({ targets: this.#banner, alpha: 0, scale: 1.4, delay: 350, duration: 250 });
        return;
      case 'round-end':
        return this.#endRound(event);
      case 'duel-end':
        return this.#endDuel(event.winner);
      default:
    }
  }

  #endRound({ winner, byTime }: DuelEvent & { kind: 'round-end' }): void {
    this.#hero.endEpisode('terminated');
    this.#rival.endRound(winner);
    if (!byTime) this.#slowLeft = SLOW_MS;
    const taker = this.#data.ghost ? this.#rivalName : 'The rival';
    this.#say(
      winner === null ? 'Draw' : byTime ? 'Time' : 'K.O.',
      winner === null ? '' : winner === 0 ? 'The round is yours.' : `${taker} takes the round.`,
    );
    this.time.delayedCall(2300, () => {
      const { phase, round } = this.#loop.state;
      if (phase !== 'intro') return;
      this.#view.hud?.refill();
      this.#say(`Round ${round}`);
    });
  }

  #endDuel(winner: Side): void {
    const { wins } = this.#loop.state;
    this.#say(winner === 0 ? 'You win!' : `${this.#rivalName} wins`);
    this.#results = {
      report: this.#observer.report({
        winner,
        wins: [wins[0], wins[1]],
        rival: this.#data.ghost ? 'shadow' : 'npc',
        predicted: this.foresight.shared.usePredictions,
      }),
      replay: this.#loop.replay(),
      fight: { ghost: this.#data.ghost },
    };
    this.time.delayedCall(RESULTS_MS, () => this.#showResults());
  }

  /** Shows the results; does nothing before the duel is over. */
  #showResults(): void {
    if (this.#results) this.scene.start('results', this.#results);
  }
}
