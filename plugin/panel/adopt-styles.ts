/**
 * Gives styles to the document or shadow tree of an element that is in it. Returns what takes them back.
 * A page whose Content-Security-Policy has a strict `style-src` allows such a sheet, but no style element.
 */
export function adoptStyles(target: Element, styles: string): () => void {
  const root = target.getRootNode();
  const owner: DocumentOrShadowRoot = root instanceof ShadowRoot ? root : target.ownerDocument;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  owner.adoptedStyleSheets = [...owner.adoptedStyleSheets, sheet];
  return () => {
    owner.adoptedStyleSheets = owner.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
