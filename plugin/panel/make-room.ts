/** Free pixels between the game and the panel. */
const GAP = 8;
/** Pixels that the game keeps: where there are fewer, the panel covers a part of it. */
const LEAST = { width: 360, height: 240 } as const;

/**
 * Makes a game's element end where the panel begins, and follows the sizes of panel and page: it becomes
 * narrower, or lower where the panel is a sheet below it. Dispatches the page's `resize` event for the
 * game. Returns a function that restores the element's own size.
 */
export function makeRoom(game: HTMLElement, panel: HTMLElement): () => void {
  const { width: ownWidth, height: ownHeight } = game.style;
  const set = (width: string, height: string): void => {
    if (game.style.width === width && game.style.height === height) return;
    Object.assign(game.style, { width, height });
    window.dispatchEvent(new Event('resize'));
  };
  const fit = (): void => {
    const { left, top } = game.getBoundingClientRect();
    const edge = panel.getBoundingClientRect();
    const width = Math.floor(edge.left - GAP - left);
    const height = Math.floor(edge.top - GAP - top);
    if (width >= LEAST.width) set(`${width}px`, ownHeight);
    else set(ownWidth, height >= LEAST.height ? `${height}px` : ownHeight);
  };
  const observer = new ResizeObserver(fit);
  observer.observe(panel);
  window.addEventListener('resize', fit);
  fit();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', fit);
    set(ownWidth, ownHeight);
  };
}
