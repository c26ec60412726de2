import type * as Phaser from 'phaser';
import type { Controller, DecisionContext } from '../../src/npc/controller.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import type { TrackedCharacter } from './tracked-character.ts';

export interface ControlOptions {
  /** The character whose prediction the controller gets; none when absent. */
  readonly against?: TrackedCharacter;
}

/**
 * What a game passes to `decide`. By default the tick is that of `against`, or the scene's tick at 60 a
 * second without one, and the prediction is the newest about `against`.
 */
export type DecideInput = Partial<DecisionContext>;

/** What a controlled character needs from its scene. */
export interface ControlHost {
  readonly usePredictions: boolean;
  /** The scene's tick, for a character without an opponent. */
  tick(): number;
  report(error: unknown, key: string): void;
  release(character: ControlledCharacter): void;
}

/** An NPC: a game object and the controller that chooses for it. Made by `this.characters.control`. */
export class ControlledCharacter {
  readonly gameObject: Phaser.GameObjects.GameObject;
  readonly controller: Controller;
  readonly against: TrackedCharacter | null;
  readonly #host: ControlHost;
  #destroyed = false;

  constructor(
    gameObject: Phaser.GameObjects.GameObject,
    options: ControlOptions & { controller: Controller; host: ControlHost },
  ) {
    this.gameObject = gameObject;
    this.controller = options.controller;
    this.against = options.against ?? null;
    this.#host = options.host;
    gameObject.once('destroy', this.destroy, this);
  }

  /** The prediction it may use: null while predictions are switched off. */
  get prediction(): Prediction | null {
    return this.#host.usePredictions ? (this.against?.prediction ?? null) : null;
  }

  /**
   * The action to take now, or null for "nothing new". An error of the controller is reported once
   * and counts as null, so that the game continues.
   */
  decide(input: DecideInput = {}): string | null {
    if (this.#destroyed) return null;
    try {
      return this.controller.decide({
        ...input,
        tick: input.tick ?? this.against?.tick ?? this.#host.tick(),
        prediction: input.prediction === undefined ? this.prediction : input.prediction,
      });
    } catch (error) {
      this.#host.report(error, 'controller');
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
    this.#host.release(this);
  }
}
