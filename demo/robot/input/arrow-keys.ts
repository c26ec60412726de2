import type * as Phaser from 'phaser';
import { STANDING } from '../rules/index.ts';
import type { Controls } from '../rules/index.ts';

const TURN = 1.3;
const FAST = 0.55;
const BENDING = 0.4;
const ON_THE_SPOT = 0.12;
/** Share of the way to the controls of the keys that each decision goes. */
const EASE = 0.5;

type Arrow = 'left' | 'right' | 'up';

/** Drives by arrow keys, or others that `isHeld` reports: up moves forwards, left and right turn. */
export class ArrowKeys {
  readonly #keys: Phaser.Types.Input.Keyboard.CursorKeys | null;
  #now: Controls = STANDING;

  readonly #isHeld: (arrow: Arrow) => boolean;

  constructor(scene: Phaser.Scene, isHeld: (arrow: Arrow) => boolean = () => false) {
    this.#isHeld = isHeld;
    this.#keys = scene.input.keyboard?.createCursorKeys() ?? null;
  }

  /** The controls until the next decision. */
  read(): Controls {
    const held = (key: Arrow): number =>
      Number((this.#keys?.[key].isDown ?? false) || this.#isHeld(key));
    const turn = (held('left') - held('right')) * TURN;
    const still = turn ? ON_THE_SPOT : 0;
    const moving = turn ? BENDING : FAST;
    const speed = held('up') ? moving : still;
    this.#now = {
      turn: this.#now.turn + (turn - this.#now.turn) * EASE,
      speed: this.#now.speed + (speed - this.#now.speed) * EASE,
    };
    return this.#now;
  }

  /** Starts from rest: another driver drove in the meantime. */
  reset(): void {
    this.#now = STANDING;
  }
}
