import type * as Phaser from 'phaser';
import type { Controller, DecisionContext } from '../../src/npc/controller.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import type { SceneClocks } from './scene-clocks.ts';
import { TrackedCharacter } from './tracked-character.ts';

export interface ControlOptions {
  /**
   * The character whose prediction the controller gets; null = none. When absent, the one that the
   * controller was made against, if that is a tracked character.
   */
  readonly against?: TrackedCharacter | null;
}

/**
 * What a game passes to `decide`. By default the tick is that of `against`, or the scene's tick at 60 a
 * second without one, and the prediction is the newest about `against`.
 */
export type DecideInput<R extends string = string> = Partial<DecisionContext<R>>;

/** Ticks per second of a character without an opponent. */
const TICK_RATE = 60;

/** What a controlled character is made from: its options, and the parts of its scene that it works with. */
export interface ControlParts<R extends string = string> extends ControlOptions {
  readonly controller: Controller<R>;
  readonly foresight: ForesightPlugin;
  readonly clocks: SceneClocks;
  /** Called when it is destroyed. */
  readonly released: () => void;
}

/** An NPC: a game object and the controller that chooses for it. Made by `this.foresight.control`. */
export class ControlledCharacter<R extends string = string> {
  readonly gameObject: Phaser.GameObjects.GameObject;
  readonly controller: Controller<R>;
  readonly against: TrackedCharacter | null;
  readonly #parts: ControlParts<R>;
  #destroyed = false;

  constructor(gameObject: Phaser.GameObjects.GameObject, parts: ControlParts<R>) {
    this.gameObject = gameObject;
    this.controller = parts.controller;
    this.against = parts.against === undefined ? opponentOf(parts.controller) : parts.against;
    this.#parts = parts;
    // The clock starts here, not when the first decision reads it.
    parts.clocks.tick(TICK_RATE);
    gameObject.once('destroy', this.destroy, this);
  }

  /** The prediction it may use: null while predictions are switched off. */
  get prediction(): Prediction | null {
    return this.#parts.foresight.usePredictions ? (this.against?.prediction ?? null) : null;
  }

  /**
   * The action to take now, or null for "nothing new". An error of the controller is reported once
   * and counts as null, so that the game continues.
   */
  decide(input: DecideInput<R> = {}): R | null {
    if (this.#destroyed) return null;
    try {
      return this.controller.decide({
        ...input,
        tick: input.tick ?? this.against?.tick ?? this.#parts.clocks.tick(TICK_RATE),
        prediction: input.prediction === undefined ? this.prediction : input.prediction,
      });
    } catch (error) {
      this.#parts.foresight.reporter.once('control', error);
      return null;
    }
  }

  /** An episode begins: the controller forgets the last one. */
  reset(): void {
    this.controller.reset();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.gameObject.off('destroy', this.destroy, this);
    this.#parts.released();
  }
}

/** The tracked character that a controller was made against; null when it is another kind of thing. */
function opponentOf({ against }: Controller): TrackedCharacter | null {
  return against instanceof TrackedCharacter ? against : null;
}
