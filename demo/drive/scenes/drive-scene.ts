import * as Phaser from 'phaser';
import { simulate } from '../../../plugin/index.ts';
import type {
  ForesightModel,
  PanelHandle,
  SceneForesight,
  TrackedCharacter,
} from '../../../plugin/index.ts';
import { parseAddress } from '../../common/address.ts';
import { heldDevice } from '../../common/held-device.ts';
import { Menu } from '../../common/menu/menu.ts';
import { PauseMenu } from '../../common/menu/pause-menu.ts';
import { onPress } from '../../common/on-press.ts';
import { addPauseButton } from '../../common/pause-button.ts';
import { followScreen, gameElement, layoutOf, pixelsPerUnit } from '../../common/screen.ts';
import { BASE } from '../../common/lay-out.ts';
import { addText } from '../../common/text.ts';
import { DRIVE_LEARNING, DRIVE_NETWORK, DRIVE_SPEC } from '../drive-spec.ts';
import { foreseeDoubted } from '../foresee.ts';
import { constantVelocity } from '../guesses.ts';
import { DriveInput } from '../input/drive-input.ts';
import { controlsOf, nameControls, observeRacer, speedOf, TICK_RATE } from '../rules/index.ts';
import type { RaceEvent } from '../rules/index.ts';
import { CarView } from '../view/car-view.ts';
import { DriveHud, lapTime } from '../view/drive-hud.ts';
import { Minimap } from '../view/minimap.ts';
import { PathView } from '../view/path-view.ts';
import type { ForeseenPath } from '../view/path-view.ts';
import { DEPTH, SCALE } from '../view/scale.ts';
import { SkidMarks } from '../view/skid-marks.ts';
import { GRASS } from '../view/paint-ground.ts';
import { addGround } from '../view/track-view.ts';
import { DriveLoop, LIGHTS } from './drive-loop.ts';
import { driveHint } from './hints.ts';
import { LiveErrors } from './live-errors.ts';

const LAPS = 3;
/** Seeds of the game's tracks, in their order. */
const TRACKS = [201, 204, 207, 212];
/** Distance of the camera ahead of the car, seconds of driving. */
const LOOK_AHEAD = 0.55;

/** Ticks of each of the three counted seconds. */
const SECOND_OF_LIGHTS = LIGHTS / 3;

/** Choices that a restart of the scene keeps. */
interface DriveChoices {
  readonly track?: number;
  readonly withRival?: boolean;
}

/** The drive: the player's car, its predicted path over a second, and a rival that receives it. */
export class DriveScene extends Phaser.Scene {
  declare readonly foresight: SceneForesight;
  #driver!: ForesightModel;
  #loop!: DriveLoop;
  #hero!: TrackedCharacter;
  #panel!: PanelHandle;
  #cars!: readonly CarView[];
  #skids!: SkidMarks;
  #pathView!: PathView;
  #minimap!: Minimap;
  #hud!: DriveHud;
  #banner!: Phaser.GameObjects.Text;
  #detail!: Phaser.GameObjects.Text;
  #status!: Phaser.GameObjects.Text;
  #errors!: LiveErrors;
  #path: (ForeseenPath & { readonly tick: number }) | null = null;
  #choices: Required<DriveChoices> = { track: 0, withRival: true };
  #look = { x: 0, y: 0 };
  #input!: DriveInput;
  #pause!: PauseMenu;
  #end!: Menu;
  #wantsPause = false;
  #over = false;

  constructor() {
    super('drive');
  }

  /** The tracked player. */
  get hero(): TrackedCharacter {
    return this.#hero;
  }

  /** The running loop: for tests, and for experiments in the browser's console. */
  get loop(): DriveLoop {
    return this.#loop;
  }

  /** The predicted path on the screen; null while there is none. */
  get foreseen(): ForeseenPath | null {
    return this.#path;
  }

  /** Errors of the predictions so far. */
  get errors(): LiveErrors {
    return this.#errors;
  }

  init(choices: DriveChoices): void {
    this.#choices = { ...this.#choices, ...choices };
  }

  preload(): void {
    this.foresight.loadModel(DRIVE_SPEC, 'checkpoints/driver.safetensors');
  }

