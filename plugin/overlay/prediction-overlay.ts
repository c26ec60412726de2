import type * as Phaser from 'phaser';
import { CHINESE } from '../../src/predict/explanation-words-chinese.ts';
import { ENGLISH } from '../../src/predict/explanation-words.ts';
import type { ExplanationWords } from '../../src/predict/explanation-words.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import { namesIn } from './action-names.ts';
import type { ActionNames, NamesByLanguage } from './action-names.ts';
import { OverlayMark } from './overlay-mark.ts';
import { OverlayReasons } from './overlay-reasons.ts';
import type { Language } from '../panel/texts.ts';
import { readableScale, shownArea } from './shown-area.ts';
import type { TrackedCharacter } from '../scene/tracked-character.ts';

export interface PredictionOverlayOptions {
  /** Rows: the most probable next actions. */
  readonly top?: number;
  /** Pixels from the game object's position up to the overlay; the character's own when absent. */
  readonly headOffset?: number;
  /** A line that runs out when the next action is due. */
  readonly countdown?: boolean;
  /** Milliseconds that a mark shows whether a prediction was right, with the actual action; 0 = never. */
  readonly markMs?: number;
  /** What to call each action, in every language or by language; its name when absent. */
  readonly names?: NamesByLanguage;
  /**
   * When it shows why the most probable action is expected, in a line or two: while the pointer is over
   * it or the character, always, or only when turned on by `explainKey`.
   */
  readonly explain?: 'hover' | 'always' | 'never';
  /** Turns the reasons on and off, as Phaser names keys: 'E', 'F2'. None when absent. */
  readonly explainKey?: string;
  /** Language of names and explanation. */
  readonly language?: Language;
  /** Phrases of the explanation; those of `language` when absent. */
  readonly words?: ExplanationWords;
  readonly depth?: number;
  readonly visible?: boolean;
}

export const PREDICTION_OVERLAY_DEFAULTS: Required<
  Omit<PredictionOverlayOptions, 'headOffset' | 'names' | 'explainKey' | 'words'>
> = {
  top: 3,
  countdown: true,
  markMs: 1500,
  explain: 'hover',
  language: 'en',
  depth: 1000,
  visible: true,
};

const ROW = 15;
const PADDING = 5;
const NAME_WIDTH = 68;
const BAR_WIDTH = 52;
const WIDTH = 2 * PADDING + NAME_WIDTH + BAR_WIDTH + 34;
const COLOURS = {
  back: 0x0b1020,
  track: 0x334155,
  low: 0x94a3b8,
  middle: 0xfbbf24,
  high: 0x4ade80,
  due: 0x7dd3fc,
} as const;
const FONT = { fontFamily: 'system-ui, sans-serif', fontSize: '11px' } as const;
/** Ready-made, so that a changing number makes no strings. */
const PERCENT = Array.from({ length: 101 }, (_, percent) => `${percent}%`);

/** The colour of a bar: grey for a guess, yellow for likely, green for nearly sure. */
export function confidenceColour(probability: number): number {
  if (probability < 0.35) return COLOURS.low;
  return probability < 0.65 ? COLOURS.middle : COLOURS.high;
}

type Point = Phaser.Types.Math.Vector2Like;

/** What is read of a game object; a container has no size and no origin. */
type Body = Phaser.GameObjects.GameObject & {
  readonly x: number;
  readonly y: number;
  readonly displayHeight?: number;
  readonly originY?: number;
};

interface Row {
  readonly name: Phaser.GameObjects.Text;
  readonly percent: Phaser.GameObjects.Text;
  readonly bar: Phaser.GameObjects.Rectangle;
  readonly track: Phaser.GameObjects.Rectangle;
}

/**
 * Bars of the most probable next actions over a character's head, a line that runs out until the next
 * one is due, and afterwards a mark that shows whether it was right, with the actual action. All its
 * objects are made once; `update` makes none.
 */
export class PredictionOverlay {
  readonly character: TrackedCharacter;
  readonly #options: PredictionOverlayOptions & typeof PREDICTION_OVERLAY_DEFAULTS;
  readonly #box: Phaser.GameObjects.Container;
  readonly #rows: readonly Row[];
  readonly #due: Phaser.GameObjects.Rectangle;
  readonly #mark: OverlayMark;
  readonly #reasons: OverlayReasons;
  readonly #height: number;
  /** Where the pointer is in the world. */
  readonly #pointer: Phaser.Types.Math.Vector2Like = { x: NaN, y: NaN };
  /** Indices of the shown actions, most probable first. */
  readonly #best: Int32Array;
  #shown: Prediction | null = null;
  #visible: boolean;
  #names: ActionNames = {};
  #language: Language = 'en';

