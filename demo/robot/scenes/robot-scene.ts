import * as Phaser from 'phaser';
import type {
  ForesightModel,
  PanelHandle,
  SceneForesight,
  TrackedCharacter,
} from '../../../plugin/index.ts';
import { onPress } from '../../common/on-press.ts';
import { gameElement } from '../../common/screen.ts';
import { addText } from '../../common/text.ts';
import { ArrowKeys } from '../input/arrow-keys.ts';
import { controlsFrom } from '../npc/controls-from.ts';
import { ROBOT_SPEC } from '../robot-spec.ts';
import { ROOM_FAMILIES, RobotRun, TICK_RATE, createRoom, observe, teach } from '../rules/index.ts';
import type { Controls } from '../rules/index.ts';
import { CANVAS, ROOM_AREA } from '../view/layout.ts';
import { Readout } from '../view/readout.ts';
import type { DriverName } from '../view/readout.ts';
import { RobotView } from '../view/robot-view.ts';
import { RoomView } from '../view/room-view.ts';

const TICK_MS = 1000 / TICK_RATE;
/** Most ticks in one frame: after a hidden tab the robot continues without catching up. */
const MOST_TICKS = 4;
const DRIVERS: readonly DriverName[] = ['model', 'teacher', 'you'];
/** Seed of the first room; N takes the next one. No recording and no test uses these rooms. */
const FIRST_ROOM = 700_000;

/** A robot that follows walls: driven by the trained predictor, by its teacher or by the player. */
export class RobotScene extends Phaser.Scene {
  declare readonly foresight: SceneForesight;
  #model!: ForesightModel;
  #run!: RobotRun;
  #hero!: TrackedCharacter;
  #panel!: PanelHandle;
  #keys!: ArrowKeys;
  #roomView!: RoomView;
  #robotView!: RobotView;
  #readout!: Readout;
  #name!: Phaser.GameObjects.Text;
  #banner!: Phaser.GameObjects.Text;
  #detail!: Phaser.GameObjects.Text;
  #shade!: Phaser.GameObjects.Rectangle;
  #driver: DriverName = 'model';
  #rooms = 0;
  #hits = 0;
  #left = 0;
  #paused = false;

  constructor() {
    super('robot');
  }

  /** The current run. */
  get run(): RobotRun {
    return this.#run;
  }

  /** The tracked robot. */
  get hero(): TrackedCharacter {
    return this.#hero;
  }

  get driver(): DriverName {
    return this.#driver;
  }

  preload(): void {
    this.foresight.loadModel(ROBOT_SPEC, 'checkpoints/robot.safetensors');
  }

  create(): void {
    // Without the file the teacher and the player can train a new model.
    this.#model = this.foresight.defineModel(ROBOT_SPEC, {
      config: { continuous: ['turn', 'speed'] },
    });
    this.#driver = 'model';
    this.#rooms = 0;
    this.#roomView = new RoomView(this);
    this.#robotView = new RobotView(this);
    this.#readout = new Readout(this);
    this.#keys = new ArrowKeys(this);
    this.#name = addText(this, ROOM_AREA.left, 12, '', 15);
    const middle = ROOM_AREA.left + ROOM_AREA.width / 2;
    this.#shade = this.add
      .rectangle(0, 0, CANVAS.width, CANVAS.height, 0x0b101a, 0.7)
      .setOrigin(0)
      .setDepth(59);
    this.#banner = addText(this, middle, 196, 'Paused', 40).setOrigin(0.5).setDepth(60);
    this.#detail = addText(this, middle, 240, 'Enter: continue    Q: title', 16, '#ffd27a')
      .setOrigin(0.5)
      .setDepth(60);
    this.#pause(false);
    addText(
      this,
      CANVAS.width / 2,
      434,
      'Space  who drives     N  new room     T  training mode     Esc  pause',
      12,
      '#d8cfe6',
    ).setOrigin(0.5);
    this.#panel = this.foresight.panel({ model: this.#model, narrow: gameElement(this) });
    this.#enterRoom();
    this.#listen();
  }

  override update(_time: number, delta: number): void {
    if (!this.#paused) this.#advance(delta);
    const run = this.#run;
    const { prediction } = this.#hero;
    this.#robotView.update(run, prediction && controlsFrom(prediction));
    const recorded = this.#hero.stores ? (this.#hero.currentEpisode()?.length ?? 0) : 0;
    this.#name.setText(`Room ${this.#rooms}: ${run.room.family}`);
    this.#readout.update({ run, driver: this.#driver, prediction, recorded });
    if (run.hits > this.#hits) this.cameras.main.shake(120, 0.005);
    this.#hits = run.hits;
  }

  #advance(ms: number): void {
    this.#left = Math.min(this.#left + ms, MOST_TICKS * TICK_MS);
    while (this.#left >= TICK_MS - 0.5) {
      this.#left -= TICK_MS;
      if (this.#run.isDecision) {
        this.#hero.sample(this.#run.action);
        this.#run.steer(this.#decide());
        this.#robotView.mark(this.#run);
      }
      this.#run.step();
    }
  }

  #decide(): Controls {
    switch (this.#driver) {
      case 'model':
        return controlsFrom(this.#hero.prediction);
      case 'teacher':
        return teach(this.#run.ranges);
      case 'you':
        return this.#keys.read();
      default:
        return this.#driver satisfies never;
    }
  }

  /** Tracks the robot under its driver. The model is not trained on its own driving. */
  #track(): void {
    this.#hero?.destroy();
    this.#hero = this.foresight.track(this.#robotView.body, {
      model: this.#model,
      id: 'robot',
      observe: () => observe(this.#run),
      tick: () => this.#run.tick,
      record: this.#driver !== 'model',
      meta: { driver: this.#driver, room: this.#run.room.seed },
    });
  }

  #enterRoom(): void {
    const seed = FIRST_ROOM + this.#rooms;
    const room = createRoom(seed, ROOM_FAMILIES[this.#rooms % ROOM_FAMILIES.length]);
    this.#rooms++;
    this.#run = new RobotRun({ room, seed });
    this.#hits = 0;
    this.#roomView.show(room);
    this.#robotView.clearTrail();
    this.#keys.reset();
    this.#track();
  }

  #listen(): void {
    onPress(this, 'N', () => this.#enterRoom());
    onPress(this, 'SPACE', () => {
      this.#driver = DRIVERS[(DRIVERS.indexOf(this.#driver) + 1) % DRIVERS.length];
      this.#keys.reset();
      this.#track();
    });
    onPress(this, 'T', () => this.#panel.toggle());
    onPress(this, 'ESC', () => this.#pause(!this.#paused));
    onPress(this, 'ENTER', () => this.#pause(false));
    onPress(this, 'Q', () => {
      if (this.#paused) this.scene.start('title');
    });
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    for (const part of [this.#shade, this.#banner, this.#detail]) part.setVisible(paused);
  }
}