  create(): void {
    this.#wantsPause = this.#over = false;
    this.#path = null;
    this.#errors = new LiveErrors();
    // Without the file the game works too: the model begins without weights.
    this.#driver = this.foresight.defineModel(DRIVE_SPEC, { config: DRIVE_NETWORK });
    this.#input = new DriveInput(this);
    const { track, withRival } = this.#choices;
    const options = { track: TRACKS[track % TRACKS.length], withRival };
    const seed = parseAddress(location.search).seed ?? Date.now();
    this.#loop = new DriveLoop(seed, options, {
      read: () => this.#input.read(),
      foresight: () => (this.foresight.shared.usePredictions ? this.#path : null),
      decided: () => this.#decided(),
      ticked: () => this.#ticked(),
      event: (event) => this.#onEvent(event),
    });
    this.#draw();
    this.#hero = this.foresight.track(this.#cars[0].body, {
      model: this.#driver,
      id: 'player',
      observe: () => observeRacer(this.#loop.race, 0),
      tick: () => this.#loop.race.tick,
      meta: { track: options.track, withRival },
    });
    this.#panel = this.foresight.panel({ narrow: gameElement(this) });
    this.#driver.learn(DRIVE_LEARNING);
    this.#listen();
  }

  override update(_time: number, delta: number): void {
    if (this.#wantsPause && !this.#over) this.#pause.open();
    this.#wantsPause = false;
    this.#input.update();
    if (!this.#pause.isOpen && !this.#over) this.#loop.advance(delta);
    const { race, controls, lights } = this.#loop;
    race.racers.forEach(({ car }, i) =>
      this.#cars[i].update(car, (controls[i]?.throttle ?? 0) < -0.1),
    );
    this.#skids.draw();
    const { usePredictions } = this.foresight.shared;
    const path = usePredictions && !this.#over ? this.#path : null;
    this.#pathView.draw(path, this.#loop.player.car, race.tick - (path?.tick ?? 0));
    this.#minimap.update(race.racers.map(({ car }) => car));
    this.#follow(delta);
    this.#showHud();
    if (lights > 0) this.#say(String(Math.ceil(lights / SECOND_OF_LIGHTS)));
    this.#status.setText(
      driveHint(heldDevice(), { predicts: usePredictions, rival: this.#choices.withRival }),
    );
  }

  #draw(): void {
    const { race } = this.#loop;
    addGround(this, race.track);
    // The area beyond the painted ground is grass too.
    this.cameras.main.setBackgroundColor(GRASS);
    this.#skids = new SkidMarks(this);
    this.#pathView = new PathView(this);
    this.#cars = race.racers.map((_, i) => new CarView(this, i ? 'rival' : 'player'));
    this.#minimap = new Minimap(this, race.track, race.racers.length);
    this.#hud = new DriveHud(this);
    const text = (size: number, colour?: string): Phaser.GameObjects.Text =>
      addText(this, 0, 0, '', size, colour).setOrigin(0.5, 0).setDepth(DEPTH.banner);
    this.#banner = text(46);
    this.#detail = text(16, '#ffd27a');
    this.#status = text(14, '#e8e4da').setOrigin(0.5, 1);
    followScreen(this, ({ ui, stage }) => {
      const middle = ui.width / 2;
      this.#banner.setPosition(middle, stage.height * 0.26).setFontSize(Math.min(46, ui.width / 9));
      this.#detail.setPosition(middle, stage.height * 0.26 + 56).setWordWrapWidth(ui.width - 24);
      this.#status.setPosition(middle, ui.height - 6).setWordWrapWidth(ui.width - 12);
    });
    this.#addMenus();
    const { car } = this.#loop.player;
    this.#look = { x: car.x, y: car.y };
  }

  /** Moves the camera with the car, some way ahead of it. */
  #follow(delta: number): void {
    const { x, y, vx, vy } = this.#loop.player.car;
    const ease = 1 - Math.exp(-delta / 260);
    this.#look.x += (x + vx * LOOK_AHEAD - this.#look.x) * ease;
    this.#look.y += (y + vy * LOOK_AHEAD * 0.7 - this.#look.y) * ease;
    const { stage } = layoutOf(this);
    // As much ground in any shape of window, as the camera follows the car.
    const shown = Math.sqrt((stage.width * stage.height) / (BASE.width * BASE.height));
    this.cameras.main.setZoom(shown * pixelsPerUnit(this));
    this.cameras.main.centerOn(Math.round(this.#look.x * SCALE), Math.round(this.#look.y * SCALE));
  }

  #showHud(): void {
    const { player, rival, race } = this.#loop;
    const { laps, lapBegan, lapTicks, progress } = player;
    this.#hud.update({
      lap: laps + 1,
      laps: LAPS,
      lapTicks: this.#over ? lapTicks[lapTicks.length - 1] : race.tick - lapBegan,
      lastLap: lapTicks[lapTicks.length - 1] ?? null,
      bestLap: lapTicks.length ? Math.min(...lapTicks) : null,
      speed: speedOf(player.car),
      rank: rival ? (progress >= rival.progress ? 1 : 2) : null,
      errors: this.#errors.recent,
      predictions: this.foresight.shared.usePredictions,
    });
  }

  #ticked(): void {
    const { race, controls, player } = this.#loop;
    this.#errors.see(race.tick, player.car);
    race.racers.forEach(({ car, onGrass }, i) =>
      this.#skids.add(i, car, onGrass, controls[i].throttle < -0.9 && speedOf(car) > 8),
    );
    if (race.tick === 1) this.#flash('Go!');
  }

  /** Records the controls since the last decision, and predicts the next second. */
  #decided(): void {
    const { race, player } = this.#loop;
    this.#hero.sample(nameControls(controlsOf(player)), race.tick);
    const { prediction } = this.#hero;
    const { steering = 0, throttle = 0 } = prediction?.deviations ?? {};
    const points = foreseeDoubted(race, 0, (next) => simulate(this.#hero, next), {
      steering,
      throttle,
    });
    const straight = constantVelocity(race, 0, TICK_RATE);
    const { x, y } = player.car;
    this.#path = points.length
      ? { tick: race.tick, start: { x, y }, points, constantVelocity: straight }
      : null;
    const last = points[points.length - 1];
    if (last)
      this.#errors.expect({
        tick: race.tick + TICK_RATE,
        model: last,
        constantVelocity: straight,
      });
  }

  #onEvent(event: RaceEvent): void {
    switch (event.kind) {
      case 'lap':
        if (this.#loop.race.racers[event.racer].laps >= LAPS) this.#finish(event.racer);
        else if (event.racer === 0) this.#flash(lapTime(event.ticks));
        return;
      case 'contact':
        if (event.speed > 2) this.cameras.main.shake(120, 0.0015 * Math.min(6, event.speed));
        return;
      case 'rescued':
        if (event.racer === 0) this.#errors.forget();
        return;
      default:
        event satisfies never;
    }
  }

  #finish(winner: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#hero.endEpisode('terminated');
    const { withRival } = this.#choices;
    this.#end.enabled = true;
    this.#say(
      !withRival ? 'Finish' : winner === 0 ? 'You win!' : 'The rival wins',
      this.#summary(),
    );
  }

  /** A sentence on how well the player was predicted. */
  #summary(): string {
    const { total } = this.#errors;
    if (!total || total.count < 20) return '';
    return (
      `One second ahead you were predicted to ${total.model.toFixed(1)} m ` +
      `(constant velocity: ${total.constantVelocity.toFixed(1)} m).`
    );
  }

  #addMenus(): void {
    const again = { label: 'Restart', run: () => this.#again({}) };
    this.#pause = new PauseMenu(this, {
      entries: [
        again,
        {
          label: 'Rival',
          value: () => (this.#choices.withRival ? 'on' : 'off'),
          run: () => this.#again({ withRival: !this.#choices.withRival }),
        },
        {
          label: 'Predictions',
          value: () => (this.foresight.shared.usePredictions ? 'on' : 'off'),
          run: () => this.#togglePredictions(),
        },
        { label: 'Training mode', run: () => this.#panel.toggle(), closes: true },
      ],
    });
    this.#end = new Menu(
      this,
      [
        {
          label: 'Next track',
          run: () => this.#again({ track: this.#choices.track + 1 }),
        },
        again,
        { label: 'Title', run: () => void this.scene.start('title') },
      ],
      {
        box: ({ ui, stage, deck }) => {
          const y = deck?.y ?? stage.height * 0.5;
          return { x: 0, y, width: ui.width, height: Math.min(170, ui.height - y - 80) };
        },
        width: 220,
      },
    );
    this.#end.enabled = false;
  }

  #togglePredictions(): void {
    const { shared } = this.foresight;
    shared.usePredictions = !shared.usePredictions;
  }

  #listen(): void {
    onPress(this, 'T', () => this.#panel.toggle());
    onPress(this, 'P', () => this.#togglePredictions());
    onPress(this, 'O', () => this.#again({ withRival: !this.#choices.withRival }));
    onPress(this, 'R', () => this.#again({}));
    // Handled in update, so that the menu which opens does not receive the same press.
    const pause = (): void => void (this.#wantsPause = !this.#pause.isOpen);
    onPress(this, 'ESC', pause);
    onPress(this, 'Q', () => {
      if (this.#over || this.#pause.isOpen) this.scene.start('title');
    });
    this.input.gamepad?.on('down', (_pad: unknown, button: Phaser.Input.Gamepad.Button) => {
      if (button.index === 9) pause();
    });
    addPauseButton(this, pause, () => ({ x: 198, y: 32 }));
    const warn = ({ message }: { message: string }): void => void this.#detail.setText(message);
    const fail = ({ error }: { error: Error }): void => warn(error);
    const { events } = this.foresight.shared;
    events.on('warning', warn);
    events.on('storage-error', fail);
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
      events.off('warning', warn);
      events.off('storage-error', fail);
      this.#driver.learner?.stop();
    });
  }

  #again(choices: DriveChoices): void {
    this.scene.restart({ ...this.#choices, ...choices });
  }

  #say(text: string, detail = ''): void {
    this.tweens.killTweensOf(this.#banner);
    if (this.#banner.text !== text) this.#banner.setText(text);
    this.#banner.setAlpha(1);
    if (this.#detail.text !== detail) this.#detail.setText(detail);
  }

  #flash(text: string): void {
    this.#say(text);
    this.tweens.add({ targets: this.#banner, alpha: 0, delay: 700, duration: 400 });
  }
}
