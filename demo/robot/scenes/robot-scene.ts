import * as Phaser from 'phaser';
import type {
  ForesightModel,
  PanelHandle,
  SceneForesight,
  TrackedCharacter,
} from '../../../plugin/index.ts';
import { onPress } from '../../common/on-press.ts';
import { followDevice } from '../../common/held-device.ts';
import type { HeldDevice } from '../../common/device-watch.ts';
import { PauseMenu } from '../../common/menu/pause-menu.ts';
import { addPauseButton } from '../../common/pause-button.ts';
import { followScreen, gameElement, showWorld, UI_DEPTH } from '../../common/screen.ts';
import { TouchPad } from '../../common/touch-pad.ts';
import { addText, INK } from '../../common/text.ts';
import { ArrowKeys } from '../input/arrow-keys.ts';
import { ROBOT_BUTTONS } from '../input/robot-buttons.ts';
import type { RobotControl } from '../input/robot-buttons.ts';
import { controlsFrom } from '../npc/controls-from.ts';
import { ROBOT_SPEC } from '../robot-spec.ts';
import { ROOM_FAMILIES, RobotRun, TICK_RATE, createRoom, observe, teach } from '../rules/index.ts';
import type { Controls } from '../rules/index.ts';
import { placeRobot } from '../view/layout.ts';
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

const HINTS: Readonly<Record<HeldDevice, string>> = {
  keys: 'Space who drives    N new room    T training mode    Esc pause',
  pad: 'The robot is driven by keys or by touch.',
  touch: '',
};

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
  #touch!: TouchPad<RobotControl>;
  #pause!: PauseMenu;
  #wantsPause = false;
  #driver: DriverName = 'model';
  #rooms = 0;
  #hits = 0;
  #left = 0;

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
    this.#touch = new TouchPad(this, ROBOT_BUTTONS, {
      press: (control) => {
        if (this.#pause.isOpen) return;
        if (control === 'driver') this.#nextDriver();
        if (control === 'room') this.#enterRoom();
      },
    });
    this.#keys = new ArrowKeys(this, (arrow) => this.#touch.isHeld(arrow));
    this.#wantsPause = false;
    this.#name = addText(this, 18, 8, '', 15).setDepth(UI_DEPTH);
    showWorld(this, placeRobot);
    const hint = addText(this, 0, 0, '', 14, INK.soft).setOrigin(0.5, 1).setDepth(UI_DEPTH);
    followScreen(this, ({ ui }) => {
      hint.setPosition(ui.width / 2, ui.height - 5).setWordWrapWidth(ui.width - 12);
    });
    followDevice(this, (device) => hint.setText(HINTS[device]));
    this.#pause = new PauseMenu(this, {
      entries: [
        { label: 'Training mode', run: () => this.#panel.toggle(), closes: true },
        { label: 'Next room', run: () => this.#enterRoom(), closes: true },
        { label: 'Who drives', value: () => this.#driver, run: () => this.#nextDriver() },
      ],
    });
    this.#panel = this.foresight.panel({ model: this.#model, narrow: gameElement(this) });
    // From teacher and player, not from its own driving: that is not recorded.
    this.#model.learn();
    this.events.once(Phaser.Scenes.Events.SHUTDOWN, () => this.#model.learner?.stop());
    this.#enterRoom();
    this.#listen();
  }

  override update(_time: number, delta: number): void {
    if (this.#wantsPause) this.#pause.open();
    this.#wantsPause = false;
    this.#touch.update();
    if (!this.#pause.isOpen) this.#advance(delta);
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
      // In the menu it chooses.
      if (!this.#pause.isOpen) this.#nextDriver();
    });
    onPress(this, 'T', () => this.#panel.toggle());
    // Handled in update, so that the menu which opens does not receive the same press.
    const pause = (): void => void (this.#wantsPause = !this.#pause.isOpen);
    onPress(this, 'ESC', pause);
    onPress(this, 'Q', () => {
      if (this.#pause.isOpen) this.scene.start('title');
    });
    addPauseButton(this, pause, (layout) => {
      const { box } = placeRobot(layout);
      return { x: box.width - 44, y: 20 };
    });
  }

  #nextDriver(): void {
    this.#driver = DRIVERS[(DRIVERS.indexOf(this.#driver) + 1) % DRIVERS.length];
    this.#keys.reset();
    this.#track();
  }
}
