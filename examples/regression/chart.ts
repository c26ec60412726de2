/** An actual value and its prediction. */
export interface Pair {
  readonly actual: number;
  readonly predicted: number;
}

const SIDE = 260;
const WIDE = 620;
const GAP = 50;
/** Pairs of the line chart; more would not be readable. */
const SHOWN = 80;

const point = (x: number, y: number): string => `${x.toFixed(1)},${y.toFixed(1)}`;

/**
 * Two charts side by side as SVG: the first pairs as lines, and all pairs as points, actual to the right
 * and predicted upwards, where a perfect prediction lies on the diagonal.
 */
export function chart(pairs: readonly Pair[], title: string): string {
  const all = pairs.flatMap(({ actual, predicted }) => [actual, predicted]);
  const [low, high] = [Math.floor(Math.min(...all)), Math.ceil(Math.max(...all))];
  const up = (value: number): number => GAP + SIDE - ((value - low) / (high - low)) * SIDE;
  const right = (value: number): number => 2 * GAP + WIDE + ((value - low) / (high - low)) * SIDE;
  const line = (key: keyof Pair, style: string): string => {
    const shown = pairs.slice(0, SHOWN);
    const points = shown.map((pair, i) =>
      point(GAP + (i / (shown.length - 1)) * WIDE, up(pair[key])),
    );
    return `<polyline fill="none" ${style} points="${points.join(' ')}"/>`;
  };
  const dots = pairs.map(({ actual, predicted }) => {
    const [x, y] = [right(actual), up(predicted)];
    return `M${point(x, y)}h.01`;
  });
  const label = (x: number, y: number, text: string, anchor = 'start'): string =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;
  const ends = [low, high].map((end) => label(GAP - 6, up(end) + 4, String(end), 'end'));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${3 * GAP + WIDE + SIDE} ${2 * GAP + SIDE}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
${label(GAP, 20, title)}
<g fill="none" stroke="#ccc"><rect x="${GAP}" y="${GAP}" width="${WIDE}" height="${SIDE}"/><rect x="${2 * GAP + WIDE}" y="${GAP}" width="${SIDE}" height="${SIDE}"/><path d="M${point(right(low), up(low))}L${point(right(high), up(high))}"/></g>
${ends.join('\n')}
${line('actual', 'stroke="#1f77b4" stroke-width="1.5"')}
${line('predicted', 'stroke="#d62728" stroke-width="1.5" stroke-dasharray="4 2"')}
<path d="${dots.join('')}" stroke="#d62728" stroke-opacity=".5" stroke-width="4" stroke-linecap="round"/>
${label(GAP, GAP + SIDE + 20, `the first ${Math.min(SHOWN, pairs.length)} sequences: <tspan fill="#1f77b4">actual</tspan>, <tspan fill="#d62728">predicted</tspan>`)}
${label(2 * GAP + WIDE, GAP + SIDE + 20, `all ${pairs.length}: predicted (up) against actual (right)`)}
</svg>
`;
}
