const SVG = 'http://www.w3.org/2000/svg';
/** A circle, its equator and a meridian. */
const LINES =
  'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13ZM1.5 8h13M8 1.5c-4 4-4 9 0 13c4-4 4-9 0-13';

/** The sign of a choice of languages. Drawn: not every font has the letters of each language. */
export function globe(): SVGElement {
  const [svg, path] = ['svg', 'path'].map((tag) => document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries({
    viewBox: '0 0 16 16',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.3',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(name, value);
  path.setAttribute('d', LINES);
  svg.append(path);
  return svg as SVGElement;
}
