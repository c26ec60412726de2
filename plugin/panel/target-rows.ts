import { columnsOf } from '../../src/record/columns.ts';
import { element, setText } from './elements.ts';
import type { PanelContext, PanelPart } from './part.ts';

const number = (value: number): string => String(Number(value.toPrecision(3)));

/** The predicted next values of continuous controls, such as steering, with how far off they usually are. */
export class TargetRows implements PanelPart {
  readonly root: HTMLElement;
  readonly #context: PanelContext;
  readonly #list = element('dl');
  readonly #values = new Map<string, HTMLElement>();

  constructor(context: PanelContext) {
    this.#context = context;
    this.root = element(
      'section',
      { attributes: { 'data-part': 'targets' } },
      element('h3', { text: context.texts.targets }),
      this.#list,
    );
    this.root.hidden = true;
  }

  update(): void {
    const character = this.#context.character();
    const prediction = character?.prediction;
    const fields = Object.keys(prediction?.values ?? {});
    this.root.hidden = !fields.length;
    if (!prediction) return;
    for (const name of fields) {
      const spec = character?.spec;
      const field = spec && columnsOf(spec).find((one) => one.name === name);
      const unit = field?.kind === 'number' && field.unit ? ` ${field.unit}` : '';
      const deviation = prediction.deviations[name];
      const spread = deviation === undefined ? '' : ` ± ${number(deviation)}`;
      setText(this.#value(name), `${number(prediction.values[name])}${spread}${unit}`);
    }
  }

  #value(name: string): HTMLElement {
    const known = this.#values.get(name);
    if (known) return known;
    const made = element('dd');
    this.#values.set(name, made);
    this.#list.append(element('dt', { text: name }), made);
    return made;
  }
}
