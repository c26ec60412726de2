import * as Phaser from 'phaser';
import type { PanelHandle, TrackedCharacter } from '../../../plugin/index.ts';
import '../../../plugin/scene-types.ts';
import { createRng } from '../../../src/util/rng.ts';
import { PAGE } from './page-options.ts';
import { CHARACTERS, COMBINATION, FRAMES_PER_SECOND, SPEC, VISITORS } from './play.ts';

const ACT_FRAMES = PAGE.actSeconds * FRAMES_PER_SECOND;
const VISIT_FRAMES = 60 * FRAMES_PER_SECOND;
/** Characters with an overlay. */
const OVERLAYS = 4;
const { actions } = SPEC.action;

interface Fighter {
  readonly character: TrackedCharacter;
  readonly body: Phaser.GameObjects.Rectangle;
  /** What it does over and over. */
  readonly habit: readonly number[];
  acts: number;
}

/** Two hundred fighters with habits of their own, and visitors who come and leave. */
export class Field extends Phaser.Scene {
  steps = 0;
  panel!: PanelHandle;
  readonly #rng = createRng(1);
  #fighters: Fighter[] = [];
  #visitors: Fighter[] = [];
  #frame = 0;
  #names = 0;

  constructor() {
    super('field');
  }

  create(): void {
    const model = this.foresight.defineModel(SPEC, { config: { units: 16 } });
    if (!model.learner) model.learn();
    this.#visitors = [];
    this.#fighters = Array.from({ length: CHARACTERS }, (_, i) => this.#enter(`fighter-${i}`));
    for (const { character } of this.#fighters.slice(0, OVERLAYS))
      this.foresight.overlay(character);
    this.panel = this.foresight.panel({ model });
  }

  override update(): void {
    this.#frame++;
    if (this.#frame % VISIT_FRAMES === 0) this.#changeVisitors();
    const due = (i: number): boolean => (this.#frame + i) % ACT_FRAMES < COMBINATION;
    this.#fighters.forEach((one, i) => due(i) && this.#act(one));
    this.#visitors.forEach((one, i) => due(i) && this.#act(one));
  }

  #enter(id: string): Fighter {
    const body = this.add.rectangle(9, 9, 9, 9, 0x88aaff);
    const character = this.foresight.track(body, {
      id,
      model: SPEC.name,
      observe: () => ({
        distance: this.#rng.next() * 10,
        health: this.#rng.next(),
        stance: this.#rng.next() < 0.5 ? 'high' : 'low',
      }),
    });
    const habit = Array.from({ length: 3 }, () => Math.floor(this.#rng.next() * actions.length));
    return { character, body, habit, acts: 0 };
  }

  #changeVisitors(): void {
    for (const { body } of this.#visitors) body.destroy();
    this.#visitors = Array.from({ length: VISITORS }, () =>
      this.#enter(`visitor-${++this.#names}`),
    );
  }

  #act(one: Fighter): void {
    const strays = this.#rng.next() < 0.2;
    const action = strays
      ? Math.floor(this.#rng.next() * actions.length)
      : one.habit[one.acts++ % one.habit.length];
    one.character.act(actions[action]);
    this.steps++;
  }
}
