import type * as Phaser from 'phaser';
import { explanationText } from '../../src/predict/explanation-text.ts';
import { ENGLISH } from '../../src/predict/explanation-words.ts';
import type { ExplanationWords } from '../../src/predict/explanation-words.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import type { ActionNames } from './action-names.ts';
import { shownArea } from './shown-area.ts';
import { explain } from '../scene/explain.ts';
import type { TrackedCharacter } from '../scene/tracked-character.ts';

export interface OverlayReasonsOptions {
  /** When the reasons are shown: while the pointer is over overlay or character, always, or with the key only. */
  readonly explain: 'hover' | 'always' | 'never';
  /** Turns the reasons on and off, as Phaser names keys: 'E', 'F2'. */
  readonly explainKey?: string;
}

/** Milliseconds between two explanations: no one reads faster, and each one costs a part of a frame. */
const EVERY = 250;
const SENTENCES = 2;
/** Steps that are taken away one by one; half as many cost half as much. */
const STEPS = 4;
const WIDTH = 280;
const GAP = 4;

/** The strongest reasons of a prediction as a text to be put above an overlay. */
export class OverlayReasons {
  /** Positioned relative to the overlay: add it to the overlay's container. */
  readonly text: Phaser.GameObjects.Text;
  readonly #scene: Phaser.Scene;
  readonly #character: TrackedCharacter;
  readonly #options: OverlayReasonsOptions;
  #words: ExplanationWords = ENGLISH;
  #names: ActionNames = {};
  #isTurnedOn = false;
  readonly #heard = new WeakSet<KeyboardEvent>();
  #explained: Prediction | null = null;
  #time = -Infinity;

  constructor(scene: Phaser.Scene, character: TrackedCharacter, options: OverlayReasonsOptions) {
    this.#scene = scene;
    this.#character = character;
    this.#options = options;
    this.text = scene.add.text(0, 0, '', {
      fontFamily: 'system-ui, sans-serif',
      fontSize: '11px',
      color: '#e2e8f0',
      backgroundColor: '#0b1020',
      padding: { x: 6, y: 4 },
      // Advanced: Chinese has no spaces to break lines at.
      wordWrap: { width: WIDTH, useAdvancedWrap: true },
    });
    this.text.setAlpha(0.9).setVisible(false);
    const { keyboard } = scene.input;
    if (!options.explainKey || !keyboard) return;
    // The event, not a Key object: removing one at the end would take it from the game as well.
    const event = `keydown-${options.explainKey.toUpperCase()}`;
    keyboard.on(event, this.#toggle, this);
    this.text.once('destroy', () => keyboard.off(event, this.#toggle, this));
  }

  setWords(words: ExplanationWords, names: ActionNames): void {
    this.#words = words;
    this.#names = names;
    this.#explained = null;
  }

  /**
   * Shows the reasons where they are wanted. It explains each new prediction, but not in every frame.
   *
   * @param isOver whether the pointer is over the overlay or the character
   */
  update(prediction: Prediction, isOver: boolean): void {
    const when = this.#options.explain;
    const isWanted = when === 'always' || this.#isTurnedOn || (when === 'hover' && isOver);
    if (isWanted) this.#explain(prediction);
    this.text.setVisible(isWanted && this.text.text !== '');
  }

  /**
   * Puts it above an overlay of so many px whose lower edge is at (x, y), or below where there is no room;
   * within the screen.
   */
  place(x: number, y: number, { height, scale }: { height: number; scale: number }): void {
    const { left, right, top } = shownArea(this.#scene.cameras.main);
    const half = (this.text.width / 2) * scale;
    const within = Math.max(left + half, Math.min(right - half, x));
    const fits = y - (height + GAP + this.text.height) * scale >= top;
    this.text.setOrigin(0.5, fits ? 1 : 0);
    this.text.setPosition(Math.round((within - x) / scale), fits ? -height - GAP : GAP);
  }

  #explain(prediction: Prediction): void {
    const { now } = this.#scene.time;
    if (prediction === this.#explained || now < this.#time + EVERY) return;
    this.#explained = prediction;
    this.#time = now;
    const explanation = explain(this.#character, { steps: STEPS });
    const options = { sentences: SENTENCES, names: this.#names, words: this.#words };
    this.text.setText(explanation ? explanationText(explanation, options).join('\n') : '');
  }

  readonly #toggle = (event: KeyboardEvent): void => {
    // Phaser emits all key events of a frame again with every new one.
    if (event.repeat || this.#heard.has(event)) return;
    this.#heard.add(event);
    this.#isTurnedOn = !this.#isTurnedOn;
  };
}
