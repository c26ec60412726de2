import { contextPhrase } from '../../src/predict/context-phrase.ts';
import { CHINESE } from '../../src/predict/explanation-words-chinese.ts';
import { ENGLISH } from '../../src/predict/explanation-words.ts';
import type { ExpertReason } from '../../src/predict/explanation.ts';
import type { Prediction } from '../../src/predict/prediction.ts';
import { explain } from '../scene/explain.ts';
import { element, setText } from './elements.ts';
import { shareRow } from './share-row.ts';
import type { PanelContext, PanelPart } from './part.ts';
import { TEXTS } from './texts.ts';

const ROWS = 6;

/** The n-gram experts of the model with the weights the network gives them now, heaviest first. */
export class ExpertList implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #trust = element('p');
  readonly #list = element('ul', { className: 'experts' });
  readonly #more = element('p', { className: 'muted' });
  #shown: Prediction | null | undefined;

  constructor(context: PanelContext) {
    this.#context = context;
    this.root = element(
      'section',
      { attributes: { 'data-part': 'experts' } },
      element('h3', { text: context.texts.experts.title }),
      this.#trust,
      this.#list,
      this.#more,
    );
  }

  update(): void {
    const { texts, foresight, model } = this.#context;
    const character = this.#context.character();
    const prediction = character?.prediction ?? null;
    if (prediction === this.#shown) return;
    this.#shown = prediction;
    // Without taking steps away it costs next to nothing.
    const explanation = prediction && character && explain(character, { steps: 0 });
    const hasExperts =
      explanation?.experts.length ??
      (foresight.models.has(model) && foresight.models.get(model).checkpoint?.experts);
    setText(
      this.#trust,
      !hasExperts
        ? texts.experts.none
        : explanation
          ? texts.experts.network(Math.round(explanation.trust * 100))
          : texts.experts.waiting,
    );
    const experts = [...(explanation?.experts ?? [])].sort((a, b) => b.weight - a.weight);
    const all = experts.reduce((sum, { weight }) => sum + weight, 0);
    this.#list.hidden = !experts.length;
    this.#list.replaceChildren(
      ...experts.slice(0, ROWS).map((expert) => this.#row(expert, all && expert.weight / all)),
    );
    const rest = experts.length - ROWS;
    setText(this.#more, rest > 0 ? texts.experts.more(rest) : '');
  }

  #row(expert: ExpertReason, share: number): HTMLElement {
    const { texts, names } = this.#context;
    const words = texts === TEXTS.zh ? CHINESE : ENGLISH;
    const named = (action: string): string => names[action] ?? action;
    const context = expert.context.map((part) => contextPhrase(part, { words, named }));
    const where = context.join(', ') || texts.experts.always;
    return shareRow(`${texts.experts.knows[expert.knows]}: ${where}`, share);
  }
}
