import * as Phaser from 'phaser';
import { simulate } from '../../../plugin/index.ts';
import type {
  ForesightModel,
  PanelHandle,
  SceneForesight,
  TrackedCharacter,
} from '../../../plugin/index.ts';
import { parseAddress } from '../../common/address.ts';
import { addHudCamera } from '../../common/hud-camera.ts';
import { onPress } from '../../common/on-press.ts';
import { gameElement } from '../../common/screen.ts';
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
import { DEPTH, SCALE, SCREEN } from '../view/scale.ts';
import { SkidMarks } from '../view/skid-marks.ts';
import { GRASS } from '../view/paint-ground.ts';
import { addGround } from '../view/track-view.ts';
import { DriveLoop, LIGHTS } from './drive-loop.ts';
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
  #paused = false;
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
    this.#paused = this.#over = false;
    this.#path = null;
    this.#errors = new LiveErrors();
    // Without the file the game works too: the model begins without weights.
    this.#driver = this.foresight.defineModel(DRIVE_SPEC, { config: DRIVE_NETWORK });
    const input = new DriveInput(this);
    const { track, withRival } = this.#choices;
    const options = { track: TRACKS[track % TRACKS.length], withRival };
    const seed = parseAddress(location.search).seed ?? Date.now();
    this.#loop = new DriveLoop(seed, options, {
      read: () => input.read(),
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
    if (!this.#paused && !this.#over) this.#loop.advance(delta);
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
    if (!this.#paused && lights > 0) this.#say(String(Math.ceil(lights / SECOND_OF_LIGHTS)));
    const onOff = (on: boolean): string => (on ? 'on' : 'off');
    this.#status.setText(
      `T training    P predictions ${onOff(usePredictions)}    O rival ${onOff(this.#choices.withRival)}    R restart    Esc pause`,
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
    const text = (y: number, size: number, colour?: string): Phaser.GameObjects.Text =>
      addText(this, SCREEN.width / 2, y, '', size, colour)
        .setOrigin(0.5, 0)
        .setDepth(DEPTH.banner);
    this.#banner = text(116, 46);
    this.#detail = text(180, 16, '#ffd27a');
    this.#status = text(429, 12, '#e8e4da');
    addHudCamera(this, DEPTH.hud);
    const { car } = this.#loop.player;
    this.#look = { x: car.x, y: car.y };
  }

  /** Moves the camera with the car, some way ahead of it. */
  #follow(delta: number): void {
    const { x, y, vx, vy } = this.#loop.player.car;
    const ease = 1 - Math.exp(-delta / 260);
    this.#look.x += (x + vx * LOOK_AHEAD - this.#look.x) * ease;
    this.#look.y += (y + vy * LOOK_AHEAD * 0.7 - this.#look.y) * ease;
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
    this.#say(
      !withRival ? 'Finish' : winner === 0 ? 'You win!' : 'The rival wins',
      this.#summary(),
    );
  }

  /** A sentence on how well the player was predicted, with the keys. */
  #summary(): string {
    const { total } = this.#errors;
    const again = 'Enter: next track    R: again    Q: title';
    if (!total || total.count < 20) return again;
    return (
      `One second ahead you were predicted to ${total.model.toFixed(1)} m ` +
      `(constant velocity: ${total.constantVelocity.toFixed(1)} m).\n${again}`
    );
  }

  #listen(): void {
    onPress(this, 'T', () => this.#panel.toggle());
    onPress(this, 'P', () => {
      const { shared } = this.foresight;
      shared.usePredictions = !shared.usePredictions;
    });
    onPress(this, 'O', () => this.#again({ withRival: !this.#choices.withRival }));
    onPress(this, 'R', () => this.#again({}));
    onPress(this, 'ESC', () => this.#togglePause());
    onPress(this, 'ENTER', () => {
      if (this.#over) this.#again({ track: this.#choices.track + 1 });
      else if (this.#paused) this.#togglePause();
    });
    onPress(this, 'Q', () => {
      if (this.#over || this.#paused) this.scene.start('title');
    });
    this.input.gamepad?.on('down', (_pad: unknown, button: Phaser.Input.Gamepad.Button) => {
      // The start button pauses; after the finish it starts the next track.
      if (button.index !== 9) return;
      if (this.#over) this.#again({ track: this.#choices.track + 1 });
      else this.#togglePause();
    });
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

  #togglePause(): void {
    if (this.#over) return;
    this.#paused = !this.#paused;
    this.#say(
      this.#paused ? 'Paused' : '',
      this.#paused ? 'Enter: continue    R: restart    Q: title' : '',
    );
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
