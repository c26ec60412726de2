/** What `element` sets: properties as they are, attributes that have a dash or no property through `attributes`. */
export interface ElementOptions {
  readonly className?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Properties of its style, by their names in CSS. A strict policy forbids the attribute of that name. */
  readonly styles?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

/** Makes an element with its attributes, listeners and children. Text is never read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (options.className) made.className = options.className;
  if (options.text !== undefined) made.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {}))
    made.setAttribute(name, value);
  for (const [name, value] of Object.entries(options.styles ?? {}))
    made.style.setProperty(name, value);
  for (const [type, listener] of Object.entries(options.on ?? {}))
    made.addEventListener(type, listener);
  made.append(...children);
  return made;
}

/** Sets the text only when it changed, so that an idle panel causes no layout. */
export function setText(target: Node, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
