import { contextPhrase } from '../../src/predict/context-phrase.ts';
import { CHINESE } from '../../src/predict/explanation-words-chinese.ts';
import { ENGLISH } from '../../src/predict/explanation-words.ts';
import { newestSteps } from '../recordings/newest-steps.ts';
import { element } from './elements.ts';
import { findHabits } from './find-habits.ts';
import type { FoundHabit } from './find-habits.ts';
import { shareRow } from './share-row.ts';
import type { PanelContext, PanelPart } from './part.ts';
import { TEXTS } from './texts.ts';

const ROWS = 5;
/** Newest recorded steps that are searched. */
const STEPS = 2000;

/** What the player does more often in some situations than elsewhere, counted in the recordings of the model's spec. */
export class HabitList implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #none: HTMLElement;
  readonly #list = element('ul', { className: 'experts habits' });
  #changed = true;

  constructor(context: PanelContext) {
    this.#context = context;
    const { habits } = context.texts;
    this.#none = element('p', { className: 'muted', text: habits.none });
    this.root = element(
      'section',
      { attributes: { 'data-part': 'habits' } },
      element('h3', { text: habits.title }),
      this.#none,
      this.#list,
    );
    this.#list.hidden = true;
  }

  /** The next update reads the recordings again. */
  recordingsChanged(): void {
    this.#changed = true;
  }

  update(): void {
    const { foresight, model } = this.#context;
    if (!this.#changed || !foresight.models.has(model)) return;
    this.#changed = false;
    // The store has reported its error already.
    this.#read().catch(() => {});
  }

  async #read(): Promise<void> {
    const { foresight, model } = this.#context;
    const { spec } = foresight.models.get(model);
    const { recordings } = foresight;
    const listed = (await recordings.list(spec)).filter(({ learn }) => learn);
    const episodes = await recordings.load(spec, newestSteps(listed, STEPS));
    const habits = findHabits(spec, episodes, ROWS);
    this.#none.hidden = habits.length > 0;
    this.#list.hidden = !habits.length;
    this.#list.replaceChildren(...habits.map((habit) => this.#row(habit)));
  }

  #row({ context, action, count, total }: FoundHabit): HTMLElement {
    const { texts, names } = this.#context;
    const words = texts === TEXTS.zh ? CHINESE : ENGLISH;
    const named = (name: string): string => names[name] ?? name;
    const where = contextPhrase(context, { words, named });
    const text = texts.habits.line({ where, action: named(action), count, total });
    return shareRow(text, count / total);
  }
}
