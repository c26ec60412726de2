import type * as Phaser from 'phaser';
import type { ForesightPlugin } from '../game/foresight-plugin.ts';
import { loadPart } from '../../src/util/load-part.ts';
import type { Language } from '../panel/texts.ts';
import type { TrackedCharacter } from '../scene/tracked-character.ts';
import type { PredictionOverlay, PredictionOverlayOptions } from './prediction-overlay.ts';

export interface OverlayHandleParts extends PredictionOverlayOptions {
  readonly foresight: ForesightPlugin;
  /** Loads the code of the overlay. */
  readonly load?: () => Promise<{ readonly PredictionOverlay: typeof PredictionOverlay }>;
}

/**
 * The most probable next actions over a character's head. Its code is loaded when it is first to be seen.
 * Everything can be called at once; what cannot be loaded is reported and tried again when `visible` is set
 * to true. Made by `this.foresight.overlay`.
 */
export class OverlayHandle {
  readonly character: TrackedCharacter;
  readonly #scene: Phaser.Scene;
  readonly #parts: OverlayHandleParts;
  #overlay: PredictionOverlay | null = null;
  #isLoading = false;
  #visible = false;
  #language: Language;
  #destroyed = false;

  constructor(scene: Phaser.Scene, character: TrackedCharacter, parts: OverlayHandleParts) {
    this.character = character;
    this.#scene = scene;
    this.#parts = parts;
    this.#language = parts.language ?? 'en';
    this.visible = parts.visible ?? true;
  }

  /** Whether it is to be seen whenever there is a prediction, also while its code is loaded. */
  get visible(): boolean {
    return this.#visible;
  }
  set visible(visible: boolean) {
    this.#visible = visible;
    if (this.#overlay) this.#overlay.visible = visible;
    else if (visible && !this.#isLoading && !this.#destroyed) void this.#load();
  }

  /** Language of names and reasons. */
  get language(): Language {
    return this.#language;
  }
  set language(language: Language) {
    this.#language = language;
    if (this.#overlay) this.#overlay.language = language;
  }

  /** True once destroyed, by a call or with its scene. */
  get destroyed(): boolean {
    return this.#destroyed || (this.#overlay?.destroyed ?? false);
  }

  /** Follows the character and shows its newest prediction. Called by the scene plugin after every update. */
  update(): void {
    this.#overlay?.update();
  }

  /** Removes it from the scene. */
  destroy(): void {
    this.#destroyed = true;
    this.#overlay?.destroy();
  }

  /** Never rejects. */
  async #load(): Promise<void> {
    const { foresight, load = () => import('./prediction-overlay.ts'), ...options } = this.#parts;
    this.#isLoading = true;
    try {
      const { PredictionOverlay } = await loadPart('The overlay', load);
      if (this.#destroyed) return;
      this.#overlay = new PredictionOverlay(this.#scene, this.character, {
        ...options,
        language: this.#language,
        visible: this.#visible,
      });
    } catch (error) {
      this.#visible = false;
      foresight.reporter.report('overlay', error, this.character.modelKey);
    } finally {
      this.#isLoading = false;
    }
  }
}