  constructor(
    scene: Phaser.Scene,
    character: TrackedCharacter,
    options: PredictionOverlayOptions = {},
  ) {
    this.character = character;
    this.#options = { ...PREDICTION_OVERLAY_DEFAULTS, ...options };
    this.#visible = this.#options.visible;
    const { top, depth } = this.#options;
    const height = (this.#height = top * ROW + 2 * PADDING);
    const left = -WIDTH / 2;
    const rectangle = (x: number, y: number, width: number, tall: number, colour: number) =>
      scene.add.rectangle(x, y, width, tall, colour).setOrigin(0, 0.5);
    const back = rectangle(left, -height / 2, WIDTH, height, COLOURS.back).setAlpha(0.78);
    this.#rows = Array.from({ length: top }, (_, i) => {
      const y = -height + PADDING + (i + 0.5) * ROW;
      const x = left + PADDING + NAME_WIDTH;
      return {
        name: scene.add
          .text(left + PADDING, y, '', { ...FONT, color: '#e2e8f0' })
          .setOrigin(0, 0.5),
        track: rectangle(x, y, BAR_WIDTH, 7, COLOURS.track),
        bar: rectangle(x, y, BAR_WIDTH, 7, COLOURS.low),
        percent: scene.add
          .text(-left - PADDING, y, '', { ...FONT, color: '#f8fafc' })
          .setOrigin(1, 0.5),
      };
    });
    this.#due = rectangle(left, -1, WIDTH, 2, COLOURS.due);
    this.#mark = new OverlayMark(scene, character, {
      markMs: this.#options.markMs,
      halfWidth: WIDTH / 2,
      y: -height / 2,
    });
    this.#reasons = new OverlayReasons(scene, character, this.#options);
    this.language = this.#options.language;
    this.#box = scene.add.container(0, 0, [
      back,
      ...this.#rows.flatMap(({ name, track, bar, percent }) => [name, track, bar, percent]),
      this.#due,
      ...this.#mark.texts,
      this.#reasons.text,
    ]);
    this.#box.setDepth(depth).setVisible(false);
    this.#best = new Int32Array(top);
  }

  get visible(): boolean {
    return this.#visible;
  }
  set visible(visible: boolean) {
    this.#visible = visible;
    this.update();
  }

  get language(): Language {
    return this.#language;
  }
  set language(language: Language) {
    this.#language = language;
    const { names = {}, words = language === 'zh' ? CHINESE : ENGLISH } = this.#options;
    this.#names = namesIn(names, language);
    this.#mark.names = this.#names;
    this.#reasons.setWords(words, this.#names);
    // So that the next update writes the names again.
    this.#shown = null;
  }

  /** True once destroyed, by a call or with its scene. */
  get destroyed(): boolean {
    return !this.#box.scene;
  }

  /** Follows the character and shows its newest prediction. Called by the scene plugin after every update. */
  update(): void {
    if (this.destroyed) return;
    const prediction = this.character.destroyed ? null : this.character.prediction;
    const shows = this.#visible && prediction !== null;
    this.#box.setVisible(shows);
    if (!shows) return;
    this.#place();
    if (prediction !== this.#shown) this.#show(prediction);
    this.#countDown(prediction);
    const { scale } = this.#box;
    this.#mark.update(this.#box.x, scale);
    this.#reasons.update(prediction, this.#isPointedAt());
    this.#reasons.place(this.#box.x, this.#box.y, { height: this.#height, scale });
  }

  /** Removes it from the scene. */
  destroy(): void {
    this.#box.destroy();
  }

  #place(): void {
    const body = this.character.gameObject as Body;
    const upperEdge = (body.displayHeight || 64) * (body.originY ?? 1);
    const up = this.#options.headOffset ?? this.character.headOffset ?? upperEdge;
    // Wholly inside the camera's view, even where the character is at its edge.
    const { main } = this.#box.scene.cameras;
    const { left, right, top } = shownArea(main);
    const scale = readableScale(main);
    const half = (WIDTH / 2) * scale;
    const x = Math.max(left + half, Math.min(body.x, right - half));
    const y = Math.max(top + this.#height * scale, body.y - up - 8);
    this.#box.setScale(scale).setPosition(Math.round(x), Math.round(y));
  }

  /** Over the overlay or what is below it: containers have no width. */
  #isPointedAt(): boolean {
    const { cameras, input } = this.#box.scene;
    if (!input.manager.isOver) return false;
    const { x, y } = input.activePointer.positionToCamera(cameras.main, this.#pointer) as Point;
    const { displayHeight = 0, originY = 0.5, y: at } = this.character.gameObject as Body;
    const [top, bottom] = [
      this.#box.y - this.#height * this.#box.scale,
      at + displayHeight * (1 - originY),
    ];
    return Math.abs(x - this.#box.x) <= (WIDTH / 2) * this.#box.scale && y >= top && y <= bottom;
  }

  #show(prediction: Prediction): void {
    this.#shown = prediction;
    const { probabilities } = prediction;
    const { actions } = this.character;
    this.#rank(probabilities);
    for (let i = 0; i < this.#rows.length; i++) {
      const { name, bar, track, percent } = this.#rows[i];
      const action = this.#best[i];
      const used = action >= 0;
      name.setVisible(used);
      bar.setVisible(used);
      track.setVisible(used);
      percent.setVisible(used);
      if (!used) continue;
      const probability = probabilities[action];
      // Text that stays the same is not drawn again by Phaser.
      name.setText(this.#names[actions[action]] ?? actions[action]);
      percent.setText(PERCENT[Math.round(probability * 100)] ?? '');
      bar.scaleX = probability;
      bar.setFillStyle(confidenceColour(probability));
    }
  }

  /** Fills `#best` with the indices of the largest probabilities; -1 where there are fewer. */
  #rank(probabilities: Float32Array): void {
    const best = this.#best.fill(-1);
    for (let action = 0; action < probabilities.length; action++) {
      let place = best.length;
      while (
        place > 0 &&
        (best[place - 1] < 0 || probabilities[action] > probabilities[best[place - 1]])
      )
        place--;
      if (place === best.length) continue;
      best.copyWithin(place + 1, place, best.length - 1);
      best[place] = action;
    }
  }

  #countDown(prediction: Prediction): void {
    const { inTicks } = prediction;
    const shows = this.#options.countdown && inTicks > 0;
    this.#due.setVisible(shows);
    if (!shows) return;
    const left = 1 - (this.character.tick - prediction.tick) / inTicks;
    this.#due.scaleX = Math.min(1, Math.max(0, left));
  }
}
